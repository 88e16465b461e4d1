import {
  bytesOf,
  childAt,
  childrenOf,
  contentOf,
  DerError,
  type DerNode,
  oidOf,
  readDer,
  smallInteger,
} from '../asn1/der';
import { oids } from '../asn1/oids';
import { equalBytes, hexOf, latin1 } from '../bytes';
import { type CryptoPort, digestOf } from '../ports';
import { comparableName } from './distinguished-name';
import { readSignatureAlgorithm } from './signature-algorithm';

export type CertificateExtension = { readonly critical: boolean; readonly value: Uint8Array };

/** A certificate with its names, serial and key as verbatim DER. Times are milliseconds since 1970. */
export type Certificate = {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, hexadecimal. */
  readonly id: string;
  readonly tbs: Uint8Array;
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  /** The same names in the form in which they are compared. */
  readonly comparableSubject: string;
  readonly comparableIssuer: string;
  /** DER INTEGER. */
  readonly serial: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly signatureAlgorithm: DerNode;
  readonly signature: Uint8Array;
  readonly extensions: ReadonlyMap<string, CertificateExtension>;
  readonly isCa: boolean;
  readonly pathLength: number | null;
  /** Bits of KeyUsage, bit 0 (digitalSignature) as the highest of 16 bits; null when the extension is absent. */
  readonly keyUsage: number | null;
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
};

export const keyUsageBits = {
  digitalSignature: 0x8000,
  nonRepudiation: 0x4000,
  keyCertSign: 0x0400,
  cRLSign: 0x0200,
} as const;

/** The three parts of a certificate, CRL or other SIGNED structure (RFC 5280 section 4.1). */
export type SignedStructure = {
  readonly top: DerNode;
  readonly tbs: DerNode;
  readonly signatureAlgorithm: DerNode;
  readonly signature: Uint8Array;
};

/** Takes a SIGNED structure apart. Strict, as what stands outside of `tbs` is not signed. Throws {@link DerError}. */
export function readSigned(der: Uint8Array): SignedStructure {
  const top = readDer(der);
  const [tbs, signatureAlgorithm, signature, ...more] = childrenOf(top);
  if (top.tag !== 0x30 || tbs?.tag !== 0x30 || !signatureAlgorithm || signature?.tag !== 0x03 || more.length)
    throw new DerError('signed structure expected');
  const bits = contentOf(signature);
  if (bits[0] !== 0) throw new DerError('signature of whole octets expected');
  return { top, tbs, signatureAlgorithm, signature: bits.subarray(1) };
}

/** Reads the DER of one certificate (RFC 5280 section 4.1). Throws {@link DerError} when it is malformed. */
export function readCertificate(der: Uint8Array, crypto: CryptoPort): Certificate {
  const { top, tbs, signatureAlgorithm, signature } = readSigned(der);
  const all = childrenOf(tbs);
  const fields = all[0]?.tag === 0xa0 ? all.slice(1) : all;
  const [serial, innerAlgorithm, issuer, validity, subject, publicKey] = fields;
  if (!serial || !innerAlgorithm || !issuer || !validity || !subject || !publicKey)
    throw new DerError('certificate expected');
  if (!equalBytes(bytesOf(innerAlgorithm), bytesOf(signatureAlgorithm)))
    throw new DerError('signature algorithms differ');
  // Read here so that a certificate with parts that cannot be read never gets as far as a path.
  readSignatureAlgorithm(signatureAlgorithm, null);
  const holder = fields.find((field) => field.tag === 0xa3);
  const extensions = readExtensions(holder ? childrenOf(childAt(holder, 0)) : []);
  const verbatim = der.slice(0, top.end);
  return {
    der: verbatim,
    id: hexOf(digestOf(crypto, 'sha256', verbatim)),
    tbs: bytesOf(tbs),
    subject: bytesOf(subject),
    issuer: bytesOf(issuer),
    comparableSubject: comparableName(bytesOf(subject)),
    comparableIssuer: comparableName(bytesOf(issuer)),
    serial: bytesOf(serial),
    publicKey: bytesOf(publicKey),
    notBefore: readTime(childAt(validity, 0)),
    notAfter: readTime(childAt(validity, 1)),
    signatureAlgorithm,
    signature,
    extensions,
    ...readBasicConstraints(extensions),
    keyUsage: readKeyUsage(extensions),
    subjectKeyId: readSubjectKeyId(extensions),
    authorityKeyId: readAuthorityKeyId(extensions),
  };
}

/** Bound on the extensions of one certificate; real ones have about ten. */
const maxExtensions = 1000;

/** Reads the elements of an Extensions sequence, of a certificate, a CRL or one of its entries. */
export function readExtensions(nodes: readonly DerNode[]): ReadonlyMap<string, CertificateExtension> {
  if (nodes.length > maxExtensions) throw new DerError('too many extensions');
  const extensions = new Map<string, CertificateExtension>();
  for (const node of nodes) {
    const parts = childrenOf(node);
    const [id, second] = parts;
    const value = parts[parts.length - 1];
    if (!id || !second || !value) throw new DerError('extension expected');
    const oid = oidOf(id);
    if (extensions.has(oid)) throw new DerError('extension twice');
    extensions.set(oid, {
      critical: second.tag === 0x01 && contentOf(second)[0] !== 0,
      value: contentOf(value),
    });
  }
  return extensions;
}

function readBasicConstraints(extensions: ReadonlyMap<string, CertificateExtension>): {
  isCa: boolean;
  pathLength: number | null;
} {
  const extension = extensions.get(oids.basicConstraints);
  if (!extension) return { isCa: false, pathLength: null };
  const parts = childrenOf(readDer(extension.value));
  const ca = parts.find((part) => part.tag === 0x01);
  const length = parts.find((part) => part.tag === 0x02);
  return {
    isCa: ca !== undefined && contentOf(ca)[0] !== 0,
    pathLength: length ? smallInteger(length) : null,
  };
}

function readKeyUsage(extensions: ReadonlyMap<string, CertificateExtension>): number | null {
  const extension = extensions.get(oids.keyUsage);
  if (!extension) return null;
  const bits = contentOf(readDer(extension.value));
  return ((bits[1] ?? 0) << 8) | (bits[2] ?? 0);
}

function readSubjectKeyId(extensions: ReadonlyMap<string, CertificateExtension>): string | null {
  const extension = extensions.get(oids.subjectKeyIdentifier);
  return extension ? hexOf(contentOf(readDer(extension.value))) : null;
}

/** The key identifier of the signer that a certificate or CRL names, or null. */
export function readAuthorityKeyId(extensions: ReadonlyMap<string, CertificateExtension>): string | null {
  const extension = extensions.get(oids.authorityKeyIdentifier);
  const id = extension && childrenOf(readDer(extension.value)).find((part) => part.tag === 0x80);
  return id ? hexOf(contentOf(id)) : null;
}

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime (RFC 5280 section 4.1.2.5). Throws {@link DerError}. */
export function readTime(node: DerNode): number {
  const text = latin1(contentOf(node));
  const match =
    node.tag === 0x17
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
      : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) throw new DerError('time expected');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const century = node.tag === 0x17 ? (year >= 50 ? 1900 : 2000) : 0;
  return Date.UTC(century + year, month - 1, day, hour, minute, second);
}

/** True when the holder issued the certificate to itself, as when its key changes (RFC 5280 section 3.2). */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.comparableSubject === certificate.comparableIssuer;
}
