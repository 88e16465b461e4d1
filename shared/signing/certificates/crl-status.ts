import { DerError, readDer } from '../asn1/der';
import { oids } from '../asn1/oids';
import { equalBytes } from '../bytes';
import type { CryptoPort } from '../ports';
import { type Crl, type CrlEntry, findEntry, type RevocationReason } from './crl';
import { type CrlSigner, findCrlSigner, type SignerQuery } from './crl-signer';
import {
  allReasons,
  type DistributionPoint,
  impliedPoint,
  readDistributionPoints,
} from './distribution-point';
import { comparableDirectoryName } from './general-name';
import { type Certificate, readTime } from './x509';

export type CrlQuery = SignerQuery & {
  /** The time of the check; milliseconds since 1970. */
  readonly now: number;
  readonly crls: readonly Crl[];
};

/** What the CRLs say about one certificate; 'unknown' without evidence when none of them can be used. */
export type CrlStatus = {
  readonly status: 'good' | 'revoked' | 'unknown';
  /** Milliseconds since 1970: thisUpdate of the oldest CRL used, and when the certificate was revoked. */
  readonly issuedAt?: number;
  readonly revokedAt?: number;
  readonly reason?: RevocationReason;
  readonly evidence: readonly Crl[];
  /** The certificates besides the issuer's that validated them. */
  readonly certificates: readonly Certificate[];
};

const clockTolerance = 5 * 60_000;

/** A complete CRL with the newest delta CRL for it, and what both say about the certificate. */
type Finding = {
  readonly crls: readonly Crl[];
  readonly certificates: readonly Certificate[];
  readonly issuedAt: number;
  readonly entry: CrlEntry | null;
};

/**
 * The revocation status of a certificate at a time by CRLs (RFC 5280 section 6.3.3). A CRL counts when it was issued at or
 * after that time, or was still the current one then (Thông tư 15/2025/TT-BKHCN, Phụ lục II); 'good' needs CRLs for every
 * reason of revocation. A revocation after the time asked does not count; one before it counts whatever else is known.
 */
export function statusByCrl(crypto: CryptoPort, query: CrlQuery): CrlStatus {
  return new CrlCheck(crypto, query).run();
}

class CrlCheck {
  private readonly crypto: CryptoPort;
  private readonly query: CrlQuery;
  /** Newest first. */
  private readonly usable: readonly Crl[];
  private readonly findings = new Map<string, Finding | null>();
  private readonly used: Finding[] = [];
  private covered = 0;
  /** Reasons that CRLs issued up to the time asked have covered. */
  private coveredBefore = 0;

  constructor(crypto: CryptoPort, query: CrlQuery) {
    this.crypto = crypto;
    this.query = query;
    this.usable = query.crls
      .filter((crl) => crl.thisUpdate <= query.now + clockTolerance && !hasUnknownCritical(crl))
      .sort((a, b) => b.thisUpdate - a.thisUpdate);
  }

  run(): CrlStatus {
    const { certificate } = this.query;
    for (const point of [...readDistributionPoints(certificate), impliedPoint(certificate)]) {
      for (const crl of this.usable) {
        if (crl.baseNumber !== null || !isAbout(crl, point, certificate)) continue;
        const revoked = this.consider(crl, point.reasons & (crl.scope?.reasons ?? allReasons));
        if (revoked) return revoked;
      }
    }
    if (this.covered !== allReasons) return { status: 'unknown', evidence: [], certificates: [] };
    return {
      status: 'good',
      issuedAt: Math.min(...this.used.map(({ issuedAt }) => issuedAt)),
      evidence: this.used.flatMap(({ crls }) => crls),
      certificates: this.used.flatMap(({ certificates }) => certificates),
    };
  }

  /** Takes one CRL into account; gives the revocation when it decides. */
  private consider(crl: Crl, reasons: number): CrlStatus | null {
    const finding = this.find(crl);
    if (!finding) return null;
    const { at } = this.query;
    const { entry } = finding;
    const counts = finding.crls.some((used) => used.thisUpdate >= at || (used.nextUpdate ?? 0) >= at);
    if (entry && entry.revokedAt <= at) return this.revocation(finding, entry, reasons, counts);
    if (!counts || !this.remembersExpired(finding)) return null;
    if ((reasons & ~this.covered) !== 0) this.used.push(finding);
    this.covered |= reasons;
    if (finding.issuedAt <= at) this.coveredBefore |= reasons;
    return null;
  }

  /** A hold ends with a newer CRL that no longer names the certificate, and with the CRL that says so; all else is for ever. */
  private revocation(
    { crls, certificates, issuedAt }: Finding,
    { revokedAt, reason }: CrlEntry,
    reasons: number,
    counts: boolean,
  ): CrlStatus | null {
    const wasLifted = issuedAt <= this.query.at && (reasons & ~this.coveredBefore) === 0;
    if (reason === 'certificateHold' && (!counts || wasLifted)) return null;
    return { status: 'revoked', issuedAt, revokedAt, reason, evidence: crls, certificates };
  }

