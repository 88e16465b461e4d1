import { Button } from '@mantine/core';
import type { AgendaItem } from '@shared/schema/meetings';
import { useState } from 'react';
import { t } from '../../../i18n';
import { EmptyState, IconButton, toast, useCommands } from '../../../ui';
import { moveBy, plannedTimes } from '../agenda-times';
import type { MeetingDraft } from '../use-meeting-draft';
import { CompactField } from './CompactField';

const usualMinutes = '15';

/** Chương trình: items in order, with planned times that follow every change. */
export function AgendaTab({ draft, locked }: { readonly draft: MeetingDraft; readonly locked: boolean }) {
  const { agenda, startsAt } = draft.form;
  const [focused, setFocused] = useState(-1);
  const texts = t.meetings.agenda;
  const times = plannedTimes(startsAt, agenda);
  const setAgenda = (next: readonly AgendaItem[]): void => draft.change({ agenda: [...next] });
  const changeItem = (index: number, patch: Partial<AgendaItem>): void =>
    setAgenda(agenda.map((item, at) => (at === index ? { ...item, ...patch } : item)));
  const move = (index: number, step: number): void => {
    setAgenda(moveBy(agenda, index, step));
    if (agenda[index + step] !== undefined) setFocused(index + step);
  };
  const remove = (index: number): void => {
    const before = agenda;
    const item = agenda[index];
    if (item === undefined) return;
    setAgenda(agenda.filter((_, at) => at !== index));
    setFocused(-1);
    toast(texts.removed(item.title), () => setAgenda(before));
  };
  const within = () => !locked && agenda[focused] !== undefined;
  useCommands([
    {
      id: 'meetings.item-up',
      title: texts.moveUp,
      shortcut: 'Alt+ArrowUp',
      run: () => move(focused, -1),
      when: within,
    },
    {
      id: 'meetings.item-down',
      title: texts.moveDown,
      shortcut: 'Alt+ArrowDown',
      run: () => move(focused, 1),
      when: within,
    },
  ]);
  const total = agenda.reduce((sum, item) => sum + item.minutes, 0);
  return (
    <div className="cv-meeting-tab cv-stack">
      {agenda.length === 0 ? (
        <EmptyState title={texts.empty} />
      ) : (
        <ol className="cv-agenda" aria-label={texts.list}>
          {agenda.map((item, index) =>
            locked ? (
              <AgendaLine key={item.id} item={item} n={index + 1} from={times[index]?.from ?? ''} />
            ) : (
              <AgendaRow
                key={item.id}
                item={item}
                n={index + 1}
                last={index === agenda.length - 1}
                time={times[index]?.from === '' ? '' : `${times[index]?.from}–${times[index]?.to}`}
                onFocus={() => setFocused(index)}
                onChange={(patch) => changeItem(index, patch)}
                onMove={(step) => move(index, step)}
                onRemove={() => remove(index)}
              />
            ),
          )}
        </ol>
      )}
      {agenda.length === 0 ? null : (
        <p className="cv-soft">
          {texts.total(agenda.length, total, times.at(-1)?.to ?? '')}. {locked ? '' : texts.hint}
        </p>
      )}
      {locked ? null : (
        <NewItem onAdd={(item) => setAgenda([...agenda, { ...item, id: crypto.randomUUID() }])} />
      )}
    </div>
  );
}

/** An item for who reads the agenda. */
function AgendaLine({
  item,
  n,
  from,
}: {
  readonly item: AgendaItem;
  readonly n: number;
  readonly from: string;
}) {
  return (
    <li className="cv-person-row">
      <span className="cv-agenda-number">{n}</span>
      <span className="cv-grow">
        <span>{item.title}</span>
        <span className="cv-soft cv-small cv-person-more">{item.presenter}</span>
      </span>
      <span className="cv-soft">{from}</span>
    </li>
  );
}

type RowProperties = {
  readonly item: AgendaItem;
  readonly n: number;
  readonly last: boolean;
  readonly time: string;
  readonly onFocus: () => void;
  readonly onChange: (patch: Partial<AgendaItem>) => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly onRemove: () => void;
};

function AgendaRow({ item, n, last, time, onFocus, onChange, onMove, onRemove }: RowProperties) {
  const texts = t.meetings.agenda;
  const [title, setTitle] = useState<string | null>(null);
  const [minutes, setMinutes] = useState<string | null>(null);
  return (
    <li className="cv-agenda-row">
      <span className="cv-agenda-number">{n}</span>
      <CompactField
        className="cv-agenda-title"
        label={texts.title(n)}
        value={title ?? item.title}
        maxLength={300}
        onFocus={onFocus}
        onChange={(next) => {
          setTitle(next);
          if (next.trim() !== '') onChange({ title: next });
        }}
        onLeave={() => setTitle(null)}
      />
      <span className="cv-agenda-time cv-soft">{time}</span>
      <CompactField
        className="cv-agenda-presenter"
        label={texts.presenter(n)}
        placeholder={texts.columns.presenter}
        value={item.presenter}
        maxLength={100}
        onFocus={onFocus}
        onChange={(presenter) => onChange({ presenter })}
      />
      <CompactField
        className="cv-agenda-minutes"
        label={texts.minutes(n)}
        value={minutes ?? String(item.minutes)}
        numeric
        onFocus={onFocus}
        onChange={(next) => {
          setMinutes(next);
          const read = readMinutes(next);
          if (read !== null) onChange({ minutes: read });
        }}
        onLeave={() => setMinutes(null)}
      />
      <span className="cv-agenda-buttons">
        <IconButton icon="chevronUp" label={texts.up(n)} disabled={n === 1} onClick={() => onMove(-1)} />
        <IconButton icon="chevronDown" label={texts.down(n)} disabled={last} onClick={() => onMove(1)} />
        <IconButton icon="close" label={texts.remove(n)} onClick={onRemove} />
      </span>
    </li>
  );
}

/** Whole minutes of a day; null for anything else. */
function readMinutes(typed: string): number | null {
  const minutes = Number(typed.trim());
  return typed.trim() !== '' && Number.isInteger(minutes) && minutes >= 0 && minutes <= 1440 ? minutes : null;
}

function NewItem({ onAdd }: { readonly onAdd: (item: Omit<AgendaItem, 'id'>) => void }) {
  const texts = t.meetings.agenda;
  const [title, setTitle] = useState('');
  const [presenter, setPresenter] = useState('');
  const [minutes, setMinutes] = useState(usualMinutes);
  const add = (): void => {
    if (title.trim() === '') return;
    onAdd({ title: title.trim(), presenter: presenter.trim(), minutes: readMinutes(minutes) ?? 0 });
    setTitle('');
    setPresenter('');
  };
  return (
    <div className="cv-agenda-new">
      <CompactField
        className="cv-grow"
        label={texts.newTitle}
        placeholder={texts.newTitle}
        value={title}
        maxLength={300}
        onChange={setTitle}
        onEnter={add}
      />
      <CompactField
        className="cv-agenda-presenter"
        label={texts.newPresenter}
        placeholder={texts.columns.presenter}
        value={presenter}
        maxLength={100}
        onChange={setPresenter}
        onEnter={add}
      />
      <CompactField
        className="cv-agenda-minutes"
        label={texts.newMinutes}
        value={minutes}
        numeric
        onChange={setMinutes}
        onEnter={add}
      />
      <Button disabled={title.trim() === ''} onClick={add}>
        {texts.add}
      </Button>
    </div>
  );
}
