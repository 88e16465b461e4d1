import { Button } from '@mantine/core';
import { recordAttendance } from '@shared/domain/meeting';
import type { Context, Plan, Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { Participant } from '@shared/schema/meetings';
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { useRun, useSession, useUnits } from '../../../data';
import { t } from '../../../i18n';
import {
  type Column,
  DataGrid,
  EmptyState,
  ErrorNotice,
  StatusTag,
  TextField,
  useCommands,
} from '../../../ui';
import { notYetPresent, recordAllPresent } from '../attendance';
import { mayDo } from '../permissions';

/** Điểm danh: arrows move, Space switches, R takes the reason; or one button for everybody. */
export function AttendanceTab({ meeting }: { readonly meeting: Stored<'meetings'> }) {
  const { person } = useSession();
  const units = useUnits();
  const attend = useAttend(meeting);
  const [active, setActive] = useState<string | null>(meeting.participants[0]?.id ?? null);
  const reasonField = useRef<HTMLInputElement>(null);
  const allowed = mayDo('meeting.attend', meeting, person);
  const texts = t.meetings.run.attendance;
  const columns: readonly Column<Participant>[] = [
    {
      key: 'name',
      title: texts.columns.name,
      width: 'minmax(200px, 2fr)',
      sortBy: (row) => row.name,
      render: ({ name, position, unit, voting }) => (
        <span className="cv-attendee">
          <span>{name}</span>
          <span className="cv-soft cv-small">
            {[position, units.get(unit)?.name ?? '', voting ? '' : texts.nonVoting]
              .filter((text) => text !== '')
              .join(' · ')}
          </span>
        </span>
      ),
    },
    {
      key: 'status',
      title: texts.columns.status,
      width: '132px',
      render: (row) => (
        <StatusButton
          meeting={meeting}
          person={row}
          disabled={!allowed}
          onToggle={() => void attend.toggle(row.id)}
        />
      ),
    },
    {
      key: 'reason',
      title: texts.columns.reason,
      width: 'minmax(100px, 1fr)',
      render: ({ id }) => meeting.attendance[id]?.reason ?? '',
    },
  ];
  const onKey = (event: KeyboardEvent): void => {
    const inGrid = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'grid';
    if (!allowed || active === null || !inGrid || event.ctrlKey || event.altKey) return;
    if (event.key === ' ') void attend.toggle(active);
    else if (event.key.toLowerCase() === 'r') reasonField.current?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useCommands([
    {
      id: 'meetings.all-present',
      title: t.meetings.commands.markAll,
      run: attend.all,
      when: () => allowed,
    },
  ]);
  const chosen = meeting.participants.find((known) => known.id === active);
  return (
    <div className="cv-meeting-grid" onKeyDownCapture={onKey}>
      {allowed ? (
        <div className="cv-row cv-meeting-bar">
          <span className="cv-soft cv-grow">{texts.hint}</span>
          <Button onClick={() => void attend.all()}>{texts.all}</Button>
        </div>
      ) : null}
      {attend.error === null ? null : <ErrorNotice error={attend.error} onDismiss={attend.clear} />}
      <DataGrid
        label={texts.list}
        rows={meeting.participants}
        columns={columns}
        idOf={(row) => row.id}
        textOf={(row) => row.name}
        activeId={active}
        onActive={setActive}
        rowHeight={48}
        onOpen={(id) => {
          if (allowed) void attend.toggle(id);
        }}
        empty={<EmptyState title={t.meetings.people.empty} />}
      />
      {allowed && chosen !== undefined ? (
        <ReasonBar
          key={chosen.id}
          person={chosen}
          known={meeting.attendance[chosen.id]?.reason ?? ''}
          input={reasonField}
          onSave={(reason) => attend.absent(chosen.id, reason)}
        />
      ) : null}
    </div>
  );
}

function StatusButton({
  meeting,
  person,
  disabled,
  onToggle,
}: {
  readonly meeting: Stored<'meetings'>;
  readonly person: Participant;
  readonly disabled: boolean;
  readonly onToggle: () => void;
}) {
  const texts = t.meetings.run.attendance;
  const status = meeting.attendance[person.id]?.status;
  const word = status === undefined ? texts.unknown : texts[status];
  const meaning = status === 'present' ? 'good' : status === 'absent' ? 'bad' : 'plain';
  return (
    <button
      type="button"
      className="cv-status-button"
      tabIndex={-1}
      aria-label={`${texts.statusOf(person.name)}: ${word}`}
      disabled={disabled}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      <StatusTag meaning={meaning}>{word}</StatusTag>
    </button>
  );
}

function ReasonBar({
  person,
  known,
  input,
  onSave,
}: {
  readonly person: Participant;
  readonly known: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onSave: (reason: string) => Promise<void>;
}) {
  const [reason, setReason] = useState(known);
  const texts = t.meetings.run.attendance;
  const save = (): void => {
    void onSave(reason.trim());
  };
  return (
    <form
      className="cv-meeting-bar cv-reason-bar"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="cv-grow">
        <TextField
          label={texts.reasonOf(person.name)}
          value={reason}
          onChange={setReason}
          maxLength={300}
          inputRef={input}
        />
      </div>
      <Button type="submit">{texts.markAbsent}</Button>
    </form>
  );
}

/** Writes attendance, always over the row as it is at that moment; quick keys are written one after another. */
function useAttend(meeting: Stored<'meetings'>) {
  const run = useRun();
  const [error, setError] = useState<unknown>(null);
  const write = async (make: (context: Context, row: Stored<'meetings'>) => Plan): Promise<void> => {
    try {
      await run(async (context, read) => {
        const row = await read('meetings', meeting.id);
        if (row === null) throw new AppError('NOT_FOUND', meeting.id);
        return make(context, row);
      });
    } catch (failure) {
      setError(failure);
    }
  };
  return {
    error,
    clear: () => setError(null),
    toggle: (id: string) =>
      write((context, row) =>
        recordAttendance(context, row, id, row.attendance[id]?.status === 'present' ? 'absent' : 'present'),
      ),
    absent: (id: string, reason: string) =>
      write((context, row) => recordAttendance(context, row, id, 'absent', reason)),
    all: async (): Promise<void> => {
      if (notYetPresent(meeting).length > 0) await write(recordAllPresent);
    },
  };
}
