import { AppError } from '../../result/result';
import {
  isArray,
  isDict,
  isRef,
  isString,
  type PdfRef,
  pdfDict,
  pdfText,
  textOf,
  withEntries,
} from '../pdf/pdf-objects';
import { addToForm } from './form-writer';
import type { IncrementalUpdate } from './incremental-update';

/** The root group of a partial name, added if the form has none. Throws FIELD_NOT_FOUND when a field has that name. */
export async function fieldGroup(update: IncrementalUpdate, name: string): Promise<PdfRef> {
  const { document } = update;
  const form = await document.dict((await document.catalog()).get('AcroForm'));
  for (const ref of (await document.array(form?.get('Fields'))) ?? []) {
    const dict = await document.dict(ref);
    const partial = await document.resolve(dict?.get('T'));
    if (!isRef(ref) || !dict || !isString(partial) || textOf(partial) !== name) continue;
    if (dict.has('FT') || !dict.has('Kids')) throw new AppError('FIELD_NOT_FOUND', name);
    return ref;
  }
  const group = update.add(pdfDict({ T: pdfText(name), Kids: [] }));
  await addToForm(update, [group], (form) => form);
  return group;
}

/** Appends a field to a group; where /Kids is an object of its own, only that object changes. */
export async function addKid(update: IncrementalUpdate, group: PdfRef, kid: PdfRef): Promise<void> {
  const dict = await update.current(group);
  if (!isDict(dict)) throw new AppError('PDF_MALFORMED', 'field group');
  const place = dict.get('Kids');
  const kids = isRef(place) ? await update.current(place) : (place ?? null);
  if (!isArray(kids)) throw new AppError('PDF_MALFORMED', 'field group');
  if (isRef(place)) update.set(place, [...kids, kid]);
  else update.set(group, withEntries(dict, { Kids: [...kids, kid] }));
}
