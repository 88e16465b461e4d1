import type { CollectionName } from '@shared/schema/rows';
import type { Json } from '@shared/schema/values';
import type { Change, Operation } from '@shared/sync/operation';
import { shortDate } from '@shared/text/time';
import { vietnamClock } from '@shared/text/vi-format';

/** The row an operation is about in the eyes of a clerk: the document or meeting, not the book it also moves. */
export function mainChange(operation: Pick<Operation, 'changes'>): Change | undefined {
  const order: readonly CollectionName[] = ['incoming', 'outgoing', 'meetings', 'conflicts', 'intake'];
  for (const coll of order) {
    const found = operation.changes.find((change) => change.coll === coll);
    if (found !== undefined) return found;
  }
  return operation.changes[0];
}

/** How a row is called: number, symbol and trích yếu, the title of a meeting, the name of a file; '' if it has none. */
export function nameOfRow(row: Readonly<Record<string, unknown>> | null): string {
  if (row === null) return '';
  const text = (field: string): string => (typeof row[field] === 'string' ? row[field] : '');
  if (text('subject') !== '') {
    const number = typeof row['number'] === 'number' ? padded(row['number']) : text('number');
    const sign = [number, text('symbol')].filter((part) => part !== '').join('/');
    return number === '' ? text('subject') : `${sign} – ${text('subject')}`;
  }
  if (text('title') !== '') return text('title');
  const file = row['file'];
  if (isRecord(file) && typeof file['name'] === 'string') return file['name'];
  return '';
}

function padded(number: number): string {
  return number === 0 ? '' : String(number).padStart(2, '0');
}

/** The words of the catalogue that values are told with. */
export type ValueWords = {
  readonly fields: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
  readonly empty: string;
  readonly yes: string;
  readonly no: string;
};

/** Name of a person or unit by id, or '' where the id is neither. */
export type NameOf = (id: string) => string;

/** `Hạn giải quyết` for `dueDate`, also for one entry of a map such as `opinions.x1`. */
export function fieldName(path: string, words: ValueWords): string {
  const field = path.split('.')[0] ?? path;
  return words.fields[field] ?? field;
}

const machineFields = new Set([
  'id',
  'sha256',
  'mime',
  'kind',
  'size',
  'newestFirst',
  'history',
  'hash',
  'prev',
  'epoch',
  'headHash',
  'duplicateKey',
  'manifest',
]);

/** A stored value as a clerk would say it: days and moments written out, ids as names, codes as words. */
export function valueInWords(value: Json, words: ValueWords, nameOf: NameOf): string {
  if (value === null || value === '') return words.empty;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return textInWords(value, words, nameOf);
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    return list.length === 0 ? words.empty : list.map((item) => valueInWords(item, words, nameOf)).join('; ');
  }
  return recordInWords(value as Readonly<Record<string, Json>>, words, nameOf);
}

function textInWords(value: string, words: ValueWords, nameOf: NameOf): string {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) return shortDate(value);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/u.test(value)) return momentInWords(value);
  return words.words[value] ?? (nameOf(value) || value);
}

function recordInWords(record: Readonly<Record<string, Json>>, words: ValueWords, nameOf: NameOf): string {
  for (const key of ['title', 'name']) {
    const named = record[key];
    if (typeof named === 'string' && named !== '') return named;
  }
  const parts = Object.entries(record)
    .filter(([key, value]) => !machineFields.has(key) && value !== null && value !== '')
    .map(([key, value]) => {
      const told = valueInWords(value, words, nameOf);
      return words.fields[key] === undefined ? told : `${words.fields[key]}: ${told}`;
    });
  return parts.length === 0 ? words.empty : parts.join(', ');
}

/** `08:12 21/11/2026` in Vietnamese time; the text itself where it is no moment. */
export function momentInWords(moment: string): string {
  if (Number.isNaN(Date.parse(moment))) return moment;
  const { day, hour, minute } = vietnamClock(moment);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')} ${shortDate(day)}`;
}

export type ToldField = { readonly key: string; readonly label: string; readonly value: string };

/** What an operation wanted to write, field by field, so that refused work can be done again from the screen. */
export function contentOf(operation: Operation, words: ValueWords, nameOf: NameOf): readonly ToldField[] {
  const main = mainChange(operation);
  if (main === undefined) return [];
  return Object.entries(main.patch)
    .filter(([path, value]) => !machineFields.has(path.split('.')[0] ?? '') && !isBlank(value))
    .filter(([path]) => path !== 'unit')
    .map(([path, value]) => ({
      key: path,
      label: fieldName(path, words),
      value: valueInWords(value, words, nameOf),
    }));
}

function isBlank(value: Json): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
