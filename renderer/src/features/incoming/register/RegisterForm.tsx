import { Button } from '@mantine/core';
import { correctIncoming } from '@shared/domain/incoming';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { navigate } from '../../../app/router';
import { useBookFor, useRun } from '../../../data';
import { t } from '../../../i18n';
import { checkForm, ErrorNotice, Notice, SidePanel, toast, useTask, useToday } from '../../../ui';
import { BookStrip } from './BookStrip';
import { DuplicateStrip } from './DuplicateStrip';
import {
  continuedForm,
  dropDraft,
  emptyForm,
  type FormValues,
  formOf,
  formToSave,
  keepDraft,
  readDraft,
} from './form-state';
import { LeaveStrip } from './LeaveStrip';
import { RegisterFields } from './RegisterFields';
import { SecretProcedure } from './SecretProcedure';
import { useDuplicates } from './use-duplicates';
import { type Registered, type Subject, useRegister } from './use-register';
import '../incoming.css';

/** After saving: an empty form, or one that keeps what a batch of one sender has in common. */
export type Next = 'new' | 'continue';

type Properties = Subject & {
  /** A registered document whose fields are corrected; null to register. */
  readonly correct: Stored<'incoming'> | null;
  /** Values the form begins with after "Ghi & Thêm tiếp"; null for none. */
  readonly carried: FormValues | null;
  /** Shown above the fields, e.g. the number just given. */
  readonly above: ReactNode;
  readonly onSaved: (saved: Registered, next: Next, carried: FormValues) => void;
  readonly onLeave: () => void;
  /** Closes the file area while the chosen secrecy is Mật or above. */
  readonly onSecret: (secret: boolean) => void;
  /** Removes the intake file for good when the document turns out to be secret; null without a file. */
  readonly onRemove: (() => Promise<void>) | null;
  /** Sets the intake file aside as a copy of a registered document; null without a file. */
  readonly onCopy: ((number: string) => void) | null;
};

/** Vào sổ văn bản đến, and the correction of what was registered. */
export function RegisterForm(properties: Properties) {
  const { intake, arrived, correct, carried, onSecret } = properties;
  const today = useToday();
  const known = correct ?? arrived;
  const draftKey = (correct === null ? '' : 'correct.') + (known?.id ?? intake?.id ?? 'paper');
  const [start] = useState(() => {
    const base = known === null ? emptyForm(today, intake) : formOf(known, today);
    const fresh = carried === null ? base : continuedForm(carried, today, intake);
    return { fresh, draft: readDraft(draftKey) };
  });
  const [values, setValues] = useState<FormValues>(start.draft ?? start.fresh);
  const [guessed, setGuessed] = useState<ReadonlySet<keyof FormValues>>(new Set());
  const [another, setAnother] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const numberInput = useRef<HTMLInputElement>(null);
  const typeInput = useRef<HTMLInputElement>(null);
  const save = useSave(properties);
  const twins = useDuplicates(values, known?.id ?? '');
  const twin = another ? undefined : twins[0];
  const changed = values !== start.fresh;
  const secret = values.secrecy !== 'none';

  useEffect(() => {
    if (changed) keepDraft(draftKey, values);
  }, [draftKey, values, changed]);
  useEffect(() => {
    onSecret(secret);
    return () => onSecret(false);
  }, [secret, onSecret]);

  const change = (part: Partial<FormValues>): void => setValues((before) => ({ ...before, ...part }));
  const confirmGuess = (field: keyof FormValues): void =>
    setGuessed((before) =>
      before.has(field) ? new Set([...before].filter((name) => name !== field)) : before,
    );
  const guess = (field: keyof FormValues, value: string): void => {
    change({ [field]: value });
    setGuessed((before) => new Set(before).add(field));
  };
  const leave = (drop: boolean): void => {
    if (drop) dropDraft(draftKey);
    properties.onLeave();
  };
  const submit = (next: Next): void => {
    if (form.current === null || !checkForm(form.current) || twin !== undefined) return;
    if (guessed.has('type')) {
      typeInput.current?.focus();
      return;
    }
    void save.run(values, next, () => dropDraft(draftKey));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    const target = event.target as HTMLElement;
    const inList = target.getAttribute('aria-expanded') === 'true';
    if (event.key === 'Escape' && !inList) {
      event.preventDefault();
      if (changed && !leaving) setLeaving(true);
      else if (leaving) setLeaving(false);
      else leave(true);
    } else if (event.key === 'Enter' && !event.shiftKey && target.closest('button') === null) {
      event.preventDefault();
      submit(event.ctrlKey ? 'continue' : 'new');
    }
  };

  if (secret)
    return (
      <SecretProcedure
        level={values.secrecy}
        onLevel={(secrecy) => change({ secrecy })}
        scanned={intake?.source === 'folder'}
        onRemove={properties.onRemove}
        onClear={() => leave(true)}
      />
    );
  const words = t.incoming.register;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter and Esc belong to the whole form
    <form
      ref={form}
      noValidate
      className="cv-fill"
      aria-label={correct === null ? words.title : words.correctTitle}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
    >
      <SidePanel
        title={correct === null ? words.title : words.correctTitle}
        head={<NextNumber correct={correct} />}
        foot={
          <Foot
            correcting={correct !== null}
            busy={save.task.busy}
            onSave={submit}
            onLeave={() => (changed ? setLeaving(true) : leave(true))}
          />
        }
      >
        <div className="cv-stack">
          {properties.above}
          {leaving ? (
            <LeaveStrip
              onKeep={() => leave(false)}
              onDrop={() => leave(true)}
              onStay={() => setLeaving(false)}
            />
          ) : null}
          {correct === null ? <BookStrip /> : null}
          {start.draft === null ? null : <Notice tone="info" title={words.restored} />}
          {twin === undefined ? null : (
            <DuplicateStrip
              twin={twin}
              onOpen={() => navigate(`/incoming/${encodeURIComponent(twin.id)}`)}
              onAnother={() => setAnother(true)}
              onCopy={
                properties.onCopy === null
                  ? null
                  : () => properties.onCopy?.(formatNumber(twin.arrivalNumber))
              }
            />
          )}
          {save.task.error === null || saidByBookStrip(save.task.error) ? null : (
            <ErrorNotice error={save.task.error} />
          )}
          <RegisterFields
            values={values}
            change={change}
            guessed={guessed}
            onGuess={guess}
            onConfirm={confirmGuess}
            correcting={correct !== null}
            numberInput={numberInput}
            typeInput={typeInput}
          />
        </div>
      </SidePanel>
    </form>
  );
}

