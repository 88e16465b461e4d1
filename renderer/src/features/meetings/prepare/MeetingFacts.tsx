import { personOf } from '@shared/domain/minutes';
import type { Meeting } from '@shared/schema/meetings';
import { usePeople } from '../../../data';
import { t } from '../../../i18n';
import { Facts } from '../../../ui';
import { whenText } from '../MeetingRow';

/** The particulars of a meeting for who reads them. */
export function MeetingFacts({ meeting }: { readonly meeting: Meeting }) {
  const people = usePeople();
  const name = (id: string): string => {
    if (id === '') return '';
    const { name: full, position } = personOf(meeting, people, id);
    return position === '' ? full : `${full} – ${position}`;
  };
  const texts = t.meetings.info;
  return (
    <div className="cv-meeting-tab">
      <Facts
        facts={[
          [texts.title, meeting.title],
          [t.meetings.columns.when, whenText(meeting)],
          [texts.place, meeting.place],
          [texts.chair, name(meeting.chair)],
          [texts.secretary, name(meeting.secretary)],
          [texts.quorum, t.meetings.quorumRules[meeting.quorum]],
        ]}
      />
    </div>
  );
}
