import type { Meeting } from '@shared/schema/meetings';
import { useSession } from '../../../data';
import { t } from '../../../i18n';
import { clockOf } from '../agenda-times';
import { mayDo } from '../permissions';

/** Why nothing can be recorded here: not this person's task, not yet opened, or over. */
export function WhyNot({ meeting }: { readonly meeting: Meeting }) {
  const { person } = useSession();
  const texts = t.meetings.run;
  const staff = mayDo('meeting.vote', { ...meeting, state: 'open' }, person);
  if (!staff) return <p className="cv-meeting-tab">{texts.notStaff}</p>;
  return (
    <p className="cv-meeting-tab">
      {meeting.state === 'closed' ? texts.closed(clockOf(meeting.endedAt)) : texts.needOpen}
    </p>
  );
}
