import { formatNumber } from '@shared/domain/numbering';
import { useRef, useState } from 'react';
import { t } from '../../../i18n';
import { TextAreaField, toast, useTask } from '../../../ui';
import { KeepingForm } from './KeepingForm';
import { useKeeping } from './use-keeping';

/** Nhận bàn giao: the slip of the giving machine, pasted or from a file; works with no network. */
export function TakeOverForm({ onClose }: { readonly onClose: () => void }) {
  const keeping = useKeeping();
  const task = useTask();
  const [slip, setSlip] = useState('');
  const chooser = useRef<HTMLInputElement>(null);
  const words = t.keeping.takeOver;
  const save = async (): Promise<void> => {
    const { next } = await keeping.takeOver(slip);
    toast(words.done(formatNumber(next)));
    onClose();
  };
  const read = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) setSlip(await file.text());
  };
  return (
    <KeepingForm title={words.title} save={words.save} task={task} onSave={save} onClose={onClose}>
      <p className="cv-soft">{words.hint}</p>
      <TextAreaField
        label={words.slip}
        value={slip}
        onChange={setSlip}
        rows={5}
        maxLength={8000}
        required
        focusFirst
      />
      <input
        ref={chooser}
        type="file"
        accept=".txt"
        hidden
        aria-label={words.fromFile}
        onChange={(event) => void task.run(() => read(event.currentTarget.files?.[0]))}
      />
      <button type="button" className="cv-link" onClick={() => chooser.current?.click()}>
        {words.fromFile}
      </button>
    </KeepingForm>
  );
}
