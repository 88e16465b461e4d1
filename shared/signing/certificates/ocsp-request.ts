import { childAt, contentOf, derNull, derOctets, derOid, derSequence, encodeDer, readDer } from '../asn1/der';
import { oids } from '../asn1/oids';
import { type CryptoPort, digestOf } from '../ports';
import type { Certificate } from './x509';

const sha1Oid = '1.3.14.3.2.26';
const nonceLength = 16;

/** The octets of the subject's public key without the bit string around them, as OCSP hashes them (RFC 6960 section 4.1.1). */
export function publicKeyOctets(certificate: Certificate): Uint8Array {
  return contentOf(childAt(readDer(certificate.publicKey), 1)).subarray(1);
}

/**
 * DER OCSPRequest for one certificate, and the value of its nonce extension (RFC 6960 section 4.1, RFC 8954). The
 * certificate is named by SHA-1, the one digest that every responder knows (RFC 5019 section 2.1.1); it proves nothing.
 */
export function ocspRequest(
  crypto: CryptoPort,
  certificate: Certificate,
  issuer: Certificate,
): { readonly bytes: Uint8Array; readonly nonce: Uint8Array } {
  const certId = derSequence(
    derSequence(derOid(sha1Oid), derNull),
    derOctets(digestOf(crypto, 'sha1', issuer.subject)),
    derOctets(digestOf(crypto, 'sha1', publicKeyOctets(issuer))),
    certificate.serial,
  );
  const nonce = derOctets(crypto.random(nonceLength));
  const extensions = derSequence(derSequence(derOid(oids.ocspNonce), derOctets(nonce)));
  const bytes = derSequence(derSequence(derSequence(derSequence(certId)), encodeDer(0xa2, extensions)));
  return { bytes, nonce };
}
