import type { PdfDocument } from '../pdf/pdf-document';
import { innerValues, isDict, isName, isStream, type PdfDict, type PdfValue } from '../pdf/pdf-objects';
import type { PdfPage } from '../pdf/pdf-pages';
import { codeOfActionType } from './actions';
import type { Warnings } from './warning';

const maxObjects = 200_000;
const maxNesting = 40;

/**
 * Looks at every object that the cross-reference defines, also those that nothing refers to: what lies unused in a
 * signed file is what a later revision brings to light (shadow attacks).
 */
export async function warnOfObjects(
  document: PdfDocument,
  pages: readonly PdfPage[],
  warnings: Warnings,
): Promise<void> {
  const shown = new Set(pages.map(({ ref }) => ref.num));
  let count = 0;
  for (const [num, entry] of document.entries) {
    if (entry.type === 'free') continue;
    count += 1;
    if (count > maxObjects) return warnings.add('NOT_FULLY_INSPECTED', `objects after ${maxObjects}`);
    const value = await document.fetch(num);
    if (isUnusedPage(value) && !shown.has(num))
      warnings.add('HIDDEN_CONTENT', `page object ${num} in no page tree`);
    warnOfValue(value, warnings, 0);
  }
}

function isUnusedPage(value: PdfValue): boolean {
  return isDict(value) && nameIn(value, 'Type') === 'Page' && value.has('Contents');
}

function warnOfValue(value: PdfValue, warnings: Warnings, depth: number): void {
  if (depth > maxNesting) return;
  if (isStream(value) && value.dict.has('F')) warnings.add('EXTERNAL_STREAMS', '/F');
  if (isDict(value)) warnOfDictionary(value, warnings);
  for (const [, inner] of innerValues(value))
    if (typeof inner === 'object' && inner !== null) warnOfValue(inner, warnings, depth + 1);
}

function warnOfDictionary(dict: PdfDict, warnings: Warnings): void {
  const code = codeOfActionType(nameIn(dict, 'S'));
  // The page and place of an action on an annotation are known already.
  if (code !== null && !warnings.has(code)) warnings.add(code, nameIn(dict, 'S') ?? '');
  if (dict.has('JS') && !warnings.has('JAVASCRIPT')) warnings.add('JAVASCRIPT', '/JS');
  if (dict.has('EF')) warnings.add('EMBEDDED_FILES', '/EF');
}

function nameIn(dict: PdfDict, key: string): string | null {
  const value = dict.get(key);
  return isName(value) ? value.name : null;
}
