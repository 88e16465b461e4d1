import { createElement } from 'react';
import type { Feature } from '../../app/feature';
import { navigate } from '../../app/router';
import { t } from '../../i18n';
import { useCommands } from '../../ui';
import { CheckScreen } from './CheckScreen';
import { checkRoot, readPlace } from './check-path';

export { useKeepChecks } from './keep-checks';
export { type KeepReport, useKeepReport } from './keep-report';
export { SignatureReport } from './SignatureReport';
export { TrustStore } from './TrustStore';
export { VerdictTag } from './VerdictTag';
export { useFileVerdict } from './verdict-store';

/** Kiểm tra chữ ký: of documents, of files in the intake box, and of any PDF. */
export const checking: Feature = {
  id: 'checking',
  screens: [
    {
      id: 'checking',
      paths: [`${checkRoot}/:sha256?`],
      title: () => t.checking.title,
      render: ({ sha256 = '' }, { from = '', id = '' }) =>
        // Another file is another screen: what was pointed out in the one before does not stay.
        createElement(CheckScreen, { key: `${sha256} ${from} ${id}`, sha256, place: readPlace(from, id) }),
    },
  ],
  rail: [],
  Background,
};

function Background() {
  useCommands([{ id: 'checking.open', title: t.checking.command, run: () => navigate(checkRoot) }]);
  return null;
}
