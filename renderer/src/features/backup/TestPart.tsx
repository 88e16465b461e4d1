import { Button } from '@mantine/core';
import type { BackupStatus } from '@shared/ipc/backup-contract';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { ErrorNotice, momentText, Notice, Progress, reportFailure, toast, useTask } from '../../ui';
import { useAdvance } from './use-backup';

type Properties = {
  readonly status: BackupStatus;
  readonly onChange: (status: BackupStatus) => void;
  readonly onFailed: () => void;
};

/** The restore for trial: what came of the last one, and one by hand. */
export function TestPart({ status, onChange, onFailed }: Properties) {
  const words = t.backup.test;
  const task = useTask();
  const advance = useAdvance('test');
  const { lastTest, lastBackup, running } = status;
  const run = async (): Promise<void> => {
    const passed = await task.run(async () => {
      onChange(await invoke('backup:test', undefined));
      toast(words.done);
    });
    if (!passed) onFailed();
  };
  return (
    <section className="cv-backup-part" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className="cv-soft">{words.intro}</p>
      {lastTest === null ? <p>{words.never}</p> : <Outcome {...lastTest} />}
      <div className="cv-row">
        <Button disabled={lastBackup === '' || task.busy || running !== ''} onClick={() => void run()}>
          {words.now}
        </Button>
      </div>
      {task.busy || running === 'test' ? (
        <Progress
          label={words.running}
          done={advance?.done ?? 0}
          total={advance?.total ?? 0}
          onCancel={() => void invoke('backup:cancel', undefined).catch(reportFailure)}
        />
      ) : null}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </section>
  );
}

function Outcome({ at, problem, files, operations }: NonNullable<BackupStatus['lastTest']>) {
  const words = t.backup.test;
  return problem === '' ? (
    <Notice tone="good" title={words.good(momentText(at), files, operations)} />
  ) : (
    <Notice tone="bad" title={words.bad(momentText(at))} />
  );
}
