import { DerError } from '../asn1/der';
import type { CryptoPort } from '../ports';
import type { Crl, RevocationReason } from './crl';
import type { SignerBudget } from './crl-signer';
import { type CrlQuery, statusByCrl } from './crl-status';
import { type OcspResponse, statusByOcsp } from './ocsp';
import type { Certificate } from './x509';

export type RevocationQuery = {
  readonly certificate: Certificate;
  /** The issuer in a path that was validated. */
  readonly issuer: Certificate;
  /** The best signature time, for which the status is asked; milliseconds since 1970. */
  readonly at: number;
  readonly now: number;
  readonly crls: readonly Crl[];
  readonly ocsps: readonly OcspResponse[];
  readonly pool: readonly Certificate[];
  readonly anchors: readonly Certificate[];
};

export type RevocationStatus = {
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly source: 'crl' | 'ocsp' | 'none';
  /** Milliseconds since 1970: when the data was issued, and when the certificate was revoked. */
  readonly issuedAt?: number;
  readonly revokedAt?: number;
  readonly reason?: RevocationReason;
  /** DER of the CRLs or of the OCSP response used. */
  readonly evidence: readonly Uint8Array[];
  /** The certificates besides the issuer's that validated the evidence. */
  readonly certificates: readonly Certificate[];
};

/** How far the signers of revocation data are followed: their own status may hang on further signers. */
const maxDepth = 4;
const signerBudget = 1000;
const unknown: RevocationStatus = { status: 'unknown', source: 'none', evidence: [], certificates: [] };

/**
 * The revocation status of one certificate of a validated path at a time, by OCSP responses (RFC 6960) and CRLs (RFC 5280
 * section 6.3). A revocation found by either decides; stale, missing or unreadable data is 'unknown', never good. The anchor
 * needs no status. Never throws for bad data.
 */
export function checkRevocation(crypto: CryptoPort, query: RevocationQuery): RevocationStatus {
  return check(crypto, query, { pending: new Set(), budget: { left: signerBudget } });
}

type Progress = {
  /** The certificates whose status is being asked: nobody vouches for his own. */
  readonly pending: ReadonlySet<string>;
  readonly budget: SignerBudget;
};

function check(crypto: CryptoPort, query: RevocationQuery, { pending, budget }: Progress): RevocationStatus {
  const { certificate } = query;
  if (pending.has(certificate.id) || pending.size >= maxDepth) return unknown;
  const deeper = { pending: new Set([...pending, certificate.id]), budget };
  const isUsableSigner = (path: readonly Certificate[], at: number): boolean =>
    path.slice(0, -1).every((link, i) => {
      const asked = { ...query, certificate: link, issuer: path[i + 1]!, at };
      return check(crypto, asked, deeper).status === 'good';
    });
  const byOcsp = statusByOcsp(crypto, { ...query, responses: query.ocsps });
  if (byOcsp.status === 'revoked') return byOcsp;
  const byCrl = askCrls(crypto, { ...query, isUsableSigner, budget });
  if (byCrl.status === 'revoked') return byCrl;
  // Lists that were not looked at any more may hold a revocation.
  if (budget.left < 0) return unknown;
  return byOcsp.status === 'unknown' ? byCrl : byOcsp;
}

function askCrls(crypto: CryptoPort, query: CrlQuery): RevocationStatus {
  try {
    const found = statusByCrl(crypto, query);
    if (found.status === 'unknown') return unknown;
    return { ...found, source: 'crl', evidence: found.evidence.map(({ der }) => der) };
  } catch (error) {
    // Distribution points that cannot be read leave it open which lists are meant; a heap of forged ones ends here too.
    if (error instanceof DerError) return unknown;
    throw error;
  }
}
