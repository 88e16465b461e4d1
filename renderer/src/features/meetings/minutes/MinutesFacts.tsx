import { quorumOf } from '@shared/domain/meeting';
import { personOf, voteResult } from '@shared/domain/minutes';
import type { Stored } from '@shared/domain/plan';
import { usePeople } from '../../../data';
import { t } from '../../../i18n';
import { Facts, momentText, Section, SidePanel } from '../../../ui';
import { MinutesSigning } from './MinutesSigning';

/** The parts of the minutes that come from the records and cannot be typed: times, attendance, votes, conclusions. */
export function MinutesFacts({ meeting }: { readonly meeting: Stored<'meetings'> }) {
  const people = usePeople();
  const texts = t.meetings.minutes;
  const { present, summoned } = quorumOf(meeting);
  const absent = meeting.participants.filter(({ id }) => meeting.attendance[id]?.status !== 'present');
  const name = (id: string): string => (id === '' ? '' : personOf(meeting, people, id).name);
  const votes = Object.values(meeting.votes).sort((a, b) => a.at.localeCompare(b.at));
  const conclusions = Object.values(meeting.conclusions).sort((a, b) => a.at.localeCompare(b.at));
  return (
    <SidePanel title={texts.facts}>
      {meeting.minutes === null ? null : <MinutesSigning meeting={meeting} />}
      <Section title={t.meetings.tabs.info}>
        <Facts
          facts={[
            [texts.startedAt, momentText(meeting.startedAt)],
            [texts.endedAt, meeting.endedAt === '' ? texts.notEnded : momentText(meeting.endedAt)],
            [t.meetings.columns.place, meeting.place],
            [t.meetings.info.chair, name(meeting.chair)],
            [t.meetings.info.secretary, name(meeting.secretary)],
            [texts.present, `${present}/${summoned}`],
            [
              texts.absent,
              absent.length === 0
                ? texts.nobody
                : absent
                    .map((person) => {
                      const reason = meeting.attendance[person.id]?.reason ?? '';
                      return reason === '' ? person.name : `${person.name} (${reason})`;
                    })
                    .join('; '),
            ],
          ]}
        />
      </Section>
      {votes.length === 0 ? null : (
        <Section title={texts.votes}>
          <ul className="cv-stack">
            {votes.map((vote) => (
              <li key={`${vote.at}-${vote.question}`} className="cv-record">
                <p>{vote.question}</p>
                <p className="cv-soft">{voteResult(vote)}</p>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {conclusions.length === 0 ? null : (
        <Section title={texts.conclusions}>
          <ul className="cv-stack">
            {conclusions.map((one) => (
              <li key={`${one.at}-${one.text}`} className="cv-record">
                {one.text}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </SidePanel>
  );
}
