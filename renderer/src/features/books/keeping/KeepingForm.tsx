import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { t } from '../../../i18n';
import { checkForm, ErrorNotice, type Task, useCommands, useFocusBack } from '../../../ui';

/** The frame of every form on this screen: Ctrl+Enter saves, Escape closes and leads back, what failed stands above the buttons. */
export function KeepingForm({
  title,
  save,
  task,
  disabled = false,
  onSave,
  onClose,
  children,
}: {
  readonly title: string;
  /** Word on the button that saves. */
  readonly save: string;
  readonly task: Task;
  readonly disabled?: boolean;
  readonly onSave: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  useFocusBack();
  useEffect(() => {
    // The cursor waits in the first field, unless the form has put it elsewhere.
    if (form.current?.contains(document.activeElement) === true) return;
    form.current?.querySelector<HTMLElement>('input:not([hidden]), select, textarea')?.focus();
  }, []);
  const submit = async (): Promise<void> => {
    if (disabled || form.current === null || !checkForm(form.current)) return;
    await task.run(onSave);
  };
  useCommands([
    { id: 'keeping.save', title, shortcut: 'Ctrl+Enter', run: submit },
    { id: 'keeping.close', title: t.common.actions.cancel, shortcut: 'Escape', inFields: true, run: onClose },
  ]);
  return (
    <form
      ref={form}
      className="cv-stack cv-inline-form"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      noValidate
    >
      <h3>{title}</h3>
      {children}
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      <div className="cv-row cv-row-end">
        <Button onClick={onClose}>{t.common.actions.cancel}</Button>
        <Button type="submit" variant="filled" disabled={task.busy || disabled}>
          {save}
        </Button>
      </div>
    </form>
  );
}
