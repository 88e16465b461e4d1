import { packManifest, publishMeeting } from '@shared/domain/meeting';
import { type Directory, personOf } from '@shared/domain/minutes';
import type { Stored } from '@shared/domain/plan';
import type { PrintJob } from '@shared/ipc/print-jobs';
import { AppError } from '@shared/result/result';
import type { Unit } from '@shared/schema/people';
import { inCapitals } from '@shared/text/capitals';
import { useState } from 'react';
import { sha256Text, usePeople, useUnits, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { useTask } from '../../ui';
import { pdfFileName } from './file-name';
import { inPackOrder } from './paper-matching';

/** Phát hành gói: sets the pack as one PDF, then publishes agenda, papers and their hashes as the next version. */
export function usePublish(id: string, flush: () => Promise<void>) {
  const workplace = useWorkplace();
  const people = usePeople();
  const units = useUnits();
  const task = useTask();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [obstacle, setObstacle] = useState('');
  const publish = async (): Promise<void> => {
    setProblems([]);
    setObstacle('');
    await task.run(async () => {
      await flush();
      const row = await workplace.store.read('meetings', id);
      if (row === null) throw new AppError('NOT_FOUND', id);
      const here = await workplace.files.presentOf(row.papers.map((paper) => paper.file.sha256));
      const missing = obstacleOf(row, here);
      setObstacle(missing);
      if (missing !== '') return;
      const version = (row.pack?.version ?? 0) + 1;
      const made = await invoke('print:make', {
        name: pdfFileName(t.meetings.pack.fileName(row.title, version)),
        job: packJob(row, version, units, people),
      });
      workplace.files.keepLoose([made.file]);
      setProblems(made.problems);
      await workplace.run(async (context, read) => {
        const fresh = await read('meetings', id);
        if (fresh === null) throw new AppError('NOT_FOUND', id);
        const manifest = await sha256Text(packManifest(fresh, (fresh.pack?.version ?? 0) + 1));
        return publishMeeting(context, fresh, { manifest, document: made.file });
      });
      await workplace.files.refresh();
    });
  };
  return { publish, problems, obstacle, busy: task.busy, error: task.error, clear: task.clear };
}

/** What is still needed before the pack can be published, or ''. */
function obstacleOf(meeting: Stored<'meetings'>, present: ReadonlySet<string>): string {
  const texts = t.meetings.pack;
  if (meeting.agenda.length === 0) return texts.needAgenda;
  if (meeting.participants.length === 0) return texts.needPeople;
  const absent = meeting.papers.filter((paper) => !present.has(paper.file.sha256)).length;
  return absent === 0 ? '' : texts.needFiles(absent);
}

/** The job of the document worker: cover, agenda and papers in their order. */
export function packJob(
  meeting: Stored<'meetings'>,
  version: number,
  units: ReadonlyMap<string, Unit>,
  directory: Directory,
): PrintJob {
  const unit = units.get(meeting.unit);
  return {
    kind: 'pack',
    data: {
      meeting: {
        superior: inCapitals(units.get(unit?.superior ?? '')?.name ?? ''),
        issuer: inCapitals(unit?.name ?? ''),
        title: meeting.title,
        startsAt: meeting.startsAt,
        venue: meeting.place,
        chair: personOf(meeting, directory, meeting.chair).name,
        version,
        agenda: meeting.agenda.map(({ id, title, presenter, minutes }) => ({
          id,
          title,
          presenter: personOf(meeting, directory, presenter).name,
          minutes,
        })),
      },
      papers: inPackOrder(meeting.papers, meeting.agenda).map(({ title, agendaItem, file }) => ({
        title,
        agendaItemId: agendaItem,
        fileName: file.name,
        mime: file.mime,
        kind: file.kind,
        sha256: file.sha256,
      })),
    },
  };
}
