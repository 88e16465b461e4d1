import { recordSignatureCheck } from '@shared/domain/incoming';
import type { SignatureReport } from '@shared/ipc/signature-report';
import { AppError } from '@shared/result/result';
import type { SignatureSummary } from '@shared/schema/documents';
import type { FileRef } from '@shared/schema/values';
import { isoInHanoi } from '@shared/text/time';
import { useRun, useWorkplace } from '../../data';
import type { Checked } from './use-check';

export type KeepReport = {
  /** Keeps what a check said beside an incoming document; the report of the check before it goes. */
  readonly keep: (documentId: string, checked: Checked) => Promise<void>;
  /** Removes report and evidence; the verdict in the register stays. */
  readonly remove: (documentId: string, sha256: string) => Promise<void>;
};

/** The report that lies beside an incoming document. */
export function useKeepReport(): KeepReport {
  const run = useRun();
  const { files } = useWorkplace();
  const write = async (
    documentId: string,
    sha256: string,
    next: (known: SignatureSummary | undefined) => SignatureSummary | null,
  ): Promise<void> => {
    let before: FileRef | null = null;
    await run(async (_context, read) => {
      const row = await read('incoming', documentId);
      if (row === null) throw new AppError('NOT_FOUND', documentId);
      const known = row.signatures[sha256];
      const summary = next(known);
      if (summary === null) throw new AppError('NOT_FOUND', 'report');
      before = known?.report ?? null;
      return recordSignatureCheck(row, summary);
    });
    await files.dropLoose(before === null ? [] : [before]);
  };
  return {
    keep: (id, { report, kept }) => write(id, report.file.sha256, () => summaryOf(report, kept)),
    remove: (id, sha256) =>
      write(id, sha256, (known) => (known === undefined ? null : { ...known, report: null })),
  };
}

function summaryOf(report: SignatureReport, kept: FileRef | null): SignatureSummary {
  return {
    sha256: report.file.sha256,
    verdict: report.verdict,
    checkedAt: isoInHanoi(Date.parse(report.checkedAt)),
    signers: report.signatures.map(({ signerName, signerOrganisation, verdict }) => ({
      name: signerName,
      organisation: signerOrganisation,
      verdict,
    })),
    problems: [...report.problems],
    report: kept,
  };
}
