import { closingObstacles } from '@shared/domain/book-series';
import { awaitedNumbers } from '@shared/domain/handover';
import type { Book } from '@shared/schema/books';
import type { Person } from '@shared/schema/people';

/** What can be done with a book, in the order of the buttons. */
export const keepingActions = [
  'take',
  'hand-over',
  'give-back',
  'answer',
  'void',
  'edit',
  'close',
  'slip',
  'take-over',
  'break-glass',
  'declare-lost',
] as const;
export type KeepingAction = (typeof keepingActions)[number];

/**
 * The actions that a person at this device has on a book. Mirrors the command table and the rules of the server: a button
 * that would be refused is not offered.
 */
export function actionsOf(
  book: Book,
  device: string,
  person: Person | null,
  today: string,
): readonly KeepingAction[] {
  if (person === null || !person.active || person.unit !== book.unit || book.closed !== undefined) return [];
  const clerk = person.roles.includes('clerk');
  const staff = clerk || person.roles.includes('admin');
  const here = book.owner === device;
  const elsewhere = book.owner !== '' && !here;
  const offered: Readonly<Record<KeepingAction, boolean>> = {
    take: clerk && book.owner === '',
    'hand-over': clerk && here,
    'give-back': clerk && here,
    answer: clerk && here && book.kind === 'outgoing',
    void: clerk,
    edit: staff,
    // Not by a slip of the hand in the middle of a year: nothing opens a closed book again.
    close: clerk && here && maySettle(book) && today >= `${book.year}-12-01`,
    slip: clerk && gaveAway(book, device),
    'take-over': clerk && !here,
    'break-glass': clerk && elsewhere,
    'declare-lost': clerk && awaitedNumbers(book).length > 0,
  };
  return keepingActions.filter((action) => offered[action]);
}

/** Whether the year can be closed: every number is there, cancelled, written from paper or explained. */
export function maySettle(book: Book): boolean {
  const { awaited, unexplained } = closingObstacles(book);
  return awaited.length + unexplained.length === 0;
}

/** Whether this device gave the book to its present owner: its slip may be needed again. */
function gaveAway(book: Book, device: string): boolean {
  const last = book.handovers?.[String(book.epoch - 1)];
  return last?.kind === 'device' && last.from === device && last.to !== '';
}
