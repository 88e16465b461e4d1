import { PasswordInput } from '@mantine/core';
import { awaitedNumbers, owesNumbers } from '@shared/domain/handover';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { Person, Role } from '@shared/schema/people';
import { useState } from 'react';
import { usePeople, useSession } from '../../../data';
import { messageOf, t } from '../../../i18n';
import {
  DateField,
  Notice,
  PersonPicker,
  TextField,
  toast,
  useInvalid,
  useTask,
  useToday,
} from '../../../ui';
import { KeepingForm } from './KeepingForm';
import { useKeeping } from './use-keeping';

/**
 * Sổ của máy bị mất: a clerk and a leader, each with the own PIN, say how far the paper book goes. With `owed` they declare
 * lost what an earlier owner has not sent.
 */
export function BreakGlassForm({
  book,
  owed,
  onClose,
}: {
  readonly book: Stored<'books'>;
  readonly owed: boolean;
  readonly onClose: () => void;
}) {
  const keeping = useKeeping();
  const task = useTask();
  const today = useToday();
  const { person } = useSession();
  const people = usePeople();
  const [clerk, setClerk] = useState(person?.roles.includes('clerk') === true ? person.id : '');
  const [leader, setLeader] = useState('');
  const [pins, setPins] = useState({ clerk: '', leader: '' });
  const [last, setLast] = useState({ number: '', date: book.lastDate });
  const words = t.keeping.breakGlass;
  const epoch = owed ? owingEpoch(book) : book.epoch;

  const save = async (): Promise<void> => {
    const [first, second] = [people.get(clerk), people.get(leader)];
    if (first === undefined || second === undefined) throw new AppError('TWO_PEOPLE_NEEDED');
    const number = owed ? 0 : Number(last.number);
    if (!Number.isInteger(number)) throw new AppError('INVALID_INPUT', 'number');
    await keeping.breakGlass(book.id, epoch, { number, date: last.date }, [
      { person: first, pin: pins.clerk },
      { person: second, pin: pins.leader },
    ]);
    toast(owed ? words.declared : words.done(Math.max(0, number + 1 - book.next)));
    onClose();
  };
  return (
    <KeepingForm
      title={owed ? words.declareTitle : words.title}
      save={owed ? words.declareSave : words.save}
      task={task}
      onSave={save}
      onClose={onClose}
    >
      <Notice
        tone="warn"
        title={owed ? words.declareIntro(awaitedNumbers(book).map(formatNumber).join(', ')) : words.intro}
      />
      {owed ? null : (
        <>
          <TextField
            label={words.lastNumber}
            hint={words.known(formatNumber(book.next - 1))}
            value={last.number}
            onChange={(number) => setLast({ ...last, number })}
            maxLength={6}
            required
            focusFirst
          />
          <DateField
            label={words.lastDate}
            value={last.date}
            onChange={(date) => setLast({ ...last, date })}
            today={today}
          />
        </>
      )}
      <Witness
        label={words.clerk}
        as="clerk"
        value={clerk}
        pin={pins.clerk}
        error={task.error}
        onPerson={setClerk}
        onPin={(pin) => setPins({ ...pins, clerk: pin })}
      />
      <Witness
        label={words.leader}
        as="leader"
        value={leader}
        pin={pins.leader}
        error={task.error}
        onPerson={setLeader}
        onPin={(pin) => setPins({ ...pins, leader: pin })}
      />
    </KeepingForm>
  );
}

function Witness({
  label,
  as,
  value,
  pin,
  error,
  onPerson,
  onPin,
}: {
  readonly label: string;
  readonly as: Role;
  readonly value: string;
  readonly pin: string;
  /** What the last try threw, or null. */
  readonly error: unknown;
  readonly onPerson: (id: string) => void;
  readonly onPin: (pin: string) => void;
}) {
  const { device } = useSession();
  const person = usePeople().get(value);
  const pinLabel = t.keeping.breakGlass.pin(label);
  const invalid = useInvalid(pinLabel);
  const able = (person: Person) => person.unit === device.unit && person.roles.includes(as);
  return (
    <div className="cv-keeping-witness">
      <PersonPicker label={label} value={value} onChange={onPerson} among={able} required />
      <PasswordInput
        label={pinLabel}
        value={pin}
        onChange={(event) => {
          invalid.clear();
          onPin(event.currentTarget.value);
        }}
        onInvalid={invalid.onInvalid}
        error={invalid.error ?? (person === undefined ? null : pinProblem(error, person))}
        inputMode="numeric"
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t.signIn.pin }}
        minLength={4}
        maxLength={32}
        required
      />
    </div>
  );
}

/** What is wrong with the PIN of this one of the two; null when it is not hers that failed. */
function pinProblem(error: unknown, { id, name }: Person): string | null {
  return error instanceof AppError && error.detail === id ? `${name}: ${messageOf(error).what}` : null;
}

/** The epoch of the earlier owner that still owes numbers. */
function owingEpoch(book: Stored<'books'>): number {
  const owing = Object.entries(book.tails ?? {}).find(([, tail]) => owesNumbers(tail));
  return Number(owing?.[0] ?? book.epoch);
}
