import type {
  SignatureReport as Report,
  ReportedChange,
  ReportedSignature,
} from '@shared/ipc/signature-report';
import type { CheckReport, DocumentChange, PathReport, SignatureReport } from '@shared/signing';

const most = { text: 2000, changes: 100, path: 20 } as const;

/** What the checker found, in the form in which it is shown, printed, saved and kept. */
export function toReport(found: CheckReport, file: Report['file'], now: number): Report {
  const { verdict, signatures, problems } = found;
  const isExtended = signatures.length > 0 && signatures.at(-1)?.coverage !== 'whole-file';
  const revisions = signatures.length + (isExtended ? 1 : 0);
  return {
    verdict,
    checkedAt: moment(now),
    file,
    signatures: signatures.map((signature, index) => ({
      ...describe(signature),
      revision: index + 1,
      revisions,
    })),
    problems: [...problems],
  };
}

function describe(signature: SignatureReport): Omit<ReportedSignature, 'revision' | 'revisions'> {
  const { signer, bestTime, path } = signature;
  return {
    field: short(signature.field),
    type: signature.type,
    subFilter: signature.subFilter.slice(0, 60),
    verdict: signature.verdict,
    integrity: signature.integrity,
    coverage: signature.coverage,
    changesAfter: signature.changesAfter,
    changes: signature.changes.slice(0, most.changes).map(describeChange),
    docMdp: signature.docMdp,
    level: signature.level ?? '',
    signerName: short(signer?.cn ?? ''),
    signerOrganisation: short(signer?.o ?? ''),
    serial: short(signer?.serial ?? ''),
    issuer: short(signer?.issuer ?? ''),
    notBefore: moment(signer?.notBefore),
    notAfter: moment(signer?.notAfter),
    claimedTime: (signature.claimedTime ?? '').slice(0, 60),
    timeSource: bestTime.source,
    time: moment(bestTime.at),
    ...describePath(path),
    problems: [...signature.problems],
  };
}

function describeChange({ level, what, page, rect, covers = false }: DocumentChange): ReportedChange {
  return {
    level,
    what: short(what),
    page: page === undefined ? 0 : page + 1,
    rect: [...(rect ?? [])].slice(0, 4),
    covers,
  };
}

function describePath(
  path: PathReport | null,
): Pick<ReportedSignature, 'pathStatus' | 'pathCode' | 'path' | 'revocation'> {
  if (path === null) return { pathStatus: '', pathCode: '', path: [], revocation: [] };
  return {
    pathStatus: path.status,
    pathCode: path.code,
    path: path.path.slice(0, most.path).map(short),
    revocation: path.revocation.slice(0, most.path).map((entry) => ({
      subject: short(entry.subject),
      status: entry.status,
      source: entry.source,
      issuedAt: moment(entry.issuedAt),
      revokedAt: moment(entry.revokedAt),
    })),
  };
}

/** Names come from the file: whoever made it may have written a book into one. */
const short = (text: string): string => text.slice(0, most.text);

/** ISO 8601; '' for none and for a time beyond what a date can hold. */
function moment(at: number | undefined): string {
  const date = new Date(at ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
