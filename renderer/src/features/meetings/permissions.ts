import { type CommandName, type CommandRule, commandTable } from '@shared/domain/command-table';
import type { Meeting } from '@shared/schema/meetings';
import type { Person } from '@shared/schema/people';

type MeetingCommand = Extract<CommandName, `meeting.${string}`>;

/** Whether a person may do this to a meeting now, by the same table that the server asks. */
export function mayDo(
  command: MeetingCommand,
  meeting: Pick<Meeting, 'unit' | 'state'>,
  person: Person | null,
): boolean {
  if (person === null || person.unit !== meeting.unit) return false;
  const rule: CommandRule = commandTable[command];
  const from = rule.touches.meetings?.from;
  return (
    person.roles.some((role) => rule.roles.includes(role)) &&
    (from === undefined || from.includes(meeting.state))
  );
}

export const modes = ['prepare', 'view', 'read', 'run', 'minutes'] as const;
export type Mode = (typeof modes)[number];

/** What a person can do with a meeting, the usual thing first: an invited unit reads, the convening unit works on it. */
export function modesFor(
  meeting: Pick<Meeting, 'unit' | 'state' | 'minutes'>,
  person: Person | null,
): readonly [Mode, ...Mode[]] {
  const own = person !== null && person.unit === meeting.unit;
  if (!own) return meeting.minutes === null ? ['view', 'read'] : ['view', 'read', 'minutes'];
  return meeting.state === 'preparing' ? ['prepare', 'read'] : ['prepare', 'read', 'run', 'minutes'];
}

/** Whether a person may begin to prepare meetings at all. */
export function mayCreateMeetings(person: Person | null): boolean {
  const rule: CommandRule = commandTable['meeting.create'];
  return person?.roles.some((role) => rule.roles.includes(role)) === true;
}
