import type { Input } from '@shared/ipc/contract';
import type { ReportedSignature, SignatureReport } from '@shared/ipc/signature-report';
import type { Person, Unit } from '@shared/schema/people';
import { vi } from '../../i18n/vi';
import { momentText } from '../../ui';
import {
  changesText,
  integrityText,
  levelText,
  periodText,
  problemText,
  revocationLines,
  scopeText,
  timeText,
  trustText,
} from './report-words';

type SlipData = Extract<Input<'print:make'>['job'], { kind: 'signature-check' }>['data'];

type Maker = {
  readonly unit: Unit;
  readonly superior: string;
  readonly person: Person;
  readonly now: string;
};

/** Phiếu kiểm tra chữ ký số: the report in words, Vietnamese in every language of the screens. */
export function printedReport(report: SignatureReport, { unit, superior, person, now }: Maker): SlipData {
  const words = vi.signing.report;
  const day = now.slice(0, 10);
  return {
    superior,
    issuer: unit.name,
    place: unit.place,
    date: day,
    year: Number(day.slice(0, 4)),
    fileName: report.file.name,
    sha256: report.file.sha256,
    checkedAt: momentText(report.checkedAt),
    checkedBy: person.position === '' ? person.name : `${person.name}, ${person.position}`,
    verdict: words.verdicts[report.verdict],
    meaning: words.meanings[report.verdict],
    findings: findings(report.problems),
    signatures: report.signatures.map((signature, index) => ({
      title: words.signature(index + 1, report.signatures.length),
      ...printedSignature(signature),
    })),
    createdAt: now,
  };
}

function printedSignature(signature: ReportedSignature): Omit<SlipData['signatures'][number], 'title'> {
  const words = vi.signing.report;
  return {
    verdict: words.verdicts[signature.verdict],
    issuer: signature.issuer,
    signer: signature.signerName === '' ? words.unknownSigner : signature.signerName,
    organisation: signature.signerOrganisation,
    time: timeText(signature, vi),
    integrity: integrityText(signature, vi),
    validity: words.verdicts[signature.verdict],
    period: periodText(signature, vi),
    scope: scopeText(signature, vi),
    trust: trustText(signature, vi),
    revocation: revocationLines(signature, vi).join('; '),
    changes: changesText(signature, vi),
    level: levelText(signature, vi),
    findings: findings(signature.problems),
  };
}

function findings(codes: readonly string[]): SlipData['findings'] {
  return codes.map((code) => problemText(code, vi));
}
