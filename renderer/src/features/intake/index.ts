import { createElement } from 'react';
import type { Feature } from '../../app/feature';
import { t } from '../../i18n';
import { IntakeScreen } from './IntakeScreen';

/** Hộp tiếp nhận: what has come in and waits to be registered. */
export const intake: Feature = {
  id: 'intake',
  screens: [
    {
      id: 'intake',
      paths: ['/intake/:id?', '/intake/:id/register'],
      title: () => t.intake.title,
      render: (parameters, query) =>
        createElement(IntakeScreen, {
          id: parameters['id'] ?? '',
          registering: parameters['path']?.endsWith('/register') === true,
          filter: query['filter'] ?? '',
          returning: query['do'] === 'return' ? (query['reason'] ?? '') : '',
        }),
    },
  ],
  rail: [
    {
      path: '/intake',
      title: () => t.intake.title,
      icon: 'intake',
      order: 20,
      count: (counts) => counts.intake,
    },
  ],
};
