import type { AgendaItem, Meeting } from '@shared/schema/meetings';
import { t } from '../../../i18n';
import { DocumentList, EmptyState } from '../../../ui';
import { plannedTimes } from '../agenda-times';

type Properties = {
  readonly meeting: Meeting;
  readonly active: string;
  readonly onChoose: (item: string) => void;
};

/** The agenda while the meeting runs: the item in front is the one being discussed. */
export function ItemList({ meeting, active, onChoose }: Properties) {
  const times = plannedTimes(meeting.startsAt, meeting.agenda);
  const rows = meeting.agenda.map((item, index) => ({ item, n: index + 1, from: times[index]?.from ?? '' }));
  return (
    <div className="cv-list-pane">
      <header className="cv-list-head">
        <h1>{t.meetings.run.current}</h1>
      </header>
      <DocumentList
        label={t.meetings.agenda.list}
        rows={rows}
        idOf={({ item }) => item.id}
        textOf={({ item, n }) => t.meetings.run.currentItem(n, item.title)}
        renderRow={(row) => <ItemRow {...row} meeting={meeting} />}
        activeId={active === '' ? null : active}
        onActive={onChoose}
        empty={<EmptyState title={t.meetings.agenda.empty} />}
      />
    </div>
  );
}

function ItemRow({
  item,
  n,
  from,
  meeting,
}: {
  readonly item: AgendaItem;
  readonly n: number;
  readonly from: string;
  readonly meeting: Meeting;
}) {
  const votes = Object.values(meeting.votes).filter((vote) => vote.agendaItem === item.id).length;
  const conclusions = Object.values(meeting.conclusions).filter((one) => one.agendaItem === item.id).length;
  const texts = t.meetings.run;
  return (
    <div className="cv-doc">
      <div className="cv-doc-first">
        <span className="cv-doc-number">{n}</span>
        <span className="cv-ellipsis cv-grow" title={item.title}>
          {item.title}
        </span>
      </div>
      <div className="cv-doc-side cv-soft cv-small">{from}</div>
      <div className="cv-doc-second cv-ellipsis">
        {[
          item.presenter,
          votes === 0 ? '' : `${texts.tabs.vote} ${votes}`,
          conclusions === 0 ? '' : `${texts.tabs.conclusions} ${conclusions}`,
        ]
          .filter((text) => text !== '')
          .join(' · ')}
      </div>
    </div>
  );
}
