import { type CommandName, type CommandRule, commandTable } from '@shared/domain/command-table';
import type { Incoming } from '@shared/schema/documents';
import type { Person } from '@shared/schema/people';

/** What can be done with a document, in the order of its way through the office. */
export const incomingActions = [
  'register',
  'return',
  'submit',
  'assign',
  'start',
  'finish',
  'comment',
  'correct',
] as const;
export type IncomingAction = (typeof incomingActions)[number];

const notBefore: Partial<Record<IncomingAction, readonly Incoming['state'][]>> = {
  correct: ['arrived', 'returned'],
  comment: ['arrived', 'returned'],
};

/** The actions that role and state allow, by the same table that the domain and the server use. */
export function allowedActions(
  person: Person | null,
  document: Pick<Incoming, 'state'>,
): readonly IncomingAction[] {
  if (person === null) return [];
  return incomingActions.filter((action) => {
    const rule: CommandRule = commandTable[`incoming.${action}` satisfies CommandName];
    if (!person.roles.some((role) => rule.roles.includes(role))) return false;
    if (notBefore[action]?.includes(document.state) === true) return false;
    const from = rule.touches.incoming?.from;
    return from === undefined || from.includes(document.state);
  });
}

/** The action that moves the document on: the filled button. Submitting once more moves nothing. */
export function mainAction(
  actions: readonly IncomingAction[],
  state: Incoming['state'],
): IncomingAction | null {
  const order: readonly IncomingAction[] = ['register', 'assign', 'submit', 'start', 'finish'];
  const again = state === 'submitted' ? 'submit' : null;
  return order.find((action) => action !== again && actions.includes(action)) ?? null;
}
