import { DerError } from '../asn1/der';
import type { CryptoPort } from '../ports';
import type { Crl } from './crl';
import { checkSignedBy, hasWeakDigest } from './signed-by';
import { type Certificate, keyUsageBits } from './x509';
import { validatePath } from './x509-path';

/** What may still be spent on looking for signers: one for each signature check, and one for each 100,000 octets signed. */
export type SignerBudget = { left: number };

export type SignerQuery = {
  readonly budget: SignerBudget;
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** The time for which the status is asked; milliseconds since 1970. */
  readonly at: number;
  readonly pool: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  /** Whether no certificate of the path of a CRL's signer was revoked at a time. */
  readonly isUsableSigner: (path: readonly Certificate[], at: number) => boolean;
};

/** The path of the certificate that signed a CRL, from it to the anchor; only itself when it issued the certificate asked for. */
export type CrlSigner = { readonly path: readonly Certificate[] };

/**
 * Finds the certificate with the right to sign a CRL that signed this one (RFC 5280 section 6.3.3 f and g): the issuer of the
 * certificate asked for, or another key of the CRL's issuer whose path ends in the same anchor. Null when there is none.
 * Throws DerError when the budget is spent, as with heaps of forged lists and namesakes of their issuer.
 */
export function findCrlSigner(crypto: CryptoPort, crl: Crl, query: SignerQuery): CrlSigner | null {
  if (hasWeakDigest(crl)) return null;
  const { issuer, pool, anchors } = query;
  const candidates = new Map(
    [issuer, ...anchors, ...pool].map((certificate) => [certificate.id, certificate]),
  );
  for (const candidate of candidates.values()) {
    if (!maySignCrl(candidate, crl)) continue;
    query.budget.left -= 1 + crl.tbs.length / 100_000;
    if (query.budget.left < 0) throw new DerError('too many revocation lists');
    if (checkSignedBy(crypto, crl, candidate) !== 'ok') continue;
    if (candidate.id === issuer.id) return { path: [candidate] };
    const path = pathOfSigner(crypto, candidate, crl, query);
    if (path) return { path };
  }
  return null;
}

function maySignCrl(certificate: Certificate, crl: Crl): boolean {
  if (certificate.comparableSubject !== crl.comparableIssuer) return false;
  if (certificate.keyUsage !== null && (certificate.keyUsage & keyUsageBits.cRLSign) === 0) return false;
  if (crl.thisUpdate < certificate.notBefore || crl.thisUpdate > certificate.notAfter) return false;
  return !crl.authorityKeyId || !certificate.subjectKeyId || crl.authorityKeyId === certificate.subjectKeyId;
}

function pathOfSigner(
  crypto: CryptoPort,
  leaf: Certificate,
  crl: Crl,
  query: SignerQuery,
): readonly Certificate[] | null {
  const { certificate, issuer, pool, at, isUsableSigner } = query;
  const common = { pool, at, purpose: 'any' } as const;
  const isThroughIssuer = (path: readonly Certificate[]): boolean => path[1]?.id === issuer.id;
  const own = validatePath(crypto, {
    ...common,
    leaf: certificate,
    anchors: query.anchors,
    isUsable: isThroughIssuer,
  });
  if (own.status !== 'trusted' || !isThroughIssuer(own.path)) return null;
  // A key that came after the time asked must be good when it was used.
  const usedAt = Math.max(at, crl.thisUpdate);
  const isUsable = (path: readonly Certificate[]): boolean => isUsableSigner(path, usedAt);
  const anchors = own.path.slice(-1);
  const found = validatePath(crypto, { ...common, leaf, anchors, at: usedAt, isUsable });
  return found.status === 'trusted' && isUsable(found.path) ? found.path : null;
}
