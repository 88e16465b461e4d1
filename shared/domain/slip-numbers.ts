import { AppError } from '../result/result';
import type { NumberEntry } from '../schema/books';
import { type IssuedNumberSlip, type NumberRequestSlip, signedSlip } from './number-slips';
import { nextEntry, parseBookId, type Sha256 } from './numbering';
import { type Context, createRow, historyPatch, type Plan, patchRow, type Stored } from './plan';

/** Whether a slip bears the signature of the machine that it names. */
type Genuine = (slip: {
  readonly device: string;
  readonly text: string;
  readonly proof: string;
}) => Promise<boolean>;

/**
 * Cấp số theo phiếu (Điều 15): gives the number that another machine of the office asked for. The document may be unknown
 * here; its row follows from there. Errors: BOOK_TOKEN_INVALID for a forged or foreign slip, those of `nextEntry`.
 */
export async function numberBySlip(
  context: Context,
  book: Stored<'books'>,
  slip: NumberRequestSlip,
  date: string,
  tools: { readonly genuine: Genuine; readonly sha256: Sha256 },
): Promise<{ readonly plan: Plan; readonly entry: NumberEntry }> {
  if (slip.unit !== book.unit || book.kind !== 'outgoing' || !(await tools.genuine(slip)))
    throw new AppError('BOOK_TOKEN_INVALID', slip.device);
  const { entry, head } = await nextEntry(
    book,
    { document: slip.document, date, by: context.person.id, at: context.now },
    context.device,
    tools.sha256,
  );
  const changes = [patchRow('books', book, head), createRow('numbers', entry)];
  return { plan: { command: 'book.number-for', changes }, entry };
}

/**
 * Writes the number of an answer slip into the document that waits for it. Errors: BOOK_TOKEN_INVALID for a forged slip or
 * one for another document; WRONG_STATE when the document has a number.
 */
export async function takeNumber(
  context: Context,
  document: Stored<'outgoing'>,
  slip: IssuedNumberSlip,
  genuine: Genuine,
): Promise<Plan> {
  if (document.number !== 0) throw new AppError('WRONG_STATE', document.state);
  const fits = slip.document === document.id && parseBookId(slip.book)?.unit === document.unit;
  if (!fits || !(await genuine(slip))) throw new AppError('BOOK_TOKEN_INVALID', slip.device);
  const patch = {
    state: 'numbered',
    number: slip.n,
    bookId: slip.book,
    date: slip.date,
    numberProof: signedSlip(slip.text, slip.proof),
    ...historyPatch(context, 'outgoing.take-number', String(slip.n)),
  } as const;
  return { command: 'outgoing.take-number', changes: [patchRow('outgoing', document, patch)] };
}
