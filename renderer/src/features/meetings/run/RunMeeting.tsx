import { Tabs } from '@mantine/core';
import type { Stored } from '@shared/domain/plan';
import { useState } from 'react';
import { navigate } from '../../../app/router';
import { useSession } from '../../../data';
import { t } from '../../../i18n';
import { Notice, Panes, useCommands } from '../../../ui';
import { MeetingHead, meetingPath } from '../MeetingHead';
import { mayDo } from '../permissions';
import { AttendanceTab } from './AttendanceTab';
import { ConclusionTab } from './ConclusionTab';
import { ItemList } from './ItemList';
import { OpenCloseButtons } from './OpenCloseButtons';
import { QuorumMeter } from './QuorumMeter';
import { RecordsPanel } from './RecordsPanel';
import { VoteTab } from './VoteTab';

const tabs = ['attendance', 'vote', 'conclusions'] as const;

type Properties = { readonly meeting: Stored<'meetings'>; readonly tab: string };

/** Điều hành: quorum always in view; attendance, show of hands, conclusions; the item being discussed on the left. */
export function RunMeeting({ meeting, tab }: Properties) {
  const { person } = useSession();
  const current = tabs.find((known) => known === tab) ?? 'attendance';
  const [chosen, setChosen] = useState('');
  const index = Math.max(
    0,
    meeting.agenda.findIndex((item) => item.id === chosen),
  );
  const item = meeting.agenda[index] ?? null;
  const go = (to: number): void => {
    const next = meeting.agenda[to];
    if (next !== undefined) setChosen(next.id);
  };
  const show = (next: string): void => navigate(meetingPath(meeting.id, 'run', next), { replace: true });
  const texts = t.meetings.run;
  useCommands([
    { id: 'meetings.next-item', title: texts.nextItem, shortcut: 'Alt+ArrowDown', run: () => go(index + 1) },
    {
      id: 'meetings.previous-item',
      title: texts.previousItem,
      shortcut: 'Alt+ArrowUp',
      run: () => go(index - 1),
    },
    { id: 'meetings.show-vote', title: texts.tabs.vote, shortcut: 'F8', run: () => show('vote') },
    { id: 'meetings.show-attendance', title: texts.tabs.attendance, run: () => show('attendance') },
    { id: 'meetings.show-conclusions', title: texts.tabs.conclusions, run: () => show('conclusions') },
  ]);
  const staff = (['meeting.attend', 'meeting.vote', 'meeting.minutes'] as const).some((command) =>
    mayDo(command, meeting, person),
  );
  const parts = { meeting, item };
  return (
    <Panes
      screen="meetings-run"
      list={<ItemList meeting={meeting} active={item?.id ?? ''} onChoose={setChosen} />}
      reader={
        <div className="cv-meeting">
          <MeetingHead meeting={meeting} mode="run">
            <div className="cv-row">
              <QuorumMeter meeting={meeting} />
              <span className="cv-grow" />
              <OpenCloseButtons meeting={meeting} />
            </div>
          </MeetingHead>
          {staff ? null : <Notice tone="info" title={texts.notStaff} />}
          <Tabs
            value={current}
            onChange={(next) => show(next ?? 'attendance')}
            keepMounted={false}
            className="cv-meeting-tabs"
          >
            <Tabs.List aria-label={texts.tabsLabel}>
              {tabs.map((key) => (
                <Tabs.Tab key={key} value={key}>
                  {texts.tabs[key]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="attendance" className="cv-meeting-panel">
              <AttendanceTab meeting={meeting} />
            </Tabs.Panel>
            <Tabs.Panel value="vote" className="cv-meeting-panel">
              <VoteTab key={item?.id ?? ''} {...parts} />
            </Tabs.Panel>
            <Tabs.Panel value="conclusions" className="cv-meeting-panel">
              <ConclusionTab key={item?.id ?? ''} {...parts} />
            </Tabs.Panel>
          </Tabs>
        </div>
      }
      properties={<RecordsPanel {...parts} />}
    />
  );
}
