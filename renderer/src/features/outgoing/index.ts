import { createElement } from 'react';
import type { Feature } from '../../app/feature';
import { t } from '../../i18n';
import { DraftScreen } from './DraftScreen';
import { OutgoingCommands } from './OutgoingCommands';
import { OutgoingScreen } from './OutgoingScreen';
import './outgoing.css';

export { DraftFrom } from './DraftFrom';

/** Văn bản đi: from the draft to the issued document. */
export const outgoing: Feature = {
  id: 'outgoing',
  screens: [
    {
      id: 'outgoing-draft',
      paths: ['/outgoing/new', '/outgoing/:id/edit'],
      title: () => t.outgoing.draft.title,
      render: (parameters, query) =>
        createElement(DraftScreen, {
          id: parameters['id'] ?? '',
          origin: {
            intake: query['intake'] ?? '',
            incoming: query['incoming'] ?? '',
            reply: query['reply'] ?? '',
          },
        }),
    },
    {
      id: 'outgoing',
      paths: ['/outgoing/:id?'],
      title: () => t.outgoing.title,
      render: (parameters, query) =>
        createElement(OutgoingScreen, { id: parameters['id'] ?? '', filter: query['filter'] ?? '' }),
    },
  ],
  rail: [
    {
      path: '/outgoing',
      title: () => t.outgoing.title,
      icon: 'outgoing',
      order: 40,
      count: (counts) => counts.drafts + counts.toSign + counts.toNumber + counts.toIssue,
    },
  ],
  Background: OutgoingCommands,
};
