import { AppError } from '../../result/result';
import type { FontFiles } from '../appearance/drawing';
import { uprightMatrix } from '../appearance/placement';
import { dateAfterDayWord, printedDate } from '../appearance/printed-texts';
import { type FieldLock, type FormField, isLocked, readFieldLocks, readFields } from '../pdf/pdf-fields';
import { pdfDict, pdfText, withEntries } from '../pdf/pdf-objects';
import type { ByteSink, ByteSource, CryptoPort } from '../ports';
import { buildFieldAppearance } from './form-writer';
import { copySource, IncrementalUpdate } from './incremental-update';
import { openForUpdate, type UpdatableDocument } from './open-document';
import { fieldNames } from './prepare';

export type FillOptions = {
  readonly crypto: CryptoPort;
  readonly fonts: FontFiles;
  /** As it is to be read, e.g. "35" before a printed symbol, or "35/KH-LĐLĐ". */
  readonly number: string;
  /** YYYY-MM-DD. */
  readonly date: string;
};

export type Filled = { readonly fields: readonly string[]; readonly bytesAdded: number };

/**
 * Writes number and date into the prepared fields of a document, by an incremental update that changes only /V and the
 * appearance of those fields: that is form filling, which a certification with P=2 allows.
 * Throws INVALID_INPUT, FIELD_NOT_FOUND (no prepared field), WRONG_STATE (locked by a signature) and the codes of
 * {@link openForUpdate}.
 */
export async function fillNumberAndDate(
  source: ByteSource,
  sink: ByteSink,
  options: FillOptions,
): Promise<Filled> {
  const date = printedDate(options.date);
  if (!date || options.number.trim() === '') throw new AppError('INVALID_INPUT', 'number or date');
  const texts = new Map([
    [fieldNames.number, options.number],
    [fieldNames.date, dateAfterDayWord(date)],
    [`${fieldNames.date}.day`, date.day],
    [`${fieldNames.date}.month`, date.month],
    [`${fieldNames.date}.year`, date.year],
  ]);
  const opened = await openForUpdate(source, options.crypto);
  const fields = (await readFields(opened.document)).filter(
    ({ name, type }) => type === 'Tx' && texts.has(name),
  );
  if (fields.length === 0) throw new AppError('FIELD_NOT_FOUND');
  await refuseLocked(opened, fields);
  const update = new IncrementalUpdate(opened.document);
  for (const field of fields) await fillField(update, options.fonts, field, texts.get(field.name) ?? '');
  const { bytes } = await update.build();
  await copySource(source, sink);
  await sink.write(bytes);
  return { fields: fields.map(({ name }) => name), bytesAdded: bytes.length };
}

async function refuseLocked(
  { document, signedFields }: UpdatableDocument,
  fields: readonly FormField[],
): Promise<void> {
  const locks: FieldLock[] = [];
  for (const { value } of signedFields) {
    const signature = await document.dict(value);
    if (signature) locks.push(...(await readFieldLocks(document, signature)));
  }
  const locked = fields.find(({ name }) => locks.some((lock) => isLocked(lock, name)));
  if (locked) throw new AppError('WRONG_STATE', `${locked.name} is locked by a signature`);
}

async function fillField(
  update: IncrementalUpdate,
  fonts: FontFiles,
  field: FormField,
  text: string,
): Promise<void> {
  const { document } = update;
  const rect = await document.rectangle(field.dict.get('Rect'));
  if (!field.ref || !rect) throw new AppError('FIELD_NOT_FOUND', field.name);
  const turn = await document.number((await document.dict(field.dict.get('MK')))?.get('R'));
  const rotate = turn === 90 || turn === 180 || turn === 270 ? turn : 0;
  const [w, h] = [rect[2] - rect[0], rect[3] - rect[1]];
  const size = rotate === 90 || rotate === 270 ? { w: h, h: w } : { w, h };
  const style = field.name === fieldNames.number ? 'regular' : 'italic';
  const form = buildFieldAppearance(update, fonts, text, style, size, uprightMatrix(rotate));
  update.set(field.ref, withEntries(field.dict, { V: pdfText(text), AP: pdfDict({ N: form }) }));
}
