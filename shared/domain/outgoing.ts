import { AppError } from '../result/result';
import type { Outgoing, SigningPlaces } from '../schema/documents';
import { levelWith, type SignatureLevel } from '../schema/signature-state';
import type { FileRef } from '../schema/values';
import { nextEntry, type Sha256 } from './numbering';
import { type Context, createRow, historyPatch, newestFirst, type Plan, patchRow, type Stored } from './plan';
import type { Rise } from './rise';
import { refuseSecret, type SecrecyLevel } from './secrecy';

/** What the drafter fills in. */
export type OutgoingForm = Pick<
  Outgoing,
  | 'type'
  | 'symbol'
  | 'subject'
  | 'urgency'
  | 'signer'
  | 'capacity'
  | 'replyTo'
  | 'receivers'
  | 'otherReceivers'
  | 'copies'
  | 'composition'
  | 'body'
  | 'annexes'
  | 'places'
>;

/** Begins a draft (Điều 10). SECRET_DOCUMENT for Mật and above; MISSING_FIELD without a subject. */
export function draftOutgoing(context: Context, form: OutgoingForm, secrecy: SecrecyLevel): Plan {
  refuseSecret(secrecy);
  if (form.subject.trim() === '') throw new AppError('MISSING_FIELD', 'subject');
  const row: Outgoing = {
    ...form,
    id: context.newId(),
    unit: context.person.unit,
    newestFirst: newestFirst(context.now),
    state: 'draft',
    bookId: '',
    number: 0,
    date: '',
    drafter: context.person.id,
    returnReason: '',
    deliveries: {},
    issuedAt: '',
    history: {
      [context.newId()]: { by: context.person.id, at: context.now, what: 'outgoing.draft', detail: '' },
    },
  };
  return { command: 'outgoing.draft', changes: [createRow('outgoing', row)] };
}

/** Changes a draft. Once submitted it goes back to the drafter before it can change (Điều 11). */
export function editOutgoing(
  context: Context,
  document: Stored<'outgoing'>,
  form: Partial<OutgoingForm>,
): Plan {
  return {
    command: 'outgoing.edit',
    changes: [patchRow('outgoing', document, { ...form, ...historyPatch(context, 'outgoing.edit') })],
  };
}

/** Trình ký. Everything the signer needs must be there: body, signer, subject. */
export function submitOutgoing(context: Context, document: Stored<'outgoing'>): Plan {
  if (document.body === null) throw new AppError('MISSING_FIELD', 'body');
  if (document.body.kind !== 'pdf') throw new AppError('PDF_NOT_PDF', document.body.name);
  if (document.signer === '') throw new AppError('MISSING_FIELD', 'signer');
  const patch = {
    state: 'submitted',
    returnReason: '',
    ...historyPatch(context, 'outgoing.submit'),
  } as const;
  return { command: 'outgoing.submit', changes: [patchRow('outgoing', document, patch)] };
}

/** Trả lại người soạn, with the reason. */
export function returnOutgoing(context: Context, document: Stored<'outgoing'>, reason: string): Plan {
  if (reason.trim() === '') throw new AppError('MISSING_FIELD', 'reason');
  const patch = {
    state: 'draft',
    returnReason: reason,
    ...historyPatch(context, 'outgoing.return', reason),
  } as const;
  return { command: 'outgoing.return', changes: [patchRow('outgoing', document, patch)] };
}

/** Điều 13: the competent person has signed; `signed` is the file with the signature and `places` where things stand. */
export function signOutgoing(
  context: Context,
  document: Stored<'outgoing'>,
  signed: FileRef,
  places: SigningPlaces,
  level: SignatureLevel,
): Plan {
  if (document.signer !== context.person.id) throw new AppError('NOT_ALLOWED', 'signer');
  const patch = {
    state: 'signed',
    body: signed,
    places,
    signature: { level, raisedAt: '' },
    ...historyPatch(context, 'outgoing.sign', signed.sha256),
  } as const;
  return { command: 'outgoing.sign', changes: [patchRow('outgoing', document, patch)] };
}

