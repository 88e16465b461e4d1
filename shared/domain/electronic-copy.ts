import { AppError } from '../result/result';
import type { CopyForm } from '../schema/signature-state';
import type { FileRef } from '../schema/values';
import { nextEntry, type Sha256 } from './numbering';
import { type Context, createRow, historyPatch, type Plan, patchRow, type Stored } from './plan';

/** A copy that the organisation has signed, and the file it was made from. */
export type NewCopy = { readonly form: CopyForm; readonly file: FileRef; readonly of: string };

/**
 * Keeps an electronic copy (Điều 25, 26) with the incoming document it was made from. NOT_FOUND when that file is not
 * one of the document's: a copy of something else must not appear under it.
 */
export function keepIncomingCopy(context: Context, document: Stored<'incoming'>, copy: NewCopy): Plan {
  refuseForeign(document.files, copy);
  return {
    command: 'incoming.copy',
    changes: [patchRow('incoming', document, copyPatch(context, 'incoming.copy', copy))],
  };
}

/** Keeps an electronic copy with the issued document it was made from. Errors: NOT_FOUND, WRONG_STATE before the issue. */
export function keepOutgoingCopy(context: Context, document: Stored<'outgoing'>, copy: NewCopy): Plan {
  if (document.state !== 'issued') throw new AppError('WRONG_STATE', document.state);
  refuseForeign(document.body === null ? document.annexes : [document.body, ...document.annexes], copy);
  return {
    command: 'outgoing.copy',
    changes: [patchRow('outgoing', document, copyPatch(context, 'outgoing.copy', copy))],
  };
}

function refuseForeign(files: readonly FileRef[], { of }: NewCopy): void {
  if (!files.some(({ sha256 }) => sha256 === of)) throw new AppError('NOT_FOUND', of);
}

function copyPatch(context: Context, what: string, { form, file, of }: NewCopy) {
  return {
    [`electronicCopies.${context.newId()}`]: { form, file, of, at: context.now, by: context.person.id },
    ...historyPatch(context, what, form),
  };
}

/** Chữ viết tắt of the forms of copies, which begin their symbol (Phụ lục III). */
const abbreviations: Readonly<Record<CopyForm, string>> = {
  'sao-y': 'SY',
  'sao-luc': 'SL',
  'trich-sao': 'TrS',
};

/** Ký hiệu of a copy: `SY-LĐLĐ`. */
export function copySymbol(form: CopyForm, issuerSymbol: string): string {
  return `${abbreviations[form]}-${issuerSymbol}`;
}

/** A document with its copies, in either collection. */
export type Copied =
  | { readonly coll: 'incoming'; readonly row: Stored<'incoming'> }
  | { readonly coll: 'outgoing'; readonly row: Stored<'outgoing'> };

/**
 * Cấp số bản sao: all forms of copies share one series a year (Phụ lục I, Phần II). `symbol` is the unit's. The book shows
 * the copy by what stands in its entry. Errors: NOT_FOUND (no such copy), WRONG_STATE (numbered already), those of `nextEntry`.
 */
export async function numberCopy(
  context: Context,
  { coll, row }: Copied,
  id: string,
  book: Stored<'books'>,
  given: { readonly date: string; readonly symbol: string },
  sha256: Sha256,
): Promise<Plan> {
  const copy = row.electronicCopies?.[id];
  if (copy === undefined) throw new AppError('NOT_FOUND', id);
  if (copy.number !== undefined) throw new AppError('WRONG_STATE', String(copy.number));
  const by = context.person.id;
  const request = { document: id, date: given.date, by, at: context.now };
  const { entry, head } = await nextEntry(book, request, context.device, sha256);
  const paper = {
    symbol: copySymbol(copy.form, given.symbol),
    subject: row.subject,
    party: '',
    by,
    at: context.now,
  };
  const command = `${coll}.number-copy` as const;
  const patch = {
    [`electronicCopies.${id}`]: { ...copy, number: entry.n, bookId: book.id, date: given.date },
    ...historyPatch(context, command, String(entry.n)),
  };
  const changed = coll === 'incoming' ? patchRow(coll, row, patch) : patchRow(coll, row, patch);
  return {
    command,
    changes: [patchRow('books', book, head), createRow('numbers', { ...entry, paper }), changed],
  };
}
