import { AppError } from '../../result/result';
import { derInteger, derNull, derOctets, derOid, derSequence, derSetOf, encodeDer } from '../asn1/der';
import { hashOids, oids, signatureOids } from '../asn1/oids';
import { compareBytes, concatBytes } from '../bytes';
import { readCertificate } from '../certificates/x509';
import { type CryptoPort, digestOf, type SignatureScheme, type SigningHash } from '../ports';

/** Who signs, and how. */
export type CmsSigning = {
  /** DER of the signer's certificate. */
  readonly certificate: Uint8Array;
  /** DER of the intermediate certificates. */
  readonly chain: readonly Uint8Array[];
  readonly scheme: SignatureScheme;
  readonly hash: SigningHash;
};

const saltLengths: Readonly<Record<SigningHash, number>> = { sha256: 32, sha384: 48, sha512: 64 };

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), derSetOf(value));
}

/** RFC 5754 section 2: written without parameters. */
function digestAlgorithm(hash: SigningHash): Uint8Array {
  return derSequence(derOid(hashOids[hash]));
}

/** RFC 4055 section 3.1, RFC 5754 section 3. */
function signatureAlgorithm({ scheme, hash }: CmsSigning): Uint8Array {
  if (scheme === 'ecdsa') return derSequence(derOid(signatureOids.ec[hash]));
  if (scheme === 'rsa-pkcs1') return derSequence(derOid(signatureOids.rsa[hash]), derNull);
  const digest = derSequence(derOid(hashOids[hash]), derNull);
  const parameters = derSequence(
    encodeDer(0xa0, digest),
    encodeDer(0xa1, derSequence(derOid(oids.mgf1), digest)),
    encodeDer(0xa2, derInteger(saltLengths[hash])),
  );
  return derSequence(derOid(oids.rsaPss), parameters);
}

/** ESSCertIDv2 with issuer and serial (RFC 5035 section 4). */
function signingCertificate(crypto: CryptoPort, { certificate, hash }: CmsSigning): Uint8Array {
  const { issuer, serial } = readCertificate(certificate, crypto);
  const issuerSerial = derSequence(derSequence(encodeDer(0xa4, issuer)), serial);
  // SHA-256 is the default of ESSCertIDv2, and DER leaves defaults out.
  const hashAlgorithm = hash === 'sha256' ? [] : [derSequence(derOid(hashOids[hash]))];
  const certificateHash = derOctets(digestOf(crypto, hash, certificate));
  return derSequence(derSequence(derSequence(...hashAlgorithm, certificateHash, issuerSerial)));
}

/**
 * DER of the signed attributes of a PAdES baseline signature (EN 319 142-1 section 6.3): content type, message digest,
 * signing-certificate-v2, and the algorithms against their exchange (RFC 8933 section 3.2); never signing-time, which
 * belongs into /M of the dictionary. The same input always gives the same bytes.
 */
export function buildSignedAttributes(
  crypto: CryptoPort,
  signing: CmsSigning,
  documentDigest: Uint8Array,
): Uint8Array {
  const signature = signatureAlgorithm(signing);
  // Under an implicit tag (RFC 6211 section 2).
  const implicitSignature = concatBytes([Uint8Array.of(0xa1), signature.subarray(1)]);
  const protection = derSequence(digestAlgorithm(signing.hash), implicitSignature);
  return derSetOf(
    attribute(oids.contentType, derOid(oids.data)),
    attribute(oids.messageDigest, derOctets(documentDigest)),
    attribute(oids.signingCertificateV2, signingCertificate(crypto, signing)),
    attribute(oids.algorithmProtection, protection),
  );
}

/** Throws SIGNER_MISMATCH when the signature over the attributes was not made with the key of the certificate. */
export function verifySigner(
  crypto: CryptoPort,
  { certificate, scheme, hash }: CmsSigning,
  attributes: Uint8Array,
  signature: Uint8Array,
): void {
  const { publicKey } = readCertificate(certificate, crypto);
  const salt = scheme === 'rsa-pss' ? { saltLength: saltLengths[hash] } : {};
  if (!crypto.verify({ scheme, hash, ...salt, publicKey, data: attributes, signature }))
    throw new AppError('SIGNER_MISMATCH');
}

function isSelfIssued(der: Uint8Array, crypto: CryptoPort): boolean {
  const { issuer, subject } = readCertificate(der, crypto);
  return compareBytes(issuer, subject) === 0;
}

/**
 * Builds the detached CMS SignedData (RFC 5652) from signed attributes and the signature over them. Certificate, issuer
 * and serial bytes are copied verbatim, because re-encoded Vietnamese names make a signature that nobody can verify.
 * `timestamp` is a token over the signature value and makes it B-T (EN 319 142-1 section 6.3, RFC 3161 appendix A).
 */
export function buildCms(
  crypto: CryptoPort,
  signing: CmsSigning,
  attributes: Uint8Array,
  signature: Uint8Array,
  timestamp: Uint8Array | null,
): Uint8Array {
  const { issuer, serial } = readCertificate(signing.certificate, crypto);
  const signerInfo = derSequence(
    derInteger(1),
    derSequence(issuer, serial),
    digestAlgorithm(signing.hash),
    // Stored under an implicit tag, but signed as a SET OF (RFC 5652 section 5.4).
    concatBytes([Uint8Array.of(0xa0), attributes.subarray(1)]),
    signatureAlgorithm(signing),
    derOctets(signature),
    ...(timestamp ? [encodeDer(0xa1, attribute(oids.signatureTimestampToken, timestamp))] : []),
  );
  const intermediates = signing.chain.filter((der) => !isSelfIssued(der, crypto));
  const signedData = derSequence(
    derInteger(1),
    derSetOf(digestAlgorithm(signing.hash)),
    derSequence(derOid(oids.data)),
    encodeDer(0xa0, ...[signing.certificate, ...intermediates].sort(compareBytes)),
    derSetOf(signerInfo),
  );
  return derSequence(derOid(oids.signedData), encodeDer(0xa0, signedData));
}