/** The strip above the fields says this already. */
function saidByBookStrip(error: unknown): boolean {
  return error instanceof AppError && error.code === 'BOOK_NOT_HELD';
}

function useSave({ intake, arrived, correct, onSaved, onLeave }: Properties) {
  const task = useTask();
  // As it was when the form was opened: the row itself may change under the form.
  const [opened] = useState(correct);
  const register = useRegister();
  const run = useRun();
  return {
    task,
    run: (values: FormValues, next: Next, forget: () => void): Promise<boolean> =>
      task.run(async () => {
        if (opened === null) {
          const saved = await register({ intake, arrived }, values);
          forget();
          onSaved(saved, next, values);
          return;
        }
        await run(async (context, read) => {
          if ((await read('incoming', opened.id)) === null) throw new AppError('NOT_FOUND', opened.id);
          return correctIncoming(context, opened, formToSave(values));
        });
        forget();
        toast(t.incoming.done.correct);
        onLeave();
      }),
  };
}

function NextNumber({ correct }: { readonly correct: Stored<'incoming'> | null }) {
  const { book, held } = useBookFor('incoming', '');
  if (correct !== null) return <span className="cv-next-number">{formatNumber(correct.arrivalNumber)}</span>;
  if (book === null || !held) return null;
  return <span className="cv-next-number">{t.incoming.register.nextNumber(formatNumber(book.next))}</span>;
}

function Foot({
  correcting,
  busy,
  onSave,
  onLeave,
}: {
  readonly correcting: boolean;
  readonly busy: boolean;
  readonly onSave: (next: Next) => void;
  readonly onLeave: () => void;
}) {
  const words = t.incoming.register;
  return (
    <div className="cv-row">
      <Button variant="filled" disabled={busy} onClick={() => onSave('new')} title="Enter">
        {correcting ? words.save : words.saveNew}
      </Button>
      {correcting ? null : (
        <Button disabled={busy} onClick={() => onSave('continue')} title="Ctrl+Enter">
          {words.saveNext}
        </Button>
      )}
      <span className="cv-grow" />
      <Button onClick={onLeave} title="Esc">
        {words.leave}
      </Button>
    </div>
  );
}
