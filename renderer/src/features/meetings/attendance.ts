import { recordAttendance } from '@shared/domain/meeting';
import { type Context, type Plan, patchRow, type Stored } from '@shared/domain/plan';
import type { Meeting } from '@shared/schema/meetings';
import type { Json } from '@shared/schema/values';

/** Who the button for all still has to mark: everybody not present, except who is absent with a reason. */
export function notYetPresent(meeting: Pick<Meeting, 'participants' | 'attendance'>): readonly string[] {
  return meeting.participants
    .map(({ id }) => id)
    .filter((id) => {
      const known = meeting.attendance[id];
      const excused = known?.status === 'absent' && known.reason !== '';
      return known?.status !== 'present' && !excused;
    });
}

/**
 * Marks everybody present in one operation, except who is recorded absent with a reason: an excuse is not overwritten by
 * a button meant for the others.
 */
export function recordAllPresent(context: Context, meeting: Stored<'meetings'>): Plan {
  const patch: Record<string, Json> = {};
  for (const id of notYetPresent(meeting))
    for (const change of recordAttendance(context, meeting, id, 'present').changes)
      Object.assign(patch, change.patch);
  return { command: 'meeting.attend', changes: [patchRow('meetings', meeting, patch)] };
}
