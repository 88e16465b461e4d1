import type { PdfDocument } from '../pdf/pdf-document';
import { isArray, isDict, isRef, type PdfDict } from '../pdf/pdf-objects';
import type { PdfPage } from '../pdf/pdf-pages';
import type { PreSignWarningCode, Warnings } from './warning';

/** Actions that do more than move within the document (ISO 32000-1, table 198). */
const codeOfAction: ReadonlyMap<string | null, PreSignWarningCode> = new Map([
  ['JavaScript', 'JAVASCRIPT'],
  ['Launch', 'LAUNCH_ACTION'],
  ['URI', 'URI_ACTION'],
  ['SubmitForm', 'SUBMIT_FORM_ACTION'],
  ['GoToR', 'OTHER_ACTION'],
  ['GoToE', 'OTHER_ACTION'],
  ['GoTo3DView', 'OTHER_ACTION'],
  ['ImportData', 'OTHER_ACTION'],
  ['Movie', 'OTHER_ACTION'],
  ['Rendition', 'OTHER_ACTION'],
  ['RichMediaExecute', 'OTHER_ACTION'],
  ['Sound', 'OTHER_ACTION'],
  ['Trans', 'OTHER_ACTION'],
]);
const maxChain = 20;

/** The warning for a dictionary if it is an action that does more than move within the document. */
export function codeOfActionType(type: string | null): PreSignWarningCode | null {
  return codeOfAction.get(type) ?? null;
}

/** Actions on opening and on events of document and pages, and the actions of annotations with their places. */
export async function warnOfActions(
  document: PdfDocument,
  pages: readonly PdfPage[],
  warnings: Warnings,
): Promise<void> {
  const catalog = await document.catalog();
  const opening = await document.resolve(catalog.get('OpenAction'));
  if (isDict(opening)) {
    const type = await document.name(opening.get('S'));
    if (type !== 'GoTo') warnings.add('OPEN_ACTION', type ?? 'action');
    await warnOfChain(document, opening, null, null, warnings);
  }
  if (catalog.has('AA')) warnings.add('ADDITIONAL_ACTIONS', 'catalog');
  for (const [index, page] of pages.entries()) {
    if (page.dict.has('AA')) warnings.add('ADDITIONAL_ACTIONS', 'page', index);
    for (const item of (await document.array(page.dict.get('Annots'))) ?? []) {
      const annotation = await document.dict(item);
      if (annotation === null) continue;
      const rect = await document.rectangle(annotation.get('Rect'));
      if (annotation.has('AA')) warnings.add('ADDITIONAL_ACTIONS', 'annotation', index, rect);
      const action = await document.dict(annotation.get('A'));
      if (action !== null) await warnOfChain(document, action, index, rect, warnings);
    }
  }
}

/** An action and those that follow it by /Next. */
async function warnOfChain(
  document: PdfDocument,
  first: PdfDict,
  page: number | null,
  rect: readonly number[] | null,
  warnings: Warnings,
): Promise<void> {
  const pending: PdfDict[] = [first];
  for (let count = 0; count < maxChain; count += 1) {
    const action = pending.pop();
    if (action === undefined) return;
    const type = await document.name(action.get('S'));
    const code = codeOfActionType(type);
    if (code !== null) warnings.add(code, type ?? '', page, rect);
    const next = action.get('Next');
    const following = isRef(next) ? await document.resolve(next) : next;
    for (const item of isArray(following) ? following : [following ?? null]) {
      const dict = await document.dict(item);
      if (dict !== null) pending.push(dict);
    }
  }
}
