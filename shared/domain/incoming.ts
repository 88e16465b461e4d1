import { AppError } from '../result/result';
import type { Assignment, Incoming, SignatureSummary } from '../schema/documents';
import { nextEntry, type Sha256 } from './numbering';
import {
  type Context,
  changedFields,
  createRow,
  historyPatch,
  newestFirst,
  type Plan,
  patchRow,
  type Stored,
} from './plan';
import { refuseSecret, type SecrecyLevel } from './secrecy';
import { duplicateKey } from './symbols';

/** What the clerk types while registering: the fields of Appendix VI that are hers to fill. */
export type IncomingForm = Pick<
  Incoming,
  | 'number'
  | 'symbol'
  | 'date'
  | 'issuer'
  | 'type'
  | 'subject'
  | 'signerName'
  | 'signerPosition'
  | 'urgency'
  | 'pages'
  | 'paperPlace'
  | 'dueDate'
  | 'note'
> & { readonly secrecy: SecrecyLevel };

export type RegisterRequest = {
  readonly form: IncomingForm;
  readonly arrivalDate: string;
  readonly book: Stored<'books'>;
  /** The intake item that is being registered, or null for a document with no file. */
  readonly intake: Stored<'intake'> | null;
  /** The document that arrived through the exchange, or null for one that came on paper or as a file. */
  readonly arrived: Stored<'incoming'> | null;
};

/**
 * Registers an incoming document: the row, its số đến and the head of the book in ONE operation, so that a crash leaves
 * either all of it or nothing (Điều 22: one consecutive series a year in the order of receipt).
 *
 * Errors: SECRET_DOCUMENT, MISSING_FIELD, WRONG_STATE (the file was purged), and those of `nextEntry`.
 */
export async function registerIncoming(
  context: Context,
  request: RegisterRequest,
  sha256: Sha256,
): Promise<Plan> {
  const { secrecy, ...fields } = request.form;
  refuseSecret(secrecy);
  if (request.intake?.state === 'purged') throw new AppError('WRONG_STATE', 'intake');
  if (fields.subject.trim() === '') throw new AppError('MISSING_FIELD', 'subject');
  if (fields.issuer.trim() === '') throw new AppError('MISSING_FIELD', 'issuer');
  const id = request.arrived?.id ?? context.newId();
  const { entry, head } = await nextEntry(
    request.book,
    { document: id, date: request.arrivalDate, by: context.person.id, at: context.now },
    context.device,
    sha256,
  );
  const registration = {
    ...fields,
    state: 'registered' as const,
    bookId: request.book.id,
    arrivalNumber: entry.n,
    arrivalDate: request.arrivalDate,
    duplicateKey: duplicateKey(fields.number, fields.symbol, fields.issuer),
    ...historyPatch(context, 'incoming.register', String(entry.n)),
  };
  const document =
    request.arrived === null
      ? createRow('incoming', newIncoming(context, id, registration, request.intake))
      : patchRow('incoming', request.arrived, registration);
  const changes = [patchRow('books', request.book, head), createRow('numbers', entry), document];
  if (request.intake !== null)
    changes.push(patchRow('intake', request.intake, { state: 'registered', incomingId: id }));
  return { command: 'incoming.register', changes };
}

function newIncoming(
  context: Context,
  id: string,
  registration: Partial<Incoming> & Record<string, unknown>,
  intake: Stored<'intake'> | null,
): Incoming {
  const history: Incoming['history'] = {};
  const fields: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(registration)) {
    if (path.startsWith('history.'))
      history[path.slice('history.'.length)] = value as Incoming['history'][string];
    else fields[path] = value;
  }
  return {
    ...(fields as Omit<Incoming, 'id'>),
    id,
    unit: context.person.unit,
    newestFirst: newestFirst(context.now),
    files: intake?.file ? [intake.file] : [],
    exchangeFrom: '',
    exchangeOutgoing: '',
    submittedTo: '',
    assignment: null,
    opinions: {},
    returnReason: '',
    result: '',
    signatures: {},
    history,
  };
}

