import { Button } from '@mantine/core';
import { bookFor } from '@shared/domain/book-series';
import { documentTypes } from '@shared/domain/document-types';
import { secrecyLevels } from '@shared/domain/secrecy';
import { urgencies } from '@shared/schema/values';
import { dayInHanoi } from '@shared/text/time';
import { type KeyboardEvent, useRef, useState } from 'react';
import { usePeople, useSession, useUnitBooks, useWorkplace } from '../../data';
import { t } from '../../i18n';
import {
  ChoiceField,
  checkForm,
  ErrorNotice,
  Notice,
  PersonPicker,
  SidePanel,
  TextAreaField,
  TextField,
  UnitsPicker,
  useCommands,
} from '../../ui';
import { capacities } from './authority-lines';
import { DraftAnnexes } from './DraftAnnexes';
import { DraftBody } from './DraftBody';
import { withSigner, withType } from './draft-values';
import { ReplyPicker } from './ReplyPicker';
import { SecretRefusal } from './SecretRefusal';
import type { Draft } from './use-draft';
import './outgoing.css';

type Properties = {
  readonly draft: Draft;
  /** Goes to the document with this id, or to the list where nothing is stored. */
  readonly onLeave: (id: string) => void;
};

/** Soạn văn bản đi (Điều 10): what the drafter fills in, beside the page. */
export function DraftForm({ draft, onLeave }: Properties) {
  const form = useRef<HTMLFormElement>(null);
  const [asking, setAsking] = useState(false);
  const words = t.outgoing.draft;
  const { values, task } = draft;
  const open = values.secrecy === 'none';
  const valid = (): boolean => open && form.current !== null && checkForm(form.current);
  const save = async (): Promise<void> => {
    if (valid()) await draft.save();
  };
  const submit = async (): Promise<void> => {
    const id = valid() ? await draft.submit() : null;
    if (id !== null) onLeave(id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // In a field with an open list Escape closes the list first.
    const inList = (event.target as HTMLElement).getAttribute('aria-expanded') === 'true';
    if (event.key !== 'Escape' || inList || event.nativeEvent.isComposing) return;
    event.preventDefault();
    leave();
  };
  const leave = (): void => {
    if (!open) void clear();
    else if (draft.changed && !asking) setAsking(true);
    else onLeave(draft.id);
  };
  const clear = async (): Promise<void> => {
    if (await draft.discard()) onLeave(draft.id);
  };
  useCommands([
    { id: 'outgoing.save-draft', title: words.save, shortcut: 'Ctrl+S', run: save },
    { id: 'outgoing.submit-draft', title: words.submit, shortcut: 'Ctrl+Enter', run: submit },
    { id: 'outgoing.leave-draft', title: words.leave, shortcut: 'Escape', run: leave },
  ]);
  const foot = (
    <div className="cv-stack">
      {asking ? <LeaveQuestion onLeave={() => onLeave(draft.id)} onStay={() => setAsking(false)} /> : null}
      {draft.missing.length === 0 ? null : (
        <Notice tone="warn" title={words.missing(draft.missing.join(', '))} />
      )}
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      <div className="cv-row cv-row-end">
        <span className="cv-grow cv-soft cv-small" role="status">
          {draft.doing === '' ? words.intro : draft.doing}
        </span>
        <Button onClick={leave}>{words.leave}</Button>
        <Button disabled={task.busy || !open} onClick={() => void save()}>
          {words.save}
        </Button>
        <Button variant="filled" disabled={task.busy || !open} onClick={() => void submit()}>
          {words.submit}
        </Button>
      </div>
    </div>
  );
  return (
    <SidePanel title={draft.id === '' ? words.title : words.editTitle} foot={foot}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape belongs to the whole form */}
      <form
        ref={form}
        onKeyDown={onKeyDown}
        className="cv-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Kind draft={draft} />
        {open ? (
          <Open draft={draft} />
        ) : (
          <SecretRefusal level={values.secrecy} onClear={() => void clear()} />
        )}
      </form>
    </SidePanel>
  );
}

