import { AppError } from '../result/result';
import type { NumberEntry } from '../schema/books';
import type { Outgoing } from '../schema/documents';
import { slipLine, slipParts } from './slips';

/** A slip with the signature of the machine that wrote it; `text` is what was signed. */
type Signed = { readonly device: string; readonly text: string; readonly proof: string };

/** Yêu cầu cấp số: a machine without the book asks the one that holds it, with no server between them. */
export type NumberRequestSlip = Signed & {
  readonly unit: string;
  readonly document: string;
  readonly type: string;
  readonly symbol: string;
  readonly subject: string;
  readonly at: string;
};

/** Số đã cấp: the answer, with the entry that stands in the book. */
export type IssuedNumberSlip = Signed & {
  readonly book: string;
  readonly n: number;
  readonly date: string;
  readonly document: string;
  readonly hash: string;
};

const requestMark = 'CVXINSO';
const issuedMark = 'CVDACAP';

/** The text of a request, to be signed by the machine that asks. */
export function requestText(
  document: Pick<Outgoing, 'id' | 'unit' | 'type' | 'symbol' | 'subject'>,
  device: string,
  at: string,
): string {
  const { id, unit, type, symbol, subject } = document;
  return slipLine([requestMark, unit, id, type, symbol, subject.slice(0, 200), device, at]);
}

/** The text of an answer, to be signed by the machine that holds the book. */
export function issuedText(entry: NumberEntry, device: string): string {
  const { book, n, date, document, hash } = entry;
  return slipLine([issuedMark, book, n, date, document, hash, device]);
}

/** A slip as it is handed over. */
export function signedSlip(text: string, proof: string): string {
  return `${text}|${proof}`;
}

/** Reads a request; BOOK_TOKEN_INVALID for anything else. Whether the signature is genuine is asked apart. */
export function readNumberRequest(slip: string): NumberRequestSlip {
  const [mark, unit, document, type, symbol, subject, device, at, proof, ...more] = slipParts(slip);
  if (mark !== requestMark || proof === undefined || more.length > 0) throw unreadable();
  return {
    ...bodyOf(slip),
    unit: filled(unit),
    document: filled(document),
    type: type ?? '',
    symbol: symbol ?? '',
    subject: subject ?? '',
    device: filled(device),
    at: at ?? '',
    proof,
  };
}

/** Reads an answer; BOOK_TOKEN_INVALID for anything else. Whether the signature is genuine is asked apart. */
export function readIssuedNumber(slip: string): IssuedNumberSlip {
  const [mark, book, n, date, document, hash, device, proof, ...more] = slipParts(slip);
  if (mark !== issuedMark || proof === undefined || more.length > 0) throw unreadable();
  if (!/^[1-9]\d{0,5}$/.test(n ?? '') || !/^\d{4}-\d{2}-\d{2}$/.test(date ?? '')) throw unreadable();
  return {
    ...bodyOf(slip),
    book: filled(book),
    n: Number(n),
    date: filled(date),
    document: filled(document),
    hash: filled(hash),
    device: filled(device),
    proof,
  };
}

function bodyOf(slip: string): { readonly text: string } {
  const line = slip.trim();
  return { text: line.slice(0, line.lastIndexOf('|')) };
}

function filled(part: string | undefined): string {
  if (part === undefined || part === '') throw unreadable();
  return part;
}

const unreadable = () => new AppError('BOOK_TOKEN_INVALID', 'slip');
