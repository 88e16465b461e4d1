import { Button } from '@mantine/core';
import { t } from '../../../i18n';
import { invoke } from '../../../platform/desktop';
import { ErrorNotice, TextAreaField, toast, useTask } from '../../../ui';

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
  const copy = (): Promise<boolean> =>
    task.run(async () => {
      await navigator.clipboard.writeText(text);
      toast(words.copied);
    });
  const save = (): Promise<boolean> =>
    task.run(async () => {
      const { saved } = await invoke('files:save-text', { text, name: 'phieu-so.txt' });
      if (saved) toast(words.saved);
    });
  return (
    <div className="cv-stack">
      <p className="cv-soft">{hint}</p>
      <TextAreaField label={label} value={text} onChange={() => undefined} rows={4} />
      <div className="cv-row">
        <Button disabled={task.busy} onClick={() => void copy()}>
          {words.copy}
        </Button>
        <Button disabled={task.busy} onClick={() => void save()}>
          {words.saveFile}
        </Button>
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </div>
  );
}
