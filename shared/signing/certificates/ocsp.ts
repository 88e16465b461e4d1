import { DerError } from '../asn1/der';
import { oids } from '../asn1/oids';
import { equalBytes } from '../bytes';
import { type CryptoPort, digestOf } from '../ports';
import { publicKeyOctets } from './ocsp-request';
import type { OcspResponse, OcspSingle } from './ocsp-response';
import { checkPurpose } from './path-purpose';
import type { RevocationQuery, RevocationStatus } from './revocation';
import { readSignatureAlgorithm, verifyWithAlgorithm } from './signature-algorithm';
import type { Certificate } from './x509';

export { type OcspResponse, type OcspSingle, readOcspResponse } from './ocsp-response';

/** The certificate, its issuer and the times of a {@link RevocationQuery}, with the responses that may be used. */
export type OcspQuery = Omit<RevocationQuery, 'crls' | 'ocsps'> & {
  readonly responses: readonly OcspResponse[];
};

const clockTolerance = 5 * 60_000;
/** From here on a collision of SHA-1 can be bought, so that a response first seen later proves nothing. */
const sha1Broken = Date.UTC(2017, 0, 1);
const understoodExtensions: ReadonlySet<string> = new Set([
  oids.keyUsage,
  oids.basicConstraints,
  oids.extendedKeyUsage,
  oids.authorityKeyIdentifier,
  oids.subjectKeyIdentifier,
]);

const nothing: RevocationStatus = { status: 'unknown', source: 'none', evidence: [], certificates: [] };

/**
 * The revocation status of a certificate at a time by OCSP responses (RFC 6960 section 3.2). A revocation decides over any
 * other answer, unless it came after `at`; otherwise the newest usable answer decides. A good answer counts when it was
 * given after `at`, or was still the current one then.
 */
export function statusByOcsp(crypto: CryptoPort, query: OcspQuery): RevocationStatus {
  const named = query.responses
    .flatMap((response) => response.singles.map((single) => ({ response, single })))
    .filter(({ single }) => isAbout(crypto, single, query));
  let best = nothing;
  for (const { response, single } of named) {
    const status = statusOf(single, query);
    if (!status || !isBetter(status, best) || isFromTheFuture(response, single, query.now)) continue;
    const responder = authorisedResponder(crypto, response, query);
    if (!responder) continue;
    const certificates = responder.id === query.issuer.id ? [] : [responder];
    best = { ...status, source: 'ocsp', evidence: [response.der], certificates };
  }
  return best;
}

type SingleStatus = Pick<RevocationStatus, 'status' | 'issuedAt' | 'revokedAt'>;

function isBetter(candidate: SingleStatus, best: RevocationStatus): boolean {
  if (candidate.status === 'revoked' || best.status === 'revoked') return best.status !== 'revoked';
  return (candidate.issuedAt ?? 0) > (best.issuedAt ?? 0);
}

function isAbout(crypto: CryptoPort, single: OcspSingle, { certificate, issuer }: OcspQuery): boolean {
  if (!single.hash || !crypto.supportsHash(single.hash)) return false;
  return (
    equalBytes(single.serial, certificate.serial) &&
    equalBytes(single.issuerNameHash, digestOf(crypto, single.hash, issuer.subject)) &&
    equalBytes(single.issuerKeyHash, digestOf(crypto, single.hash, publicKeyOctets(issuer)))
  );
}

function isFromTheFuture({ producedAt }: OcspResponse, { thisUpdate }: OcspSingle, now: number): boolean {
  return Math.max(producedAt, thisUpdate) > now + clockTolerance;
}

/** The answer for the time asked, or null when it says nothing about that time. */
function statusOf(single: OcspSingle, { certificate, at }: OcspQuery): SingleStatus | null {
  const { thisUpdate: issuedAt, revokedAt } = single;
  if (single.status === 'unknown') return { status: 'unknown', issuedAt };
  if (revokedAt !== null) return { status: revokedAt <= at ? 'revoked' : 'good', issuedAt, revokedAt };
  if (at > (single.nextUpdate ?? issuedAt) + clockTolerance) return null;
  // A responder forgets expired certificates unless it says since when it keeps them.
  const forgets = single.archiveCutoff === null || single.archiveCutoff > certificate.notAfter;
  return issuedAt > certificate.notAfter && forgets ? null : { status: 'good', issuedAt };
}

/** The certificate that signed the response with the right to do so (RFC 6960 section 4.2.2.2), or null. */
function authorisedResponder(
  crypto: CryptoPort,
  response: OcspResponse,
  { issuer, now, pool }: OcspQuery,
): Certificate | null {
  if (isTooWeak(readSignatureAlgorithm(response.signatureAlgorithm, null)?.hash, now)) return null;
  const candidates = [issuer, ...response.certificates, ...pool];
  const isAuthorised = (certificate: Certificate): boolean =>
    isNamedBy(crypto, response, certificate) &&
    (certificate.id === issuer.id || isDelegated(crypto, certificate, issuer, response.producedAt, now)) &&
    isSignedBy(crypto, response, certificate);
  return candidates.find((certificate) => isReadableAndPasses(isAuthorised, certificate)) ?? null;
}

/** A received certificate with parts that cannot be read answers for nobody. */
function isReadableAndPasses(rule: (certificate: Certificate) => boolean, certificate: Certificate): boolean {
  try {
    return rule(certificate);
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

function isTooWeak(hash: string | null | undefined, now: number): boolean {
  return hash === 'md5' || (hash === 'sha1' && now >= sha1Broken);
}

function isNamedBy(crypto: CryptoPort, { responder }: OcspResponse, certificate: Certificate): boolean {
  return responder.kind === 'name'
    ? responder.name === certificate.comparableSubject
    : equalBytes(responder.hash, digestOf(crypto, 'sha1', publicKeyOctets(certificate)));
}

function isSignedBy(
  crypto: CryptoPort,
  signed: Pick<OcspResponse, 'tbs' | 'signature' | 'signatureAlgorithm'>,
  signer: Certificate,
): boolean {
  const { tbs: data, signature } = signed;
  const input = { publicKey: signer.publicKey, data, signature };
  return verifyWithAlgorithm(crypto, signed.signatureAlgorithm, null, input) === 'ok';
}

/** True for a responder whom the issuer's own key appointed, while the appointment lasted. */
function isDelegated(
  crypto: CryptoPort,
  responder: Certificate,
  issuer: Certificate,
  producedAt: number,
  now: number,
): boolean {
  if (responder.comparableIssuer !== issuer.comparableSubject) return false;
  if (producedAt < responder.notBefore || producedAt > responder.notAfter) return false;
  if (checkPurpose(responder, 'ocsp')) return false;
  for (const [oid, { critical }] of responder.extensions)
    if (critical && !understoodExtensions.has(oid)) return false;
  if (isTooWeak(readSignatureAlgorithm(responder.signatureAlgorithm, null)?.hash, now)) return false;
  return isSignedBy(crypto, responder, issuer);
}
