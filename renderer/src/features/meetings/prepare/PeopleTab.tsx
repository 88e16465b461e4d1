import { Button, Checkbox } from '@mantine/core';
import type { Participant } from '@shared/schema/meetings';
import type { Person } from '@shared/schema/people';
import { type FormEvent, useState } from 'react';
import { usePeople, useSession, useUnits } from '../../../data';
import { t } from '../../../i18n';
import {
  checkForm,
  EmptyState,
  IconButton,
  PersonPicker,
  Section,
  TextField,
  toast,
  UnitPicker,
} from '../../../ui';
import type { MeetingDraft } from '../use-meeting-draft';

/** Thành phần: people of the unit, delegates of other units, and guests; who may vote. */
export function PeopleTab({ draft, locked }: { readonly draft: MeetingDraft; readonly locked: boolean }) {
  const { participants } = draft.form;
  const texts = t.meetings.people;
  const setPeople = (next: readonly Participant[]): void => draft.change({ participants: [...next] });
  const add = (people: readonly Participant[]): void => {
    const fresh = people.filter((person) => !participants.some((known) => sameAs(known, person)));
    if (fresh.length === 0) toast(texts.already);
    else setPeople([...participants, ...fresh]);
  };
  const remove = (person: Participant): void => {
    setPeople(participants.filter((known) => known.id !== person.id));
    toast(texts.removed(person.name), () => setPeople(participants));
  };
  return (
    <div className="cv-meeting-tab cv-stack">
      {locked ? null : <AddOwn onAdd={add} />}
      {locked ? null : <AddGuest onAdd={(person) => add([person])} />}
      {participants.length === 0 ? (
        <EmptyState title={texts.empty} />
      ) : (
        <>
          <ol className="cv-people" aria-label={texts.list}>
            {participants.map((person, index) => (
              <ParticipantRow
                key={person.id}
                person={person}
                n={index + 1}
                locked={locked}
                onVoting={(voting) =>
                  setPeople(
                    participants.map((known) => (known.id === person.id ? { ...known, voting } : known)),
                  )
                }
                onRemove={() => remove(person)}
              />
            ))}
          </ol>
          <p className="cv-soft">
            {texts.count(participants.length, participants.filter((person) => person.voting).length)}
          </p>
        </>
      )}
    </div>
  );
}

function sameAs(a: Participant, b: Participant): boolean {
  return a.id === b.id || (a.name === b.name && a.unit === b.unit && a.position === b.position);
}

/** A person of the own unit takes part under her own id, so that her name stays right everywhere. */
function participantOf(person: Person): Participant {
  return { id: person.id, name: person.name, position: person.position, unit: person.unit, voting: true };
}

function AddOwn({ onAdd }: { readonly onAdd: (people: readonly Participant[]) => void }) {
  const people = usePeople();
  const { device } = useSession();
  const texts = t.meetings.people;
  const own = [...people.values()].filter((person) => person.active && person.unit === device.unit);
  return (
    <div className="cv-people-own">
      <div className="cv-grow">
        <PersonPicker
          label={texts.own}
          value=""
          among={(person) => person.unit === device.unit}
          onChange={(id) => {
            const person = people.get(id);
            if (person !== undefined) onAdd([participantOf(person)]);
          }}
        />
      </div>
      <Button disabled={own.length === 0} onClick={() => onAdd(own.map(participantOf))}>
        {texts.addAll}
      </Button>
    </div>
  );
}

function AddGuest({ onAdd }: { readonly onAdd: (person: Participant) => void }) {
  const texts = t.meetings.people;
  const [name, setName] = useState('');
  const [position, setPosition] = useState('');
  const [unit, setUnit] = useState('');
  const [voting, setVoting] = useState(true);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!checkForm(event.currentTarget)) return;
    onAdd({ id: crypto.randomUUID(), name: name.trim(), position: position.trim(), unit, voting });
    setName('');
    setPosition('');
  };
  return (
    <form noValidate onSubmit={submit}>
      <Section title={texts.guest}>
        <div className="cv-stack">
          <div className="cv-field-pair">
            <TextField label={texts.name} value={name} onChange={setName} required maxLength={100} />
            <TextField label={texts.position} value={position} onChange={setPosition} maxLength={100} />
          </div>
          <div className="cv-people-own">
            <div className="cv-grow">
              <UnitPicker label={texts.unit} value={unit} onChange={setUnit} />
            </div>
            <Checkbox
              size="xs"
              label={texts.voting}
              checked={voting}
              onChange={(event) => setVoting(event.currentTarget.checked)}
            />
            <Button type="submit">{texts.add}</Button>
          </div>
        </div>
      </Section>
    </form>
  );
}

function ParticipantRow({
  person,
  n,
  locked,
  onVoting,
  onRemove,
}: {
  readonly person: Participant;
  readonly n: number;
  readonly locked: boolean;
  readonly onVoting: (voting: boolean) => void;
  readonly onRemove: () => void;
}) {
  const texts = t.meetings.people;
  const unit = useUnits().get(person.unit)?.name ?? (person.unit === '' ? texts.outside : person.unit);
  return (
    <li className="cv-person-row">
      <span className="cv-agenda-number">{n}</span>
      <span className="cv-grow">
        <span>{person.name}</span>
        <span className="cv-soft cv-small cv-person-more">
          {[person.position, unit].filter((text) => text !== '').join(' · ')}
        </span>
      </span>
      {locked ? (
        <span className="cv-soft">{person.voting ? texts.voting : t.meetings.run.attendance.nonVoting}</span>
      ) : (
        <Checkbox
          size="xs"
          label={texts.columns.voting}
          aria-label={texts.votingOf(person.name)}
          checked={person.voting}
          onChange={(event) => onVoting(event.currentTarget.checked)}
        />
      )}
      {locked ? null : <IconButton icon="close" label={texts.remove(person.name)} onClick={onRemove} />}
    </li>
  );
}
