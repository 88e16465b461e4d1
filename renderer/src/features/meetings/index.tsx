import './meetings.css';
import type { Feature } from '../../app/feature';
import { navigate } from '../../app/router';
import { useSession } from '../../data';
import { t } from '../../i18n';
import { useCommands } from '../../ui';
import { MeetingsScreen } from './MeetingsScreen';
import { mayCreateMeetings } from './permissions';

export const meetings: Feature = {
  id: 'meetings',
  screens: [
    {
      id: 'meetings',
      paths: ['/meetings/:id?/:mode?/:part?'],
      title: () => t.meetings.title,
      render: ({ id, mode, part }) => <MeetingsScreen id={id ?? ''} mode={mode ?? ''} part={part ?? ''} />,
    },
  ],
  rail: [
    {
      path: '/meetings',
      title: () => t.meetings.title,
      icon: 'meeting',
      order: 50,
      count: (counts) => counts.meetings,
    },
  ],
  Background: MeetingCommands,
};

function MeetingCommands() {
  const { person } = useSession();
  useCommands([
    {
      id: 'meetings.add',
      title: t.meetings.createTitle,
      menu: 'add',
      run: () => navigate('/meetings/new'),
      when: () => mayCreateMeetings(person),
    },
  ]);
  return null;
}
