import { equalBytes } from '../bytes';
import type { Certificate } from '../certificates/x509';
import type { SignatureReport } from './check-report';
import type { Evidence } from './evidence';

const maxChain = 8;

/** What a signature carries with it. */
export type LevelFacts = {
  readonly signer: Certificate;
  /** A whole timestamp of its own, or a later one of the document. */
  readonly isTimestamped: boolean;
  /** All that the file brings along: the CMS and the security store. */
  readonly evidence: Evidence;
  /** What later document timestamps cover of it, one entry each. */
  readonly stamped: readonly Evidence[];
};

/**
 * The PAdES baseline level that a PAdES signature reaches (EN 319 142-1 section 6): B-T with a timestamp, B-LT when the
 * file also brings the data to check every certificate of its chain, B-LTA when a document timestamp covers that data.
 * It says what is there; whether it can be trusted is the verdict's business.
 */
export function levelOf({
  signer,
  isTimestamped,
  evidence,
  stamped,
}: LevelFacts): Exclude<SignatureReport['level'], null> {
  if (!isTimestamped) return 'B-B';
  if (!hasValidationData(signer, evidence)) return 'B-T';
  return stamped.some((covered) => hasValidationData(signer, covered)) ? 'B-LTA' : 'B-LT';
}

function hasValidationData(signer: Certificate, evidence: Evidence): boolean {
  const chain = chainOf(signer, evidence.certificates);
  const isRooted = isSelfIssued(signer);
  return (
    !isRooted && chain.every((certificate) => isSelfIssued(certificate) || hasStatus(certificate, evidence))
  );
}

/** From the signer upwards by name, as far as the certificates go. */
function chainOf(signer: Certificate, pool: readonly Certificate[]): readonly Certificate[] {
  const chain = [signer];
  for (let last = signer; chain.length < maxChain && !isSelfIssued(last); ) {
    const next = pool.find(({ comparableSubject }) => comparableSubject === last.comparableIssuer);
    if (!next || chain.includes(next)) break;
    chain.push(next);
    last = next;
  }
  return chain;
}

function isSelfIssued({ comparableSubject, comparableIssuer }: Certificate): boolean {
  return comparableSubject === comparableIssuer;
}

function hasStatus(certificate: Certificate, { crls, ocsps }: Evidence): boolean {
  return (
    crls.some(({ comparableIssuer }) => comparableIssuer === certificate.comparableIssuer) ||
    ocsps.some(({ singles }) => singles.some(({ serial }) => equalBytes(serial, certificate.serial)))
  );
}
