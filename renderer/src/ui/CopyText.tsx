import { Button, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNotice } from './Notice';
import { toast } from './toasts';
import { useTask } from './use-task';

/** A text to be taken elsewhere: it can be read, selected and copied, not changed. `children` are further ways to take it. */
export function CopyText({
  label,
  text,
  copy,
  copied,
  rows = 3,
  children,
}: {
  readonly label: string;
  readonly text: string;
  /** Word on the button that copies. */
  readonly copy: string;
  /** What is said once it has been copied. */
  readonly copied: string;
  readonly rows?: number;
  readonly children?: ReactNode;
}) {
  const task = useTask();
  const take = (): Promise<boolean> =>
    task.run(async () => {
      await navigator.clipboard.writeText(text);
      toast(copied);
    });
  return (
    <>
      <Textarea
        label={label}
        value={text}
        readOnly
        autosize
        minRows={rows}
        maxRows={8}
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="cv-row">
        <Button disabled={task.busy} onClick={() => void take()}>
          {copy}
        </Button>
        {children}
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </>
  );
}
