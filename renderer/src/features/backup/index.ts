import { createElement } from 'react';
import type { Feature } from '../../app/feature';
import { navigate } from '../../app/router';
import { t } from '../../i18n';
import { useCommands } from '../../ui';
import { BackupScreen } from './BackupScreen';
import { backupPath } from './backup-path';

export { BackupNotice } from './BackupNotice';
export { backupPath } from './backup-path';
export { RestoreForm } from './RestoreForm';

/** Sao lưu và khôi phục: reached from the user menu and the palette. */
export const backup: Feature = {
  id: 'backup',
  screens: [
    {
      id: 'backup',
      paths: [backupPath],
      title: () => t.backup.title,
      render: () => createElement(BackupScreen),
    },
  ],
  rail: [],
  Background,
};

function Background() {
  useCommands([{ id: 'backup.open', title: t.backup.title, run: () => navigate(backupPath) }]);
  return null;
}
