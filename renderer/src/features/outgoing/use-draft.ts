import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { useRef, useState } from 'react';
import { usePeople } from '../../data';
import { t } from '../../i18n';
import { type Task, toast, useTask } from '../../ui';
import type { Acting } from './acting';
import { missingForSubmit } from './actions';
import type { DraftSource } from './draft-source';
import { type SignerOf, saveDraft, submitDraft, takeForDraft, withPage } from './draft-steps';
import { type DraftValues, hasText, pageOf } from './draft-values';

export type Draft = {
  readonly values: DraftValues;
  /** Id of the stored draft, '' before the first save. */
  readonly id: string;
  readonly intake: Stored<'intake'> | null;
  readonly changed: boolean;
  readonly task: Task;
  /** What the machine is doing, or ''. */
  readonly doing: string;
  /** Labels of what is missing for Trình ký, after it was tried. */
  readonly missing: readonly string[];
  readonly change: (values: DraftValues) => void;
  readonly attach: (files: readonly File[]) => void;
  readonly annex: (files: readonly File[]) => void;
  readonly preview: () => void;
  /** Lets go of what the form has put into the store, save what a row names: the draft is abandoned. */
  readonly discard: () => Promise<boolean>;
  readonly save: () => Promise<void>;
  /** Saves and submits; gives the id of the document that has gone to its signer, or null. */
  readonly submit: () => Promise<string | null>;
};

/** The state of one drafting form. */
export function useDraft(acting: Acting, source: DraftSource): Draft {
  const people = usePeople();
  const task = useTask();
  const [stored, setStored] = useState({
    id: source.document?.id ?? '',
    rev: source.document?.rev ?? 0,
    values: source.initial,
  });
  const [values, setValues] = useState(source.initial);
  const [doing, setDoing] = useState('');
  const [tried, setTried] = useState(false);
  const loose = useRef<FileRef[]>([]);
  const signerOf: SignerOf = (id) => people.get(id) ?? { name: '', position: '' };

  const work = (what: string, act: () => Promise<void>): Promise<boolean> => {
    setDoing(what);
    return task.run(act).finally(() => setDoing(''));
  };
  const store = async (): Promise<string> => {
    const saved = await saveDraft(acting, signerOf, stored, values, source.intake);
    setStored(({ rev }) => ({ ...saved, rev }));
    setValues(saved.values);
    return saved.id;
  };

  return {
    values,
    id: stored.id,
    intake: source.intake,
    changed: values !== stored.values,
    task,
    doing: task.busy ? doing : '',
    missing: tried ? lackingFor(values) : [],
    change: setValues,
    attach: (files) =>
      void work(t.outgoing.busy.take, async () => {
        const [file] = await takeForDraft(acting, files.slice(0, 1));
        if (file === undefined) return;
        loose.current.push(file);
        if (file.kind !== 'pdf') throw new AppError('PDF_NOT_PDF', file.name);
        setValues((present) => ({ ...present, attached: file }));
      }),
    annex: (files) =>
      void work(t.outgoing.busy.take, async () => {
        const taken = await takeForDraft(acting, files);
        loose.current.push(...taken);
        setValues((present) => ({ ...present, annexes: withoutDoubles([...present.annexes, ...taken]) }));
      }),
    preview: () =>
      void work(t.outgoing.busy.make, async () => {
        const ready = await withPage(acting, signerOf, values);
        if (ready.made !== null) loose.current.push(ready.made.file);
        setValues(ready);
      }),
    discard: () => task.run(() => acting.workplace.files.dropLoose(loose.current)),
    save: async () => {
      if (await work(t.outgoing.busy.make, async () => void (await store()))) toast(t.outgoing.done.draft);
    },
    submit: async () => {
      setTried(true);
      if (lackingFor(values).length > 0) return null;
      let id = '';
      const done = await work(t.outgoing.busy.make, async () => {
        id = await store();
        await submitDraft(acting, id);
      });
      if (!done) return null;
      toast(t.outgoing.done.submit);
      return id;
    },
  };
}

/** What Trình ký lacks; a text that is typed but not set yet counts as a body. */
function lackingFor(values: DraftValues): readonly string[] {
  return missingForSubmit({ ...values, body: pageOf(values) })
    .filter((field) => !(field === 'body' && hasText(values)))
    .map((field) => t.outgoing.fields[field]);
}

function withoutDoubles<F extends { readonly sha256: string }>(files: readonly F[]): readonly F[] {
  return [...new Map(files.map((file) => [file.sha256, file])).values()];
}
