import { symbolBy } from '@shared/domain/book-series';
import { defaultSymbol } from '@shared/domain/document-types';
import type { OutgoingForm } from '@shared/domain/outgoing';
import type { SecrecyLevel } from '@shared/domain/secrecy';
import { AppError } from '@shared/result/result';
import type { Book } from '@shared/schema/books';
import {
  compositionSchema,
  type Incoming,
  type Outgoing,
  type SigningPlaces,
} from '@shared/schema/documents';
import type { Person, Unit } from '@shared/schema/people';
import type { FileRef, Urgency } from '@shared/schema/values';
import { printedOutgoing } from '../../i18n/printed-outgoing';
import { usualCapacity } from './authority-lines';
import { splitLines } from './official-document';

/** A typeset draft and the text that it was made from. */
export type MadeBody = {
  readonly file: FileRef;
  readonly places: SigningPlaces | null;
  readonly key: string;
};

/** The drafting form as it stands on the screen. */
export type DraftValues = {
  readonly type: string;
  readonly symbol: string;
  /** The symbol was typed by hand and no longer follows the type. */
  readonly ownSymbol: boolean;
  readonly subject: string;
  readonly urgency: Urgency;
  readonly secrecy: SecrecyLevel;
  readonly signer: string;
  readonly capacity: string;
  readonly replyTo: string;
  readonly receivers: readonly string[];
  readonly otherReceivers: string;
  readonly copies: string;
  readonly bodyKind: 'attached' | 'composed';
  readonly attached: FileRef | null;
  readonly addressee: string;
  /** One a line. */
  readonly bases: string;
  readonly paragraphs: string;
  readonly made: MadeBody | null;
  readonly annexes: readonly FileRef[];
};

const firstType = printedOutgoing.letter;

/** The empty form of a unit. */
export function emptyDraft(unit: Pick<Unit, 'symbol'>): DraftValues {
  return {
    type: firstType,
    symbol: defaultSymbol(firstType, unit.symbol),
    ownSymbol: false,
    subject: '',
    urgency: 'normal',
    secrecy: 'none',
    signer: '',
    capacity: '',
    replyTo: '',
    receivers: [],
    otherReceivers: '',
    copies: '1',
    bodyKind: 'attached',
    attached: null,
    addressee: '',
    bases: '',
    paragraphs: '',
    made: null,
    annexes: [],
  };
}

/** The form of a stored draft. */
export function draftOf(document: Outgoing): DraftValues {
  const { composition } = document;
  const values: DraftValues = {
    type: document.type,
    symbol: document.symbol,
    ownSymbol: true,
    subject: document.subject,
    urgency: document.urgency,
    secrecy: 'none',
    signer: document.signer,
    capacity: document.capacity,
    replyTo: document.replyTo,
    receivers: document.receivers,
    otherReceivers: document.otherReceivers,
    copies: String(document.copies),
    bodyKind: composition === null ? 'attached' : 'composed',
    attached: composition === null ? document.body : null,
    addressee: composition?.addressee ?? '',
    bases: (composition?.bases ?? []).join('\n'),
    paragraphs: (composition?.paragraphs ?? []).join('\n'),
    made: null,
    annexes: document.annexes,
  };
  if (composition === null || document.body === null) return values;
  return { ...values, made: { file: document.body, places: document.places, key: textKey(values) } };
}

/** A new draft on the file of a received document. */
export function draftFromFile(unit: Pick<Unit, 'symbol'>, file: FileRef): DraftValues {
  return { ...emptyDraft(unit), attached: file };
}

/** A new draft that answers an incoming document: addressed to its sender. */
export function draftReply(unit: Pick<Unit, 'symbol'>, incoming: Incoming): DraftValues {
  const throughExchange = incoming.exchangeFrom !== '';
  return {
    ...emptyDraft(unit),
    bodyKind: 'composed',
    replyTo: incoming.id,
    urgency: incoming.urgency,
    addressee: incoming.issuer,
    receivers: throughExchange ? [incoming.exchangeFrom] : [],
    otherReceivers: throughExchange ? '' : incoming.issuer,
  };
}

/** The form after the type was chosen: the symbol follows its book's rule or Phụ lục III, until it is typed by hand. */
export function withType(
  values: DraftValues,
  type: string,
  unit: Pick<Unit, 'symbol'>,
  book: Pick<Book, 'symbol'> = {},
): DraftValues {
  if (values.ownSymbol) return { ...values, type };
  return { ...values, type, symbol: symbolBy(book, type) || defaultSymbol(type, unit.symbol) };
}

/** The form after the signer was chosen: with the capacity that goes with the office. */
export function withSigner(values: DraftValues, signer: Pick<Person, 'id' | 'position'> | null): DraftValues {
  return signer === null
    ? { ...values, signer: '', capacity: '' }
    : { ...values, signer: signer.id, capacity: usualCapacity(signer) };
}

/** Everything that the typeset page shows: when it changes, the page is out of date. */
export function textKey(values: DraftValues): string {
  const { type, symbol, subject, urgency, signer, capacity, receivers, otherReceivers } = values;
  const { addressee, bases, paragraphs } = values;
  return JSON.stringify([
    type,
    symbol,
    subject,
    urgency,
    signer,
    capacity,
    receivers,
    otherReceivers,
    addressee,
    bases,
    paragraphs,
  ]);
}

/** Whether a composed draft has a text to be set. */
export function hasText(values: DraftValues): boolean {
  return values.bodyKind === 'composed' && values.paragraphs.trim() !== '';
}

/** The page that the reader shows beside the form. */
export function pageOf(values: DraftValues): FileRef | null {
  return values.bodyKind === 'attached' ? values.attached : (values.made?.file ?? null);
}

/**
 * What is stored of the form. INVALID_INPUT (detail: composition) when a paragraph or basis is longer than a record
 * may hold.
 */
export function formOf(values: DraftValues): OutgoingForm {
  const composed = values.bodyKind === 'composed';
  const composition = compositionSchema.safeParse({
    addressee: values.addressee.trim(),
    bases: splitLines(values.bases),
    paragraphs: splitLines(values.paragraphs),
  });
  if (composed && !composition.success) throw new AppError('INVALID_INPUT', 'composition');
  const page = pageOf(values);
  return {
    type: values.type.trim(),
    symbol: values.symbol.trim(),
    subject: values.subject.trim(),
    urgency: values.urgency,
    signer: values.signer,
    capacity: values.capacity,
    replyTo: values.replyTo,
    receivers: [...values.receivers],
    otherReceivers: values.otherReceivers.trim(),
    copies: Math.max(0, Number.parseInt(values.copies, 10) || 0),
    composition: composed ? (composition.data ?? null) : null,
    body: composed && !hasText(values) ? null : page,
    annexes: [...values.annexes],
    places: composed ? (values.made?.places ?? null) : null,
  };
}
