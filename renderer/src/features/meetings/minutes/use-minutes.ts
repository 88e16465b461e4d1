import { saveMinutes } from '@shared/domain/meeting';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { usePeople, useUnits, useWorkplace } from '../../../data';
import { t } from '../../../i18n';
import { invoke } from '../../../platform/desktop';
import { toast, useTask } from '../../../ui';
import { pdfFileName } from '../file-name';
import { minutesData } from '../minutes-data';

/** Keeps the text of the minutes, and sets it as a PDF that goes with the meeting. */
export function useMinutes(meeting: Stored<'meetings'>, text: string) {
  const workplace = useWorkplace();
  const people = usePeople();
  const units = useUnits();
  const task = useTask();
  const keep = (file: (row: Stored<'meetings'>) => FileRef | null): Promise<void> =>
    workplace.run(async (context, read) => {
      const row = await read('meetings', meeting.id);
      if (row === null) throw new AppError('NOT_FOUND', meeting.id);
      return saveMinutes(context, row, { text, file: file(row) });
    });
  const save = async (): Promise<boolean> => {
    const done = await task.run(() => keep((row) => row.minutes));
    if (done) toast(t.meetings.minutes.saved);
    return done;
  };
  const exportPdf = (): Promise<boolean> =>
    task.run(async () => {
      const unit = units.get(meeting.unit);
      if (unit === undefined) throw new AppError('NOT_FOUND', 'unit');
      const superior = units.get(unit.superior)?.name ?? '';
      const data = minutesData(meeting, text, { unit, superior, directory: people });
      const name = pdfFileName(t.meetings.minutes.fileName(meeting.title));
      const { file } = await invoke('print:make', { name, job: { kind: 'minutes', data: data } });
      workplace.files.keepLoose([file]);
      await keep(() => file);
      await workplace.files.refresh();
    });
  const saveCopy = async (): Promise<void> => {
    const file = meeting.minutes;
    if (file === null) return;
    await task.run(async () => {
      await invoke('files:save-copy', { sha256: file.sha256, name: file.name });
    });
  };
  return { save, exportPdf, saveCopy, busy: task.busy, error: task.error, clear: task.clear };
}
