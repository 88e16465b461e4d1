import { Button } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { t } from '../../i18n';
import { checkForm, ErrorNotice, useFocusBack, useTask } from '../../ui';

type Properties = {
  readonly title: string;
  readonly save: string;
  readonly onSave: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** A second way to save, e.g. "Ghi & văn bản tiếp theo". */
  readonly also?: { readonly label: string; readonly onSaved: () => void };
};

/** The small form of one act, inside the properties: Ctrl+Enter saves, Esc closes. */
export function ActionBox({ title, save, onSave, onClose, children, also }: Properties) {
  const task = useTask();
  const form = useRef<HTMLFormElement>(null);
  useFocusBack();
  useEffect(() => {
    // The cursor waits in the first field that must be filled; with nothing to fill, Enter saves.
    const first = form.current?.querySelector<HTMLElement>('input:invalid, textarea:invalid');
    (first ?? form.current?.querySelector<HTMLElement>('button[type="submit"]'))?.focus();
  }, []);
  const submit = async (after: () => void): Promise<void> => {
    if (form.current === null || !checkForm(form.current)) return;
    if (await task.run(onSave)) {
      onClose();
      after();
    }
  };
  const nothing = (): void => undefined;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const inList = (event.target as HTMLElement).getAttribute('aria-expanded') === 'true';
    if (event.key === 'Enter' && event.ctrlKey) void submit(nothing);
    else if (event.key === 'Escape' && !inList) onClose();
    else return;
    event.preventDefault();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter and Esc belong to the whole form
    <form
      ref={form}
      noValidate
      className="cv-action-box"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(nothing);
      }}
      onKeyDown={onKeyDown}
    >
      <h3>{title}</h3>
      {children}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      <div className="cv-row">
        <Button type="submit" variant="filled" disabled={task.busy} title="Ctrl+Enter">
          {save}
        </Button>
        {also === undefined ? null : (
          <Button disabled={task.busy} onClick={() => void submit(also.onSaved)}>
            {also.label}
          </Button>
        )}
        <Button onClick={onClose} title="Esc">
          {t.common.actions.cancel}
        </Button>
      </div>
    </form>
  );
}
