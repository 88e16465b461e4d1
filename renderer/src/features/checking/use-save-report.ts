import type { SignatureReport } from '@shared/ipc/signature-report';
import { AppError } from '@shared/result/result';
import { isoInHanoi } from '@shared/text/time';
import { useSession, useUnits, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { toast } from '../../ui';
import { printedReport } from './printed-report';
import type { Subject } from './use-subject';

export type SaveReport = {
  /** Phiếu kiểm tra chữ ký số as a printed page. */
  readonly pdf: (report: SignatureReport) => Promise<void>;
  /** The same for other programs, with the certificates and revocation data that it rests on. */
  readonly json: (subject: Subject) => Promise<void>;
};

/** Saves copies where the person wants them; what is made for that does not stay on this machine. */
export function useSaveReport(): SaveReport {
  const { person, unit } = useSession();
  const units = useUnits();
  const { clock, files } = useWorkplace();
  const saveAndDrop = async (
    file: Parameters<typeof files.dropLoose>[0][number],
    name: string,
  ): Promise<void> => {
    try {
      const { saved } = await invoke('files:save-copy', { sha256: file.sha256, name });
      if (saved) toast(t.checking.actions.saved);
    } finally {
      await files.dropLoose([file]);
    }
  };
  return {
    pdf: async (report) => {
      if (person === null || unit === null) throw new AppError('NOT_SIGNED_IN');
      const superior = units.get(unit.superior)?.name ?? '';
      const data = printedReport(report, { unit, superior, person, now: isoInHanoi(clock()) });
      const name = `${t.checking.printed.fileName(report.file.name)}.pdf`;
      const { file } = await invoke('print:make', { name, job: { kind: 'signature-check', data } });
      await saveAndDrop(file, name);
    },
    json: async ({ source, name }) => {
      const { kept } = await invoke('signing:check', { source, name, online: false, keep: true });
      if (kept !== null) await saveAndDrop(kept, `${t.checking.printed.fileName(name)}.json`);
    },
  };
}
