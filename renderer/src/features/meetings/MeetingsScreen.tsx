import type { Stored } from '@shared/domain/plan';
import { useRef } from 'react';
import { navigate } from '../../app/router';
import { useRow, useSession } from '../../data';
import { t } from '../../i18n';
import { EmptyState, Panes, useCommands } from '../../ui';
import { MeetingList } from './MeetingList';
import { MinutesMeeting } from './minutes/MinutesMeeting';
import { NewMeeting } from './NewMeeting';
import { type Mode, mayCreateMeetings, modesFor } from './permissions';
import { PackPanel } from './prepare/PackPanel';
import { PrepareMeeting } from './prepare/PrepareMeeting';
import { ReadMeeting } from './read/ReadMeeting';
import { RunMeeting } from './run/RunMeeting';

type Properties = { readonly id: string; readonly mode: string; readonly part: string };

/** Cuộc họp: the list with preparation beside it; reading, running and minutes take the whole width. */
export function MeetingsScreen({ id, mode: wanted, part }: Properties) {
  const { person } = useSession();
  const flushRef = useRef<() => Promise<void>>(() => Promise.resolve());
  const isNew = id === 'new';
  const row = useRow('meetings', id === '' || isNew ? '-' : id);
  const meeting = row ?? null;
  const mayCreate = mayCreateMeetings(person);
  useCommands([
    {
      id: 'meetings.new',
      title: t.meetings.createTitle,
      shortcut: 'Ctrl+N',
      run: () => navigate('/meetings/new'),
      when: () => mayCreate,
    },
  ]);
  const mode = meeting === null ? null : modeOf(meeting, wanted, person);
  if (meeting !== null && mode === 'read') return <ReadMeeting key={id} meeting={meeting} paper={part} />;
  if (meeting !== null && mode === 'run') return <RunMeeting key={id} meeting={meeting} tab={part} />;
  if (meeting !== null && mode === 'minutes') return <MinutesMeeting key={id} meeting={meeting} />;
  const reader = isNew ? (
    <NewMeeting />
  ) : meeting !== null && mode !== null ? (
    <PrepareMeeting key={id} meeting={meeting} mode={mode} tab={part} flushRef={flushRef} />
  ) : id === '' || row === undefined ? (
    <EmptyState title={t.meetings.choose} {...(mayCreate ? { hint: t.meetings.emptyHint } : {})} />
  ) : (
    <EmptyState title={t.meetings.gone} />
  );
  return (
    <Panes
      screen="meetings"
      list={<MeetingList active={meeting} mayCreate={mayCreate} />}
      reader={reader}
      {...(meeting === null
        ? {}
        : { properties: <PackPanel key={id} meeting={meeting} flushRef={flushRef} /> })}
    />
  );
}

function modeOf(meeting: Stored<'meetings'>, wanted: string, person: Parameters<typeof modesFor>[1]): Mode {
  const possible = modesFor(meeting, person);
  return possible.find((mode) => mode === wanted) ?? possible[0];
}
