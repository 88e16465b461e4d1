import { oids } from '../asn1/oids';
import { nameAttribute } from '../certificates/distinguished-name';
import { checkSignedBy } from '../certificates/signed-by';
import { type Certificate, isSelfIssued } from '../certificates/x509';
import type { CryptoPort } from '../ports';

const maxChain = 10;

/** The first of the candidates that issued a certificate, by name, key identifier and signature, or null. */
export function findIssuer(
  crypto: CryptoPort,
  certificate: Certificate,
  candidates: readonly Certificate[],
): Certificate | null {
  const issuer = candidates.find(
    (candidate) =>
      candidate.comparableSubject === certificate.comparableIssuer &&
      (!certificate.authorityKeyId ||
        !candidate.subjectKeyId ||
        certificate.authorityKeyId === candidate.subjectKeyId) &&
      checkSignedBy(crypto, certificate, candidate) === 'ok',
  );
  return issuer ?? null;
}

/** Walks from a certificate to an anchor or a root, asking `step` for the issuer of each on the way. */
export async function walkUp(
  leaf: Certificate,
  anchors: readonly Certificate[],
  step: (certificate: Certificate) => Promise<Certificate | null>,
): Promise<void> {
  const anchorIds = new Set(anchors.map(({ id }) => id));
  let current: Certificate | null = leaf;
  for (let length = 1; current && length < maxChain; length++) {
    if (anchorIds.has(current.id) || isSelfIssued(current)) return;
    current = await step(current);
  }
}

/** Common name of a certificate's holder, for display. */
export function nameOf({ subject }: Certificate): string {
  return nameAttribute(subject, oids.commonName) ?? '';
}