/**
 * Corrects registered fields; number in the book and day of arrival never change. `opened` is the document as it was when
 * the form was opened: only what was changed since is written.
 */
export function correctIncoming(context: Context, opened: Stored<'incoming'>, form: IncomingForm): Plan {
  const { secrecy, ...fields } = form;
  refuseSecret(secrecy);
  const written = { ...fields, duplicateKey: duplicateKey(fields.number, fields.symbol, fields.issuer) };
  const patch = { ...changedFields(opened, written), ...historyPatch(context, 'incoming.correct') };
  return { command: 'incoming.correct', changes: [patchRow('incoming', opened, patch)] };
}

/** Điều 23: trình người có thẩm quyền. */
export function submitIncoming(context: Context, document: Stored<'incoming'>, leader: string): Plan {
  const patch = {
    state: 'submitted',
    submittedTo: leader,
    ...historyPatch(context, 'incoming.submit', leader),
  } as const;
  return { command: 'incoming.submit', changes: [patchRow('incoming', document, patch)] };
}

/**
 * Bút phê: the leader's opinion with exactly one chủ trì, others phối hợp or nhận để biết, and a deadline (Điều 23.2).
 * MISSING_FIELD without a person in the lead.
 */
export function assignIncoming(
  context: Context,
  document: Stored<'incoming'>,
  text: string,
  assignment: Assignment,
): Plan {
  if (assignment.lead === '') throw new AppError('MISSING_FIELD', 'lead');
  const patch = {
    state: 'assigned',
    assignment,
    dueDate: assignment.due,
    [`opinions.${context.newId()}`]: { by: context.person.id, at: context.now, text },
    ...historyPatch(context, 'incoming.assign', assignment.lead),
  } as const;
  return { command: 'incoming.assign', changes: [patchRow('incoming', document, patch)] };
}

/** The person in the lead begins. */
export function startIncoming(context: Context, document: Stored<'incoming'>): Plan {
  const patch = { state: 'in-progress', ...historyPatch(context, 'incoming.start') } as const;
  return { command: 'incoming.start', changes: [patchRow('incoming', document, patch)] };
}

/** Closes the handling with its result (Điều 24). */
export function finishIncoming(context: Context, document: Stored<'incoming'>, result: string): Plan {
  const patch = { state: 'done', result, ...historyPatch(context, 'incoming.finish') } as const;
  return { command: 'incoming.finish', changes: [patchRow('incoming', document, patch)] };
}

/** An opinion that does not move the document. */
export function commentIncoming(context: Context, document: Stored<'incoming'>, text: string): Plan {
  if (text.trim() === '') throw new AppError('MISSING_FIELD', 'text');
  const patch = {
    [`opinions.${context.newId()}`]: { by: context.person.id, at: context.now, text },
    ...historyPatch(context, 'incoming.comment'),
  };
  return { command: 'incoming.comment', changes: [patchRow('incoming', document, patch)] };
}

/** Điều 21.2: trả lại nơi gửi, with the reason that the sender will read. */
export function returnIncoming(context: Context, document: Stored<'incoming'>, reason: string): Plan {
  if (reason.trim() === '') throw new AppError('MISSING_FIELD', 'reason');
  const patch = {
    state: 'returned',
    returnReason: reason,
    ...historyPatch(context, 'incoming.return'),
  } as const;
  return { command: 'incoming.return', changes: [patchRow('incoming', document, patch)] };
}

/** Keeps what the check of a file's signatures said beside the document. */
export function recordSignatureCheck(document: Stored<'incoming'>, summary: SignatureSummary): Plan {
  return {
    command: 'incoming.checked',
    changes: [patchRow('incoming', document, { [`signatures.${summary.sha256}`]: summary })],
  };
}
