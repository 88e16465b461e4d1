import { type CommandName, commandTable } from '@shared/domain/command-table';
import type { Book } from '@shared/schema/books';
import type { Outgoing } from '@shared/schema/documents';
import type { Person } from '@shared/schema/people';

/** What can be done to an outgoing document, in the order of the road. */
export const outgoingActions = [
  'edit',
  'submit',
  'sign',
  'return',
  'number',
  'number-last-year',
  'ask-number',
  'acquire-book',
  'fill-number',
  'seal',
  'issue',
] as const;
export type OutgoingAction = (typeof outgoingActions)[number];

export type BookAtHand = {
  readonly held: boolean;
  /** Whether nobody holds the book, so that this device may ask for it. */
  readonly free: boolean;
  /** Whether last year's book is held here and still open, in January. */
  readonly lastYear?: boolean;
};

/** How this year's book stands towards this device. */
export function bookAtHand(book: Pick<Book, 'owner'> | null, held: boolean): BookAtHand {
  return { held, free: book === null || book.owner === '' };
}

/**
 * The actions that a person may take on a document now, the most likely one first. Mirrors the command table, which
 * the domain and the server enforce; a button that would be refused is not offered.
 */
export function actionsFor(document: Outgoing, person: Person | null, book: BookAtHand): OutgoingAction[] {
  if (person === null || !person.active || person.unit !== document.unit) return [];
  const may = (command: CommandName) => commandAllowed(command, document, person);
  switch (document.state) {
    case 'draft':
      return [
        ...when('submit', may('outgoing.submit') && document.body !== null),
        ...when('edit', may('outgoing.edit')),
      ];
    case 'submitted':
      return [
        ...when('sign', may('outgoing.sign') && document.signer === person.id),
        ...when('return', may('outgoing.return')),
      ];
    case 'signed':
    case 'waiting-number':
      return [
        ...when('number', book.held && may('outgoing.number')),
        ...when('number-last-year', book.lastYear === true && may('outgoing.number')),
        ...when('acquire-book', !book.held && book.free && may('outgoing.number')),
        ...when('ask-number', !book.held && may('outgoing.ask-number')),
      ];
    case 'numbered':
      return isFilled(document)
        ? when('seal', may('outgoing.seal'))
        : when('fill-number', may('outgoing.fill-number'));
    case 'sealed':
      return when('issue', may('outgoing.issue'));
    case 'issued':
    case 'cancelled':
      return [];
  }
}

/** Whether a person may begin a draft (Điều 10). */
export function mayDraft(person: Person | null): boolean {
  const roles: readonly string[] = commandTable['outgoing.draft'].roles;
  return person?.active === true && person.roles.some((role) => roles.includes(role));
}

/** Whether number and date stand in the file: its present form is the one that the filling made. */
export function isFilled(document: Pick<Outgoing, 'history' | 'body'>): boolean {
  const { body } = document;
  return (
    body !== null &&
    Object.values(document.history).some(
      ({ what, detail }) => what === 'outgoing.fill-number' && detail === body.sha256,
    )
  );
}

/** Fields that must be there before a document can be submitted, in the order of the form (Điều 10, 13). */
export function missingForSubmit(
  document: Pick<Outgoing, 'type' | 'symbol' | 'subject' | 'signer' | 'body' | 'otherReceivers'> & {
    readonly receivers: readonly string[];
  },
): readonly ('type' | 'symbol' | 'subject' | 'signer' | 'receivers' | 'body')[] {
  const nobody = document.receivers.length === 0 && document.otherReceivers.trim() === '';
  return [
    ...when('type', document.type.trim() === ''),
    ...when('symbol', document.symbol.trim() === ''),
    ...when('subject', document.subject.trim() === ''),
    ...when('signer', document.signer === ''),
    ...when('receivers', nobody),
    ...when('body', document.body === null || document.body.kind !== 'pdf'),
  ];
}

function commandAllowed(command: CommandName, document: Outgoing, person: Person): boolean {
  const rule = commandTable[command];
  const touch = 'outgoing' in rule.touches ? rule.touches.outgoing : null;
  const from: readonly string[] | null = touch !== null && 'from' in touch ? touch.from : null;
  const roles: readonly string[] = rule.roles;
  return (
    (from === null || from.includes(document.state)) && person.roles.some((role) => roles.includes(role))
  );
}

function when<const T>(value: T, condition: boolean): T[] {
  return condition ? [value] : [];
}
