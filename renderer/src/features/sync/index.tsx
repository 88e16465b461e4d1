import './sync.css';
import type { Feature } from '../../app/feature';
import { t } from '../../i18n';
import { RoundHistory } from './round-history';
import { SyncScreen } from './SyncScreen';

export const sync: Feature = {
  id: 'sync',
  screens: [
    {
      id: 'sync',
      paths: ['/sync/:tab?'],
      title: () => t.sync.title,
      render: ({ tab }) => <SyncScreen tab={tab ?? ''} />,
    },
  ],
  Background: RoundHistory,
  rail: [
    {
      path: '/sync',
      title: () => t.sync.title,
      icon: 'sync',
      order: 70,
      count: (counts) => counts.waiting + counts.rejected + counts.conflicts,
    },
  ],
};
