import { bytesOf, childAt, childrenOf, contentOf, DerError, type DerNode, readDer } from '../asn1/der';
import { oids } from '../asn1/oids';
import { equalBytes, hexOf } from '../bytes';
import { type CryptoPort, digestOf } from '../ports';
import { comparableName } from './distinguished-name';
import { type CrlScope, readCrlScope } from './distribution-point';
import { comparableDirectoryName, comparableGeneralName } from './general-name';
import { readSignatureAlgorithm } from './signature-algorithm';
import { type CertificateExtension, readAuthorityKeyId, readExtensions, readSigned, readTime } from './x509';

/** A certificate revocation list, complete or delta; nothing of it has been checked yet. Times are milliseconds since 1970. */
export type Crl = {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, hexadecimal. */
  readonly id: string;
  readonly tbs: Uint8Array;
  /** DER of the name of its issuer, and the form in which it is compared. */
  readonly issuer: Uint8Array;
  readonly comparableIssuer: string;
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
  readonly signatureAlgorithm: DerNode;
  readonly signature: Uint8Array;
  readonly extensions: ReadonlyMap<string, CertificateExtension>;
  readonly authorityKeyId: string | null;
  readonly number: bigint | null;
  /** Number of the CRL on which a delta CRL builds; null for a complete CRL. */
  readonly baseNumber: bigint | null;
  /** Null when it is about everything that its issuer issued. */
  readonly scope: CrlScope | null;
  /** The entries as they are; {@link findEntry} walks through them without keeping objects. */
  readonly entries: DerNode | null;
};

export type RevocationReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'cACompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'removeFromCRL'
  | 'privilegeWithdrawn'
  | 'aACompromise';

export type CrlEntry = { readonly revokedAt: number; readonly reason: RevocationReason };

const maxSize = 64 * 1024 * 1024;

/** Reads a CRL of at most 64 MB (RFC 5280 section 5.1) without reading its entries. Throws {@link DerError}. */
export function readCrl(der: Uint8Array, crypto: CryptoPort): Crl {
  if (der.length > maxSize) throw new DerError('CRL too large');
  const { top, tbs, signatureAlgorithm, signature } = readSigned(der);
  const all = childrenOf(tbs);
  const [algorithm, issuer, thisUpdate, ...rest] = all[0]?.tag === 0x02 ? all.slice(1) : all;
  if (!algorithm || !issuer || !thisUpdate) throw new DerError('CRL expected');
  if (!equalBytes(bytesOf(algorithm), bytesOf(signatureAlgorithm)))
    throw new DerError('signature algorithms differ');
  // Read here so that a list with parts that cannot be read never stands in the way of others.
  readSignatureAlgorithm(signatureAlgorithm, null);
  const next = rest[0]?.tag === 0x17 || rest[0]?.tag === 0x18 ? rest[0] : null;
  const holder = rest.find((part) => part.tag === 0xa0);
  const extensions = readExtensions(holder ? childrenOf(childAt(holder, 0)) : []);
  const verbatim = der.slice(0, top.end);
  const comparableIssuer = comparableName(bytesOf(issuer));
  const scope = extensions.get(oids.issuingDistributionPoint);
  return {
    der: verbatim,
    id: hexOf(digestOf(crypto, 'sha256', verbatim)),
    tbs: bytesOf(tbs),
    issuer: bytesOf(issuer),
    comparableIssuer,
    thisUpdate: readTime(thisUpdate),
    nextUpdate: next ? readTime(next) : null,
    signatureAlgorithm,
    signature,
    extensions,
    authorityKeyId: readAuthorityKeyId(extensions),
    number: readNumber(extensions.get(oids.crlNumber)),
    baseNumber: readNumber(extensions.get(oids.deltaCrlIndicator)),
    scope: scope ? readCrlScope(scope, comparableIssuer) : null,
    entries: rest.find((part) => part.tag === 0x30) ?? null,
  };
}

