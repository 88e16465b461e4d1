import { createElement } from 'react';
import type { Feature } from '../../app/feature';
import { t } from '../../i18n';
import { IncomingCommands } from './IncomingCommands';
import { IncomingScreen } from './IncomingScreen';
import { modeOf } from './incoming-view';

/** Văn bản đến: from arrival to the result. */
export const incoming: Feature = {
  id: 'incoming',
  screens: [
    {
      id: 'incoming',
      paths: ['/incoming/:id?', '/incoming/:id/register', '/incoming/:id/edit', '/register-paper'],
      title: () => t.incoming.title,
      render: (parameters, query) =>
        createElement(IncomingScreen, {
          id: parameters['id'] ?? '',
          mode: modeOf(parameters['path'] ?? ''),
          filter: query['filter'] ?? '',
          act: query['do'] ?? '',
          reason: query['reason'] ?? '',
        }),
    },
  ],
  rail: [
    {
      path: '/incoming',
      title: () => t.incoming.title,
      icon: 'incoming',
      order: 30,
      count: (counts) => counts.arrived + counts.toAssign + counts.mine,
    },
  ],
  Background: IncomingCommands,
};
