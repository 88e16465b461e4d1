import { Button } from '@mantine/core';
import type { BackupStatus } from '@shared/ipc/backup-contract';
import { shortDate } from '@shared/text/time';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { ErrorNotice, Notice, toast, useTask } from '../../ui';
import { TwoHalves } from './TwoHalves';

type Properties = {
  readonly status: BackupStatus;
  readonly onChange: (status: BackupStatus) => void;
  readonly onPrinted: () => void;
};

/** Bộ khóa khôi phục: made and printed on two sheets, then typed in once before it counts. */
export function KitPart({ status, onChange, onPrinted }: Properties) {
  const { provenKit, printedKit } = status;
  const words = t.backup.kit;
  const task = useTask();
  const print = async (): Promise<void> => {
    const { saved } = await invoke('kit:print', undefined);
    if (!saved) return;
    toast(words.saved);
    onPrinted();
  };
  return (
    <section className="cv-backup-part" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className="cv-soft">{words.intro}</p>
      {provenKit === null ? null : (
        <Notice tone="good" title={words.proven(provenKit.kit.toUpperCase(), shortDate(provenKit.madeAt))} />
      )}
      {printedKit === null ? null : (
        <Notice
          tone="warn"
          title={words.printed(printedKit.kit.toUpperCase(), shortDate(printedKit.madeAt))}
        />
      )}
      {provenKit === null && printedKit === null ? <p>{words.none}</p> : null}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      <div className="cv-row">
        <Button disabled={task.busy} onClick={() => void task.run(print)}>
          {provenKit === null && printedKit === null ? words.print : words.printAgain}
        </Button>
      </div>
      {printedKit === null ? null : (
        <>
          <h3>{words.proveTitle}</h3>
          <p className="cv-soft">{words.proveIntro}</p>
          <TwoHalves
            key={printedKit.kit}
            label={words.proveTitle}
            act={words.prove}
            onRun={async (halves) => {
              onChange(await invoke('kit:prove', halves));
              toast(words.proved);
            }}
          />
        </>
      )}
    </section>
  );
}
