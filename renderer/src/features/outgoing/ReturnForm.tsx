import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { t } from '../../i18n';
import { checkForm, TextAreaField, useCommands } from '../../ui';

type Properties = {
  readonly busy: boolean;
  /** Gives whether the return was written. */
  readonly onSave: (reason: string) => Promise<boolean>;
  readonly onClose: () => void;
};

/** Trả lại người soạn: the reason, in own words or by a phrase. */
export function ReturnForm({ busy, onSave, onClose }: Properties) {
  const form = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState('');
  const words = t.outgoing.returnForm;
  const save = async (): Promise<void> => {
    if (form.current === null || !checkForm(form.current)) return;
    if (await onSave(reason)) onClose();
  };
  useCommands([
    { id: 'outgoing.return-save', title: words.title, shortcut: 'Ctrl+Enter', run: save },
    {
      id: 'outgoing.return-close',
      title: t.common.actions.cancel,
      shortcut: 'Escape',
      inFields: true,
      run: onClose,
    },
  ]);
  return (
    <form
      ref={form}
      className="cv-stack cv-inline-form"
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      noValidate
    >
      <TextAreaField
        label={words.reason}
        value={reason}
        onChange={setReason}
        required
        maxLength={1000}
        focusFirst
      />
      <div className="cv-row">
        {Object.values(words.phrase).map((phrase) => (
          <button key={phrase} type="button" className="cv-chip" onClick={() => setReason(phrase)}>
            {phrase}
          </button>
        ))}
      </div>
      <div className="cv-row cv-row-end">
        <Button onClick={onClose}>{t.common.actions.cancel}</Button>
        <Button type="submit" variant="filled" disabled={busy}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