/** CRL numbers have up to 20 octets (RFC 5280 section 5.2.3). */
function readNumber(extension: CertificateExtension | undefined): bigint | null {
  if (!extension) return null;
  const node = readDer(extension.value);
  const content = contentOf(node);
  if (node.tag !== 0x02 || content.length === 0 || content.length > 32 || content[0]! >= 0x80)
    throw new DerError('CRL number expected');
  return BigInt(`0x${hexOf(content)}`);
}

/**
 * The entry of a CRL about one certificate, or null. `serial` is the DER INTEGER, `certificateIssuer` the comparable name of
 * the issuer: in an indirect CRL each entry may belong to another issuer, and then to all that follow (RFC 5280, 5.3.3).
 * Throws {@link DerError} when an entry cannot be read or has a critical extension that is not known, for then the CRL
 * must not be used for any certificate (section 5.3).
 */
export function findEntry(crl: Crl, serial: Uint8Array, certificateIssuer: string): CrlEntry | null {
  const { entries } = crl;
  if (!entries) return null;
  const { source, end } = entries;
  let issuer = comparableDirectoryName(crl.comparableIssuer);
  const wanted = comparableDirectoryName(certificateIssuer);
  let found: CrlEntry | null = null;
  for (let at = entries.contentStart; at < end; ) {
    const entry = readDer(source, at, end);
    const number = readDer(source, entry.contentStart, entry.end);
    const date = readDer(source, number.end, entry.end);
    const isMatch = isSame(source, number, serial);
    const isRead = isMatch || (crl.scope?.indirect ?? false) || mayBeCritical(source, date.end, entry.end);
    if (date.end < entry.end && isRead) {
      const extensions = readExtensions(childrenOf(readDer(source, date.end, entry.end)));
      issuer = readCertificateIssuer(extensions) ?? issuer;
      if (isMatch && issuer === wanted)
        found ??= { revokedAt: readTime(date), reason: readReason(extensions) };
    } else if (isMatch && issuer === wanted) {
      found ??= { revokedAt: readTime(date), reason: 'unspecified' };
    }
    at = entry.end;
  }
  return found;
}

function isSame(source: Uint8Array, node: DerNode, bytes: Uint8Array): boolean {
  if (node.end - node.start !== bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (source[node.start + i] !== bytes[i]) return false;
  return true;
}

/** A critical extension holds the BOOLEAN TRUE; the search for it is many times faster than reading each extension. */
function mayBeCritical(source: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at + 2 < end; at++)
    if (source[at] === 0x01 && source[at + 1] === 0x01 && source[at + 2] !== 0) return true;
  return false;
}

/** Refuses unknown critical extensions on the way, as every entry with a critical extension comes past here. */
function readCertificateIssuer(extensions: ReadonlyMap<string, CertificateExtension>): string | null {
  for (const [oid, { critical }] of extensions)
    if (critical && oid !== oids.certificateIssuer && oid !== oids.crlReason)
      throw new DerError('unknown critical extension of a CRL entry');
  const extension = extensions.get(oids.certificateIssuer);
  return extension ? comparableGeneralName(childAt(readDer(extension.value), 0)) : null;
}

const reasons: ReadonlyMap<number, RevocationReason> = new Map([
  [0, 'unspecified'],
  [1, 'keyCompromise'],
  [2, 'cACompromise'],
  [3, 'affiliationChanged'],
  [4, 'superseded'],
  [5, 'cessationOfOperation'],
  [6, 'certificateHold'],
  [8, 'removeFromCRL'],
  [9, 'privilegeWithdrawn'],
  [10, 'aACompromise'],
]);

function readReason(extensions: ReadonlyMap<string, CertificateExtension>): RevocationReason {
  const extension = extensions.get(oids.crlReason);
  return (extension && reasons.get(contentOf(readDer(extension.value))[0] ?? 0)) ?? 'unspecified';
}
