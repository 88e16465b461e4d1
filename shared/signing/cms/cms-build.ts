import { AppError } from '../../result/result';
import { derInteger, derNull, derOctets, derOid, derSequence, derSetOf, encodeDer } from '../asn1/der';
import { hashOids, oids, signatureOids } from '../asn1/oids';
import { concatBytes } from '../bytes';
import { readCertificate } from '../certificates/x509';
import { type CryptoPort, digestOf, type Signer, type SigningHash } from '../ports';

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), derSetOf(value));
}

/**
 * DER of the signed attributes of a PAdES baseline signature (EN 319 142-1 section 6.3): content type, message digest
 * and signing-certificate-v2 with the issuer and serial; never signing-time, which belongs into /M of the dictionary.
 */
function signedAttributes(
  crypto: CryptoPort,
  signer: Signer,
  documentDigest: Uint8Array,
  hash: SigningHash,
): Uint8Array {
  const certificate = readCertificate(signer.certificate, crypto);
  const issuerSerial = derSequence(derSequence(encodeDer(0xa4, certificate.issuer)), certificate.serial);
  // SHA-256 is the default of ESSCertIDv2, and DER leaves defaults out (RFC 5035 section 4).
  const hashAlgorithm = hash === 'sha256' ? [] : [derSequence(derOid(hashOids[hash]))];
  const certificateHash = derOctets(digestOf(crypto, hash, signer.certificate));
  const certificateId = derSequence(...hashAlgorithm, certificateHash, issuerSerial);
  return derSetOf(
    attribute(oids.contentType, derOid(oids.data)),
    attribute(oids.messageDigest, derOctets(documentDigest)),
    attribute(oids.signingCertificateV2, derSequence(derSequence(certificateId))),
  );
}

function isSelfIssued(der: Uint8Array, crypto: CryptoPort): boolean {
  const { issuer, subject } = readCertificate(der, crypto);
  return issuer.length === subject.length && issuer.every((byte, i) => byte === subject[i]);
}

/**
 * Builds the detached CMS SignedData (RFC 5652) over a document digest. Certificate, issuer and serial bytes are copied
 * verbatim, because re-encoded Vietnamese names make a signature that nobody can verify.
 * Throws SIGNER_MISMATCH when the key does not belong to the certificate.
 */
export async function buildCms(
  crypto: CryptoPort,
  signer: Signer,
  documentDigest: Uint8Array,
  hash: SigningHash,
): Promise<Uint8Array> {
  const certificate = readCertificate(signer.certificate, crypto);
  const attributes = signedAttributes(crypto, signer, documentDigest, hash);
  const scheme = signer.schemes[0] ?? 'rsa-pkcs1';
  const digest = digestOf(crypto, hash, attributes);
  const signature = await signer.sign({ signedAttributes: attributes, digest, hash, scheme });
  const check = { scheme, hash, publicKey: certificate.publicKey, data: attributes, signature } as const;
  if (!crypto.verify(check)) throw new AppError('SIGNER_MISMATCH');
  const digestAlgorithm = derSequence(derOid(hashOids[hash]), derNull);
  const signatureAlgorithm = derSequence(
    derOid(signatureOids[scheme === 'ecdsa' ? 'ec' : 'rsa'][hash]),
    ...(scheme === 'ecdsa' ? [] : [derNull]),
  );
  const signerInfo = derSequence(
    derInteger(1),
    derSequence(certificate.issuer, certificate.serial),
    digestAlgorithm,
    // Stored under an implicit tag, but signed as a SET OF (RFC 5652 section 5.4).
    concatBytes([Uint8Array.of(0xa0), attributes.subarray(1)]),
    signatureAlgorithm,
    derOctets(signature),
  );
  const intermediates = signer.chain.filter((der) => !isSelfIssued(der, crypto));
  const signedData = derSequence(
    derInteger(1),
    derSetOf(digestAlgorithm),
    derSequence(derOid(oids.data)),
    encodeDer(0xa0, signer.certificate, ...intermediates),
    derSetOf(signerInfo),
  );
  return derSequence(derOid(oids.signedData), encodeDer(0xa0, signedData));
}