/** A clerk without the book: the document waits for its number (chờ cấp số). */
export function askForNumber(context: Context, document: Stored<'outgoing'>): Plan {
  const patch = { state: 'waiting-number', ...historyPatch(context, 'outgoing.ask-number') } as const;
  return { command: 'outgoing.ask-number', changes: [patchRow('outgoing', document, patch)] };
}

/**
 * Điều 15: gives number and date after the signature, from the book that this device owns, in ONE operation.
 * Errors: those of `nextEntry`; WRONG_STATE for a document that already has a number.
 */
export async function numberOutgoing(
  context: Context,
  document: Stored<'outgoing'>,
  book: Stored<'books'>,
  date: string,
  sha256: Sha256,
): Promise<Plan> {
  if (document.number !== 0) throw new AppError('WRONG_STATE', document.state);
  const { entry, head } = await nextEntry(
    book,
    { document: document.id, date, by: context.person.id, at: context.now },
    context.device,
    sha256,
  );
  const patch = {
    state: 'numbered',
    number: entry.n,
    bookId: book.id,
    date,
    ...historyPatch(context, 'outgoing.number', String(entry.n)),
  } as const;
  return {
    command: 'outgoing.number',
    changes: [
      patchRow('books', book, head),
      createRow('numbers', entry),
      patchRow('outgoing', document, patch),
    ],
  };
}

/** The file in which number and date have been filled into their reserved places. */
export function fillNumber(context: Context, document: Stored<'outgoing'>, filled: FileRef): Plan {
  const patch = { body: filled, ...historyPatch(context, 'outgoing.fill-number', filled.sha256) };
  return { command: 'outgoing.fill-number', changes: [patchRow('outgoing', document, patch)] };
}

/** Điều 32.2: the organisation has signed, after the person; annexes in files of their own carry their text block. */
export function sealOutgoing(
  context: Context,
  document: Stored<'outgoing'>,
  sealed: FileRef,
  annexes: readonly FileRef[],
  level: SignatureLevel,
): Plan {
  const patch = {
    state: 'sealed',
    body: sealed,
    annexes: [...annexes],
    signature: { level: levelWith(document.signature, level), raisedAt: '' },
    ...historyPatch(context, 'outgoing.seal', sealed.sha256),
  } as const;
  return { command: 'outgoing.seal', changes: [patchRow('outgoing', document, patch)] };
}

/** Điều 18: phát hành to units of the province; MISSING_FIELD when nobody is to receive it. */
export function issueOutgoing(
  context: Context,
  document: Stored<'outgoing'>,
  receivers: readonly string[],
): Plan {
  if (receivers.length === 0 && document.otherReceivers.trim() === '')
    throw new AppError('MISSING_FIELD', 'receivers');
  const patch = {
    state: 'issued',
    receivers: [...receivers],
    issuedAt: context.now,
    ...historyPatch(context, 'outgoing.issue'),
  } as const;
  return { command: 'outgoing.issue', changes: [patchRow('outgoing', document, patch)] };
}

/**
 * The signatures of the document got validation data and timestamps: `raised` is the file that begins with the bytes of
 * `from`. WRONG_STATE when another file stands there meanwhile. What receivers got stays as it was sent.
 */
export function raiseOutgoing(context: Context, document: Stored<'outgoing'>, rise: Rise): Plan {
  if (document.body?.sha256 !== rise.from) throw new AppError('WRONG_STATE', document.state);
  const patch = {
    body: rise.raised,
    signature: { level: rise.level, raisedAt: context.now },
    ...historyPatch(context, 'outgoing.raise', rise.level),
  };
  return { command: 'outgoing.raise', changes: [patchRow('outgoing', document, patch)] };
}
