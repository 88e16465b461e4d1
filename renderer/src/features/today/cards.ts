import type { Role } from '@shared/schema/people';
import type { Catalogue } from '../../i18n';

export type CardCount = keyof Catalogue['today']['cards'];
export type Card = {
  readonly count: CardCount;
  readonly to: string;
  /** Shown to these roles even when nothing waits. */
  readonly always: boolean;
  readonly roles: readonly Role[];
};

/** `calm`: nothing waits of it on a good day, so that its zero is no news. */
const cards: readonly (Omit<Card, 'always'> & { readonly calm?: true })[] = [
  { count: 'conflicts', to: '/sync/conflicts', roles: ['clerk'], calm: true },
  { count: 'toAssign', to: '/incoming?filter=submitted', roles: ['leader'] },
  { count: 'toSign', to: '/sign', roles: ['leader'] },
  { count: 'intake', to: '/intake', roles: ['clerk'] },
  { count: 'arrived', to: '/incoming?filter=arrived', roles: ['clerk'] },
  { count: 'toSubmit', to: '/incoming?filter=registered', roles: ['clerk'] },
  { count: 'toNumber', to: '/outgoing?filter=signed', roles: ['clerk'] },
  { count: 'toIssue', to: '/outgoing?filter=numbered', roles: ['clerk'] },
  { count: 'mine', to: '/incoming?filter=mine', roles: ['officer', 'leader'] },
  { count: 'drafts', to: '/outgoing?filter=draft', roles: ['officer'] },
  { count: 'overdue', to: '/incoming?filter=overdue', roles: ['leader', 'clerk'] },
  { count: 'meetings', to: '/meetings', roles: ['chair', 'secretary'] },
];

/** The cards in the order of a person's day: those of her roles always, the others only while something waits. */
export function cardsFor(roles: readonly Role[]): readonly Card[] {
  const mine = (card: { readonly roles: readonly Role[] }): boolean =>
    card.roles.some((role) => roles.includes(role));
  const ordered = [...cards.filter(mine), ...cards.filter((card) => !mine(card))];
  return ordered.map((card) => ({ ...card, always: mine(card) && card.calm !== true }));
}
