import { Button } from '@mantine/core';
import { t } from '../../../i18n';
import { invoke } from '../../../platform/desktop';
import { CopyText, ErrorNotice, toast, useTask } from '../../../ui';

/** A slip to be brought to another machine: to copy, or to save on a USB stick. */
export function SlipView({
  label,
  text,
  hint,
}: {
  readonly label: string;
  readonly text: string;
  readonly hint: string;
}) {
  const task = useTask();
  const words = t.keeping.handOver;
  const save = (): Promise<boolean> =>
    task.run(async () => {
      const { saved } = await invoke('files:save-text', { text, name: 'phieu-so.txt' });
      if (saved) toast(words.saved);
    });
  return (
    <div className="cv-stack">
      <p className="cv-soft">{hint}</p>
      <CopyText label={label} text={text} rows={4} copy={words.copy} copied={words.copied}>
        <Button disabled={task.busy} onClick={() => void save()}>
          {words.saveFile}
        </Button>
      </CopyText>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </div>
  );
}