  /** A CRL issued after a certificate has expired may have dropped it (section 3.3), unless it says otherwise (X.509, 9.5.2.8). */
  private remembersExpired({ crls, issuedAt }: Finding): boolean {
    const { notAfter } = this.query.certificate;
    const kept = crls[0]?.extensions.get(oids.expiredCertsOnCrl);
    return issuedAt <= notAfter || (kept !== undefined && readTime(readDer(kept.value)) <= notAfter);
  }

  private find(crl: Crl): Finding | null {
    const known = this.findings.get(crl.id);
    if (known !== undefined) return known;
    const finding = this.read(crl);
    this.findings.set(crl.id, finding);
    return finding;
  }

  /** The signature comes first, so that no list of a stranger is ever searched. */
  private read(crl: Crl): Finding | null {
    const signer = findCrlSigner(this.crypto, crl, this.query);
    const complete = signer && this.lookUp(crl);
    if (!complete) return null;
    const certificates = this.strangers(signer.path);
    for (const delta of this.usable) {
      if (!isDeltaFor(delta, crl) || !this.isSignedBySame(delta, signer)) continue;
      const changed = this.lookUp(delta);
      if (!changed) continue;
      const entry = this.merge(complete.entry, changed.entry, delta);
      return { crls: [crl, delta], certificates, issuedAt: delta.thisUpdate, entry };
    }
    return { crls: [crl], certificates, issuedAt: crl.thisUpdate, ...complete };
  }

  private isSignedBySame(delta: Crl, { path }: CrlSigner): boolean {
    return findCrlSigner(this.crypto, delta, this.query)?.path[0]?.id === path[0]?.id;
  }

  /** Section 6.3.3 i to k; a hold that was lifted only after the time asked was in force at that time. */
  private merge(base: CrlEntry | null, change: CrlEntry | null, delta: Crl): CrlEntry | null {
    if (change?.reason !== 'removeFromCRL') return change ?? base;
    return delta.thisUpdate <= this.query.at ? null : base;
  }

  private strangers(path: readonly Certificate[]): readonly Certificate[] {
    return path.filter(({ id }) => id !== this.query.issuer.id);
  }

  /** Null when the CRL must not be used because of one of its entries. */
  private lookUp(crl: Crl): { readonly entry: CrlEntry | null } | null {
    const { serial, comparableIssuer } = this.query.certificate;
    try {
      return { entry: findEntry(crl, serial, comparableIssuer) };
    } catch (error) {
      if (error instanceof DerError) return null;
      throw error;
    }
  }
}

const processedExtensions: ReadonlySet<string> = new Set([
  oids.authorityKeyIdentifier,
  oids.issuerAltName,
  oids.crlNumber,
  oids.deltaCrlIndicator,
  oids.issuingDistributionPoint,
  oids.freshestCrl,
  oids.expiredCertsOnCrl,
]);

function hasUnknownCritical({ extensions }: Crl): boolean {
  return [...extensions].some(([oid, { critical }]) => critical && !processedExtensions.has(oid));
}

/** Whether a complete CRL is the one that a distribution point means, and is about this kind of certificate (6.3.3 b). */
function isAbout(crl: Crl, point: DistributionPoint, certificate: Certificate): boolean {
  const { scope } = crl;
  const issuer = comparableDirectoryName(crl.comparableIssuer);
  if (point.crlIssuers) {
    if (!scope?.indirect || !point.crlIssuers.includes(issuer)) return false;
  } else if (crl.comparableIssuer !== certificate.comparableIssuer) return false;
  if (!scope) return true;
  if (scope.onlyAttributeCertificates) return false;
  if (scope.onlyUserCertificates && certificate.isCa) return false;
  if (scope.onlyCaCertificates && !certificate.isCa) return false;
  const names = point.names ?? point.crlIssuers ?? [];
  return scope.names === null || scope.names.some((name) => names.includes(name));
}

/** Section 6.3.3 c: the same issuer, key and scope, and numbers that fit together. */
function isDeltaFor(delta: Crl, complete: Crl): boolean {
  if (delta.baseNumber === null || complete.number === null || delta.number === null) return false;
  return (
    delta.comparableIssuer === complete.comparableIssuer &&
    delta.authorityKeyId === complete.authorityKeyId &&
    isSameScope(delta, complete) &&
    delta.baseNumber <= complete.number &&
    complete.number < delta.number
  );
}

function isSameScope(delta: Crl, complete: Crl): boolean {
  const [a, b] = [delta, complete].map((crl) => crl.extensions.get(oids.issuingDistributionPoint));
  return a && b ? equalBytes(a.value, b.value) : a === b;
}
