import { AppError } from '../result/result';
import type { CopyForm } from '../schema/signature-state';
import type { FileRef } from '../schema/values';
import { type Context, historyPatch, type Plan, patchRow, type Stored } from './plan';

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
