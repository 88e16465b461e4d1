import { Tabs } from '@mantine/core';
import type { Stored } from '@shared/domain/plan';
import { type RefObject, useEffect } from 'react';
import { navigate } from '../../../app/router';
import { useSession } from '../../../data';
import { t } from '../../../i18n';
import { Notice } from '../../../ui';
import { MeetingHead, meetingPath } from '../MeetingHead';
import { type Mode, mayDo } from '../permissions';
import { useMeetingDraft } from '../use-meeting-draft';
import { AgendaTab } from './AgendaTab';
import { InfoTab } from './InfoTab';
import { MeetingFacts } from './MeetingFacts';
import { PapersTab } from './PapersTab';
import { PeopleTab } from './PeopleTab';

const tabs = ['info', 'agenda', 'papers', 'people'] as const;

type Properties = {
  readonly meeting: Stored<'meetings'>;
  readonly mode: Mode;
  readonly tab: string;
  /** Kept by the screen: writes what is typed here before something else is done with the meeting. */
  readonly flushRef: RefObject<() => Promise<void>>;
};

/** Chuẩn bị: Thông tin · Chương trình · Tài liệu · Thành phần. Read-only for who may not or no longer change them. */
export function PrepareMeeting({ meeting, mode, tab, flushRef }: Properties) {
  const { person } = useSession();
  const draft = useMeetingDraft(meeting);
  const locked = !mayDo('meeting.prepare', meeting, person);
  const current = tabs.find((known) => known === tab) ?? 'info';
  useEffect(() => {
    flushRef.current = draft.flush;
  });
  const started = meeting.state === 'open' || meeting.state === 'closed';
  const parts = { draft, locked };
  return (
    <div className="cv-meeting">
      <MeetingHead meeting={meeting} mode={mode} />
      {started && mode === 'prepare' ? <Notice tone="info" title={t.meetings.locked} /> : null}
      <Tabs
        value={current}
        onChange={(next) => navigate(meetingPath(meeting.id, mode, next ?? 'info'), { replace: true })}
        keepMounted={false}
        className="cv-meeting-tabs"
      >
        <Tabs.List aria-label={t.meetings.tabsLabel}>
          {tabs.map((key) => (
            <Tabs.Tab key={key} value={key}>
              {t.meetings.tabs[key]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {locked ? null : (
          <span className="cv-meeting-saved cv-soft cv-small" role="status">
            {draft.saved ? t.meetings.saved : t.meetings.saving}
          </span>
        )}
        <Tabs.Panel value="info" className="cv-meeting-panel">
          {locked ? <MeetingFacts meeting={meeting} /> : <InfoTab draft={draft} />}
        </Tabs.Panel>
        <Tabs.Panel value="agenda" className="cv-meeting-panel">
          <AgendaTab {...parts} />
        </Tabs.Panel>
        <Tabs.Panel value="papers" className="cv-meeting-panel">
          <PapersTab {...parts} />
        </Tabs.Panel>
        <Tabs.Panel value="people" className="cv-meeting-panel">
          <PeopleTab {...parts} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
