import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice, useTask } from '../../ui';
import { HalfField } from './HalfField';
import { useHalf } from './half-state';

/** Both halves of the recovery key, and one act with them that can be begun when both are right. */
export function TwoHalves({
  label,
  act,
  onRun,
}: {
  readonly label: string;
  readonly act: string;
  readonly onRun: (halves: { readonly clerk: string; readonly leader: string }) => Promise<void>;
}) {
  const [clerk, setClerk] = useState('');
  const [leader, setLeader] = useState('');
  const clerkState = useHalf('clerk', clerk);
  const leaderState = useHalf('leader', leader);
  const task = useTask();
  const ready = clerkState.state === 'right' && leaderState.state === 'right';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) void task.run(() => onRun({ clerk, leader }));
  };
  return (
    <form className="cv-stack" aria-label={label} onSubmit={submit}>
      <div className="cv-halves">
        <HalfField holder="clerk" value={clerk} state={clerkState} onChange={setClerk} />
        <HalfField holder="leader" value={leader} state={leaderState} onChange={setLeader} />
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      <div className="cv-row cv-row-end">
        <Button type="submit" variant="filled" disabled={!ready || task.busy}>
          {act}
        </Button>
      </div>
    </form>
  );
}
