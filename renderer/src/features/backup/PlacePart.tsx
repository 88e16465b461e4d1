import { Button } from '@mantine/core';
import type { BackupStatus } from '@shared/ipc/backup-contract';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { ErrorNotice, Facts, momentText, Notice, Progress, reportFailure, toast, useTask } from '../../ui';
import { useAdvance } from './use-backup';

type Properties = { readonly status: BackupStatus; readonly onChange: (status: BackupStatus) => void };

/** Where backups go, when the last one was made, and one by hand. */
export function PlacePart({ status, onChange }: Properties) {
  const words = t.backup.place;
  const choosing = useTask();
  const { folder, provenKit, overdue, lastBackup } = status;
  const choose = async (): Promise<void> => onChange(await invoke('backup:choose-folder', undefined));
  const turnOff = async (): Promise<void> => onChange(await invoke('backup:turn-off', undefined));
  return (
    <section className="cv-backup-part" aria-label={words.title}>
      <h2>{words.title}</h2>
      {folder === '' ? <Notice tone="warn" title={words.off} /> : <Facts facts={[[words.folder, folder]]} />}
      {folder === '' && provenKit === null ? <p className="cv-soft">{words.needKit}</p> : null}
      {overdue ? <Notice tone="bad" title={t.backup.overdue} todo={t.backup.overdueTodo} /> : null}
      {choosing.error === null ? null : <ErrorNotice error={choosing.error} />}
      <div className="cv-row">
        <Button disabled={provenKit === null || choosing.busy} onClick={() => void choosing.run(choose)}>
          {folder === '' ? words.choose : words.change}
        </Button>
        {folder === '' ? null : (
          <button type="button" className="cv-link" onClick={() => void choosing.run(turnOff)}>
            {words.turnOff}
          </button>
        )}
      </div>
      {folder === '' ? null : (
        <LastBackup lastBackup={lastBackup} running={status.running} onChange={onChange} />
      )}
    </section>
  );
}

function LastBackup({
  lastBackup,
  running,
  onChange,
}: {
  readonly lastBackup: string;
  readonly running: BackupStatus['running'];
  readonly onChange: (status: BackupStatus) => void;
}) {
  const task = useTask();
  const advance = useAdvance('backup');
  const run = async (): Promise<void> => {
    onChange(await invoke('backup:run', undefined));
    toast(t.backup.done);
  };
  return (
    <>
      <div className="cv-row">
        <span>{lastBackup === '' ? t.backup.never : t.backup.last(momentText(lastBackup))}</span>
        <Button variant="filled" disabled={task.busy || running !== ''} onClick={() => void task.run(run)}>
          {t.backup.now}
        </Button>
      </div>
      {task.busy || running === 'backup' ? (
        <Progress
          label={t.backup.running}
          done={advance?.done ?? 0}
          total={advance?.total ?? 0}
          onCancel={() => void invoke('backup:cancel', undefined).catch(reportFailure)}
        />
      ) : null}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </>
  );
}
