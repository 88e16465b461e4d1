import { Button } from '@mantine/core';
import type { Stored } from '@shared/domain/plan';
import { useState } from 'react';
import { navigate } from '../../app/router';
import { useRows, useSession } from '../../data';
import { t } from '../../i18n';
import { Chips, DocumentList, EmptyState } from '../../ui';
import { MeetingRow, whenText } from './MeetingRow';

const filters = {
  coming: ['preparing', 'published'],
  running: ['open'],
  past: ['closed'],
} as const;
type Filter = keyof typeof filters;
const filterNames = ['coming', 'running', 'past'] as const;

type Properties = {
  readonly active: Stored<'meetings'> | null;
  readonly mayCreate: boolean;
};

/** Sắp tới, đang họp, đã họp: meetings of this unit and those it is invited to. */
export function MeetingList({ active, mayCreate }: Properties) {
  const { device } = useSession();
  const meetings = useRows('meetings');
  const [chosen, setChosen] = useState<Filter | null>(null);
  const filter = chosen ?? filterOf(active?.state ?? 'preparing');
  const inFilter = (name: Filter): readonly Stored<'meetings'>[] =>
    (meetings ?? []).filter((meeting) => (filters[name] as readonly string[]).includes(meeting.state));
  const shown = filter === 'coming' ? soonestFirst(inFilter(filter)) : inFilter(filter);
  return (
    <div className="cv-list-pane">
      <header className="cv-list-head">
        <div className="cv-list-title">
          <h1>{t.meetings.title}</h1>
          {mayCreate ? (
            <Button title="Ctrl+N" onClick={() => navigate('/meetings/new')}>
              {t.meetings.create}
            </Button>
          ) : null}
        </div>
        <Chips
          label={t.meetings.columns.state}
          chips={filterNames.map((key) => ({
            key,
            label: t.meetings.chips[key],
            ...(key === 'past' ? {} : { count: inFilter(key).length }),
          }))}
          value={filter}
          onChange={setChosen}
        />
      </header>
      {meetings === null ? (
        <p className="cv-meeting-loading">{t.common.list.loading}</p>
      ) : (
        <DocumentList
          label={t.meetings.list}
          rows={shown}
          idOf={(meeting) => meeting.id}
          textOf={(meeting) =>
            [meeting.title, whenText(meeting), t.meetings.states[meeting.state]].join(', ')
          }
          renderRow={(meeting) => <MeetingRow meeting={meeting} ownUnit={device.unit} />}
          activeId={active?.id ?? null}
          onActive={(id) => navigate(`/meetings/${encodeURIComponent(id)}`, { replace: true })}
          empty={
            <EmptyState
              title={t.meetings.empty[filter]}
              {...(mayCreate ? { hint: t.meetings.emptyHint } : {})}
            />
          }
        />
      )}
    </div>
  );
}

function filterOf(state: Stored<'meetings'>['state']): Filter {
  return filterNames.find((name) => (filters[name] as readonly string[]).includes(state)) ?? 'coming';
}

/** The next meeting on top; those without a day last. */
function soonestFirst(meetings: readonly Stored<'meetings'>[]): readonly Stored<'meetings'>[] {
  const key = (meeting: Stored<'meetings'>): string => (meeting.startsAt === '' ? '9' : meeting.startsAt);
  return [...meetings].sort((a, b) => key(a).localeCompare(key(b)));
}
