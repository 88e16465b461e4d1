import type { CheckReport, PathReport, SignatureReport, SignerReport } from '@shared/signing/index';

/** What is printed for a file that could not be looked at: the same shape, with the code of the reason. */
export function unreadableLine(file: string, code: string): string {
  return JSON.stringify({ file, verdict: 'indeterminate', signatures: [], problems: [code] });
}

/** One file as one line of JSON; moments are ISO 8601 in universal time. */
export function checkLine(file: string, { verdict, signatures, problems }: CheckReport): string {
  return JSON.stringify({ file, verdict, signatures: signatures.map(describe), problems });
}

function describe(signature: SignatureReport): object {
  const { field, type, subFilter, integrity, coverage, changesAfter, changes, docMdp, level } = signature;
  const { signer, claimedTime, bestTime, path, verdict, problems } = signature;
  return {
    field,
    type,
    subFilter,
    integrity,
    coverage,
    changesAfter,
    changes,
    docMdp,
    level,
    signer: signer && describeSigner(signer),
    claimedTime,
    bestTime: { source: bestTime.source, at: moment(bestTime.at) },
    path: path && describePath(path),
    verdict,
    problems,
  };
}

function describeSigner(signer: SignerReport): object {
  return { ...signer, notBefore: moment(signer.notBefore), notAfter: moment(signer.notAfter) };
}

function describePath({ status, code, path, revocation }: PathReport): object {
  return {
    status,
    code,
    path,
    revocation: revocation.map(({ issuedAt, revokedAt, ...rest }) => ({
      ...rest,
      ...(issuedAt === undefined ? {} : { issuedAt: moment(issuedAt) }),
      ...(revokedAt === undefined ? {} : { revokedAt: moment(revokedAt) }),
    })),
  };
}

/** A certificate may name a year that no date can hold. */
function moment(time: number): string | null {
  return Number.isNaN(new Date(time).getTime()) ? null : new Date(time).toISOString();
}