/** Type and secrecy come first: nothing of a secret document may be taken in. */
function Kind({ draft }: { readonly draft: Draft }) {
  const { unit } = useSession();
  const { clock } = useWorkplace();
  const books = useUnitBooks() ?? [];
  const { values, change } = draft;
  const words = t.outgoing.fields;
  const choose = (type: string): void => {
    const ours = unit ?? { id: '', symbol: '' };
    const year = Number(dayInHanoi(clock()).slice(0, 4));
    const book = bookFor(books, { unit: ours.id, kind: 'outgoing', year, type });
    change(withType(values, type, ours, book ?? {}));
  };
  return (
    <>
      <div className="cv-field-pair">
        <ChoiceField
          label={words.type}
          value={values.type}
          choices={typeChoices(values.type)}
          onChange={choose}
        />
        <TextField
          label={words.symbol}
          value={values.symbol}
          onChange={(symbol) => change({ ...values, symbol, ownSymbol: true })}
          required
          maxLength={30}
        />
      </div>
      <div className="cv-field-pair">
        <ChoiceField
          label={words.urgency}
          value={values.urgency}
          choices={urgencies.map((value) => ({ value, label: t.common.urgency[value] }))}
          onChange={(urgency) => change({ ...values, urgency })}
        />
        <ChoiceField
          label={words.secrecy}
          value={values.secrecy}
          choices={secrecyLevels.map((value) => ({ value, label: t.common.secrecy[value] }))}
          onChange={(secrecy) => change({ ...values, secrecy })}
        />
      </div>
    </>
  );
}

function Open({ draft }: { readonly draft: Draft }) {
  const { person, unit } = useSession();
  const people = usePeople();
  const { values, change } = draft;
  const words = t.outgoing.fields;
  const hints = t.outgoing.draft;
  return (
    <>
      <TextAreaField
        label={words.subject}
        value={values.subject}
        onChange={(subject) => change({ ...values, subject })}
        focusFirst
        required
        maxLength={500}
      />
      <div className="cv-field-pair">
        <PersonPicker
          label={words.signer}
          value={values.signer}
          among={({ unit: of, roles }) => of === person?.unit && roles.includes('leader')}
          onChange={(id) => change(withSigner(values, people.get(id) ?? null))}
        />
        <ChoiceField
          label={words.capacity}
          value={values.capacity}
          choices={capacities.map((value) => ({ value, label: t.outgoing.capacities[value] }))}
          onChange={(capacity) => change({ ...values, capacity })}
        />
      </div>
      <UnitsPicker
        label={words.receivers}
        value={values.receivers}
        among={({ id }) => id !== unit?.id}
        onChange={(receivers) => change({ ...values, receivers })}
      />
      <TextAreaField
        label={words.otherReceivers}
        hint={hints.otherHint}
        value={values.otherReceivers}
        onChange={(otherReceivers) => change({ ...values, otherReceivers })}
        maxLength={1000}
      />
      <div className="cv-field-pair">
        <ReplyPicker value={values.replyTo} onChange={(replyTo) => change({ ...values, replyTo })} />
        <TextField
          label={words.copies}
          value={values.copies}
          inputMode="numeric"
          onChange={(copies) => change({ ...values, copies: copies.replace(/\D/gu, '').slice(0, 4) })}
        />
      </div>
      <DraftBody draft={draft} />
      <DraftAnnexes draft={draft} />
    </>
  );
}

function LeaveQuestion({ onLeave, onStay }: { readonly onLeave: () => void; readonly onStay: () => void }) {
  const words = t.outgoing.draft;
  return (
    <Notice tone="warn" title={words.leaveTitle}>
      <p>{words.leaveText}</p>
      <Button onClick={onLeave}>{words.leaveDrop}</Button>
      <Button variant="filled" onClick={onStay}>
        {words.stay}
      </Button>
    </Notice>
  );
}

/** The types of the decree, and the stored one where it is another. */
function typeChoices(present: string) {
  const names: readonly string[] = documentTypes.map(({ name }) => name);
  return (names.includes(present) ? names : [present, ...names]).map((name) => ({
    value: name,
    label: name,
  }));
}
