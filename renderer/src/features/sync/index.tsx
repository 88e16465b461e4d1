import './sync.css';
import type { Feature } from '../../app/feature';
import { t } from '../../i18n';
import { SyncBanner } from './notices/SyncBanner';
import { SyncScreen } from './SyncScreen';

export { SilenceHint } from './notices/SilenceHint';
export { SilentUnits } from './units/SilentUnits';
export { useFileProgress } from './use-file-progress';

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
  Banner: SyncBanner,
  rail: [
    {
      path: '/sync',
      title: () => t.sync.title,
      icon: 'sync',
      order: 70,
      // What waits to be sent goes by itself, and stands in the footer.
      count: (counts) => counts.rejected + counts.stuck + counts.conflicts,
    },
  ],
};
