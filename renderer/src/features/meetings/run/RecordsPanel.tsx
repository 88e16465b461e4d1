import { personOf, recordsOf, voteResult } from '@shared/domain/minutes';
import type { AgendaItem, Meeting } from '@shared/schema/meetings';
import { shortDate } from '@shared/text/time';
import { usePeople } from '../../../data';
import { t } from '../../../i18n';
import { Section, SidePanel, StatusTag } from '../../../ui';
import { clockOf } from '../agenda-times';

type Properties = { readonly meeting: Meeting; readonly item: AgendaItem | null };

/** What has been recorded about the current item. */
export function RecordsPanel({ meeting, item }: Properties) {
  const people = usePeople();
  const { votes, conclusions } = recordsOf(meeting, item?.id ?? '');
  const n = item === null ? 0 : meeting.agenda.indexOf(item) + 1;
  const texts = t.meetings.run;
  return (
    <SidePanel title={item === null ? texts.current : texts.currentItem(n, item.title)}>
      <Section title={texts.vote.results}>
        {votes.length === 0 ? <p className="cv-soft">{texts.vote.none}</p> : null}
        <ul className="cv-stack">
          {votes.map((vote) => (
            <li key={`${vote.at}-${vote.question}`} className="cv-record">
              <p>{vote.question}</p>
              <p className="cv-record-result">
                <StatusTag meaning={vote.passed ? 'good' : 'bad'}>{voteResult(vote)}</StatusTag>
              </p>
              <p className="cv-soft cv-small">
                {texts.vote.rest(vote.disagree, vote.other)} · {clockOf(vote.at)}
              </p>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={texts.conclusion.results}>
        {conclusions.length === 0 ? <p className="cv-soft">{texts.conclusion.none}</p> : null}
        <ul className="cv-stack">
          {conclusions.map((one) => (
            <li key={`${one.at}-${one.text}`} className="cv-record">
              <p>{one.text}</p>
              <p className="cv-soft cv-small">
                {[
                  one.owner === '' ? '' : personOf(meeting, people, one.owner).name,
                  shortDate(one.due),
                  clockOf(one.at),
                ]
                  .filter((text) => text !== '')
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ul>
      </Section>
    </SidePanel>
  );
}
