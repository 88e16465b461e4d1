import { Button, PasswordInput } from '@mantine/core';
import type { Person } from '@shared/schema/people';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { navigate } from '../../app/router';
import { usePeople, useSession, useSyncStatus, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { EmptyState, ErrorNotice, reportFailure, useTask } from '../../ui';

const lastPersonKey = 'cong-van.last-person';

/** Tiles of the unit's people and the PIN of the chosen one. */
export function PeopleDoor() {
  const { device } = useSession();
  const people = usePeople();
  const ours = [...people.values()]
    .filter((person) => person.unit === device.unit && person.active)
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  const [chosen, setChosen] = useState(() => localStorage.getItem(lastPersonKey) ?? '');
  // Raised by every click on a name: the PIN is typed next. Zero while the arrows go through the names.
  const [wanted, setWanted] = useState(1);
  const person = ours.find((candidate) => candidate.id === chosen) ?? ours[0];
  if (person === undefined) return <NobodyYet />;
  return (
    <>
      <PeopleTiles
        people={ours}
        chosen={person.id}
        onChoose={(id, typing) => {
          setChosen(id);
          setWanted(typing ? wanted + 1 : 0);
        }}
      />
      <PinForm key={person.id} person={person} wanted={wanted} />
    </>
  );
}

function NobodyYet() {
  const { replication } = useWorkplace();
  const { busy } = useSyncStatus();
  return (
    <EmptyState title={busy ? t.signIn.waitingPeople : t.signIn.noPeople}>
      <Button disabled={busy} onClick={() => void replication.now().catch(reportFailure)}>
        {t.signIn.fetchPeople}
      </Button>
    </EmptyState>
  );
}

function PeopleTiles({
  people,
  chosen,
  onChoose,
}: {
  readonly people: readonly Person[];
  readonly chosen: string;
  readonly onChoose: (id: string, typing: boolean) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 2, ArrowUp: -2, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = people.findIndex((person) => person.id === chosen);
    const next = people[Math.max(0, Math.min(people.length - 1, at + step))];
    if (next === undefined) return;
    onChoose(next.id, false);
    box.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <section>
      <h2>{t.signIn.who}</h2>
      <div ref={box} className="cv-tiles" role="radiogroup" aria-label={t.signIn.people}>
        {people.map((person) => (
          <button
            key={person.id}
            type="button"
            role="radio"
            data-person={person.id}
            aria-checked={person.id === chosen}
            tabIndex={person.id === chosen ? 0 : -1}
            className="cv-tile"
            onKeyDown={onKeyDown}
            onClick={() => onChoose(person.id, true)}
          >
            <span className="cv-tile-name">{person.name}</span>
            <span className="cv-soft cv-small">{person.position}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

function PinForm({ person, wanted }: { readonly person: Person; readonly wanted: number }) {
  const session = useSession();
  const [pin, setPin] = useState('');
  const task = useTask();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (wanted > 0) input.current?.focus();
  }, [wanted]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (pin === '') return;
    const done = await task.run(() => session.signIn(person, pin));
    if (done) {
      // Somebody else begins her own day; the same person goes on where she was.
      if (localStorage.getItem(lastPersonKey) !== person.id) navigate('/today');
      localStorage.setItem(lastPersonKey, person.id);
    } else {
      setPin('');
      input.current?.focus();
    }
  };
  return (
    <form className="cv-stack" onSubmit={(event) => void submit(event)}>
      <PasswordInput
        ref={input}
        label={t.signIn.pinOf(person.name)}
        value={pin}
        onChange={(event) => setPin(event.currentTarget.value)}
        autoComplete="off"
        inputMode="numeric"
        size="md"
        visibilityToggleButtonProps={{ 'aria-label': t.signIn.pin }}
      />
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      <div className="cv-row cv-row-end">
        <span className="cv-soft cv-small cv-grow">{t.signIn.pinHint}</span>
        <Button type="submit" variant="filled" disabled={task.busy || pin === ''}>
          {task.busy ? t.signIn.signingIn : t.signIn.signIn}
        </Button>
      </div>
    </form>
  );
}
