import { createElement } from 'react';
import type { Feature } from '../../app/feature';
import { navigate } from '../../app/router';
import { t } from '../../i18n';
import { useCommands } from '../../ui';
import { BatchScreen } from './batch/BatchScreen';
import { useRaisingTask } from './levels/use-raising';
import { batchPath, signingPath } from './paths';
import { SigningScreen } from './SigningScreen';
import { useExpiryReminder } from './use-expiry-reminder';

export { ExpiryNotices } from './ExpiryNotice';
export { ImportButton } from './ImportButton';
export { batchPath, signingPath } from './paths';
export { useSigningKeys } from './use-keys';

/** Chữ ký của tôi, and the check of signatures that other screens show. */
export const signing: Feature = {
  id: 'signing',
  screens: [
    {
      id: 'signing',
      paths: [signingPath],
      title: () => t.signing.title,
      render: () => createElement(SigningScreen),
    },
    {
      id: 'batch',
      paths: [batchPath],
      title: () => t.signingActs.batch.title,
      render: (_parameters, { ids = '' }) =>
        createElement(BatchScreen, { only: ids === '' ? [] : ids.split(',') }),
    },
  ],
  rail: [{ path: signingPath, title: () => t.signing.title, icon: 'signature', order: 80 }],
  Background,
};

function Background() {
  useCommands([
    { id: 'signing.open', title: t.signing.title, run: () => navigate(signingPath) },
    {
      id: 'batch.open',
      title: t.signingActs.batch.open,
      shortcut: 'Alt+S',
      run: () => navigate(batchPath),
    },
  ]);
  useExpiryReminder();
  useRaisingTask();
  return null;
}
