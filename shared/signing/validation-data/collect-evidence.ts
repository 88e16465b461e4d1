import { oids } from '../asn1/oids';
import { checkRevocation } from '../certificates/revocation';
import type { Certificate } from '../certificates/x509';
import type { Evidence } from '../check/evidence';
import type { CryptoPort } from '../ports';
import { findIssuer, nameOf, walkUp } from './issuer-search';

/** What is at hand to choose from. */
export type EvidenceAtHand = {
  readonly crypto: CryptoPort;
  readonly anchors: readonly Certificate[];
  readonly evidence: Evidence;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** The chosen pieces as DER, and the common names of certificates whose issuer or status stays unknown. */
export type CollectedEvidence = {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly missing: readonly string[];
};

/**
 * Chooses what proves the status of some certificates up to their anchors, and nothing else: a document carries its
 * validation data for good.
 */
export async function collectEvidence(
  atHand: EvidenceAtHand,
  leaves: readonly Certificate[],
): Promise<CollectedEvidence> {
  const collection = new EvidenceCollection(atHand);
  for (const leaf of leaves) await collection.collect(leaf);
  return collection;
}

class EvidenceCollection implements CollectedEvidence {
  readonly certificates: Uint8Array[] = [];
  readonly crls: Uint8Array[] = [];
  readonly ocsps: Uint8Array[] = [];
  readonly missing: string[] = [];
  private readonly seen = new Set<string>();
  private readonly atHand: EvidenceAtHand;
  private readonly pool: readonly Certificate[];

  constructor(atHand: EvidenceAtHand) {
    this.atHand = atHand;
    this.pool = [...atHand.anchors, ...atHand.evidence.certificates];
  }

  collect(leaf: Certificate): Promise<void> {
    return walkUp(leaf, this.atHand.anchors, async (certificate) => {
      if (this.seen.has(certificate.id)) return null;
      this.seen.add(certificate.id);
      this.certificates.push(certificate.der);
      const issuer = findIssuer(this.atHand.crypto, certificate, this.pool);
      if (issuer) await this.collectStatus(certificate, issuer);
      else this.missing.push(nameOf(certificate));
      return issuer;
    });
  }

  private async collectStatus(certificate: Certificate, issuer: Certificate): Promise<void> {
    const { crypto, anchors, now, evidence } = this.atHand;
    const { crls, ocsps } = evidence;
    const query = { certificate, issuer, at: now, now, pool: this.pool, anchors, crls, ocsps };
    const found = checkRevocation(crypto, query);
    this.certificates.push(issuer.der);
    (found.source === 'crl' ? this.crls : this.ocsps).push(...found.evidence);
    if (found.status === 'unknown') this.missing.push(nameOf(certificate));
    for (const signer of found.certificates) {
      this.certificates.push(signer.der);
      // A responder with ocsp-nocheck needs no status of its own (RFC 6960 section 4.2.2.2.1).
      if (!signer.extensions.has(oids.ocspNoCheck)) await this.collect(signer);
    }
  }
}
