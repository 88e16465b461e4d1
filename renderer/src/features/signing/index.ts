import { createElement } from 'react';
import type { Feature } from '../../app/feature';
import { navigate } from '../../app/router';
import { t } from '../../i18n';
import { useCommands } from '../../ui';
import { SigningScreen } from './SigningScreen';
import { useExpiryReminder } from './use-expiry-reminder';

export { ExpiryNotices } from './ExpiryNotice';
export { ImportButton } from './ImportButton';
export { SignatureReport } from './SignatureReport';
export { useSigningKeys } from './use-keys';

export const signingPath = '/signing';

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
  ],
  rail: [{ path: signingPath, title: () => t.signing.title, icon: 'signature', order: 80 }],
  Background,
};

function Background() {
  useCommands([{ id: 'signing.open', title: t.signing.title, run: () => navigate(signingPath) }]);
  useExpiryReminder();
  return null;
}
