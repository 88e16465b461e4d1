import type { Meeting } from '@shared/schema/meetings';
import type { ReactNode } from 'react';
import { navigate } from '../../app/router';
import { useSession, useUnits } from '../../data';
import { t } from '../../i18n';
import { Chips, useCommands } from '../../ui';
import { KeepHere } from '../reader';
import { clockOf } from './agenda-times';
import { MeetingTag, whenText } from './MeetingRow';
import { type Mode, modesFor } from './permissions';

type Properties = { readonly meeting: Meeting; readonly mode: Mode; readonly children?: ReactNode };

/** Address of a meeting in one of its modes. */
export function meetingPath(id: string, mode?: Mode, part = ''): string {
  const base = `/meetings/${encodeURIComponent(id)}`;
  if (mode === undefined) return base;
  return part === '' ? `${base}/${mode}` : `${base}/${mode}/${encodeURIComponent(part)}`;
}

/** Which meeting this is, where it stands, and what can be done with it. */
export function MeetingHead({ meeting, mode, children }: Properties) {
  const { person } = useSession();
  const units = useUnits();
  const possible = modesFor(meeting, person);
  const host = person?.unit === meeting.unit ? '' : (units.get(meeting.unit)?.name ?? '');
  useCommands([
    ...possible.map((key) => ({
      id: `meetings.mode.${key}`,
      title: `${t.meetings.title}: ${t.meetings.modes[key]}`,
      run: () => navigate(meetingPath(meeting.id, key)),
      when: () => key !== mode,
    })),
    {
      id: 'meetings.list',
      title: t.meetings.back,
      shortcut: 'Escape',
      run: () => navigate(meetingPath(meeting.id)),
      when: () => mode !== 'prepare' && mode !== 'view',
    },
  ]);
  const facts = [
    whenText(meeting),
    meeting.place,
    host === '' ? '' : t.meetings.invited(host),
    meeting.startedAt === '' ? '' : t.meetings.run.opened(clockOf(meeting.startedAt)),
    meeting.endedAt === '' ? '' : t.meetings.run.closed(clockOf(meeting.endedAt)),
  ];
  return (
    <header className="cv-meeting-head">
      <div className="cv-meeting-title">
        <h2 className="cv-ellipsis" title={meeting.title}>
          {meeting.title}
        </h2>
        <MeetingTag state={meeting.state} />
      </div>
      <p className="cv-soft cv-ellipsis">{facts.filter((text) => text !== '').join(' · ')}</p>
      <Chips
        label={t.meetings.modesLabel}
        chips={possible.map((key) => ({ key, label: t.meetings.modes[key] }))}
        value={mode}
        onChange={(key) => navigate(meetingPath(meeting.id, key))}
      />
      {mode === 'view' || mode === 'prepare' ? <KeepHere coll="meetings" id={meeting.id} /> : null}
      {children}
    </header>
  );
}
