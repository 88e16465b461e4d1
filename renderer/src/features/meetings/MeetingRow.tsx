import type { Meeting, MeetingState } from '@shared/schema/meetings';
import { shortDate } from '@shared/text/time';
import { vietnamClock } from '@shared/text/vi-format';
import { useUnits } from '../../data';
import { t } from '../../i18n';
import { type Meaning, StatusTag } from '../../ui';
import { clockOf } from './agenda-times';

const meanings: Readonly<Record<MeetingState, Meaning>> = {
  preparing: 'plain',
  published: 'good',
  open: 'warn',
  closed: 'plain',
};

/** Where a meeting stands. */
export function MeetingTag({ state }: { readonly state: MeetingState }) {
  return <StatusTag meaning={meanings[state]}>{t.meetings.states[state]}</StatusTag>;
}

/** `08:30 20/11/2026`, or '' while no day is set. */
export function whenText({ startsAt }: Pick<Meeting, 'startsAt'>): string {
  const clock = clockOf(startsAt);
  return clock === '' ? '' : `${clock} ${shortDate(vietnamClock(startsAt).day)}`;
}

/** One meeting of the list: day and hour first, then what it is about, where, and its state. */
export function MeetingRow({ meeting, ownUnit }: { readonly meeting: Meeting; readonly ownUnit: string }) {
  const units = useUnits();
  const host = meeting.unit === ownUnit ? '' : (units.get(meeting.unit)?.name ?? '');
  const second = [meeting.place, host === '' ? '' : t.meetings.invited(host)].filter((text) => text !== '');
  return (
    <div className="cv-doc">
      <div className="cv-meeting-name cv-ellipsis" title={meeting.title}>
        {meeting.title}
      </div>
      <div className="cv-doc-second cv-ellipsis">
        {[whenText(meeting), ...second].filter((text) => text !== '').join(' · ')}
      </div>
      <div className="cv-doc-side">
        <MeetingTag state={meeting.state} />
      </div>
    </div>
  );
}
