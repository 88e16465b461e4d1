import { AppError } from '../../result/result';
import type { PdfDocument } from '../pdf/pdf-document';
import { innerValues, isDict, isRef, isStream } from '../pdf/pdf-objects';

/** One place that refers to an object: the object it is written in (-1 for the trailer), and the keys inside it. */
export type Referrer = { readonly owner: number; readonly key: string };

export type ReferenceGraph = {
  readonly referrersOf: (num: number) => readonly Referrer[];
  /** Objects that are referred to but not defined: whoever defines them later decides what is shown. */
  readonly undefinedObjects: ReadonlySet<number>;
};

const maxReferences = 4_000_000;

/** Follows every reference that can be reached from the trailer of a revision. Throws PDF_TOO_COMPLEX. */
export async function readReferenceGraph(document: PdfDocument): Promise<ReferenceGraph> {
  const referrers = new Map<number, Referrer[]>();
  const undefinedObjects = new Set<number>();
  const pending = [...document.trailer].map(([key, value]) => ({ value, owner: -1, key }));
  let count = 0;
  for (let item = pending.pop(); item; item = pending.pop()) {
    const { value, owner, key } = item;
    if (isRef(value)) {
      count += 1;
      if (count > maxReferences) throw new AppError('PDF_TOO_COMPLEX', 'references');
      const known = referrers.get(value.num);
      known?.push({ owner, key });
      if (known) continue;
      referrers.set(value.num, [{ owner, key }]);
      if (isDefined(document, value.num))
        pending.push({ value: await document.fetch(value.num), owner: value.num, key: '' });
      else undefinedObjects.add(value.num);
    } else if (Array.isArray(value) || isDict(value) || isStream(value)) {
      for (const [inner, content] of innerValues(value)) {
        const path = inner === '' ? key : key === '' ? inner : `${key}.${inner}`;
        pending.push({ value: content, owner, key: path });
      }
    }
  }
  return { referrersOf: (num) => referrers.get(num) ?? [], undefinedObjects };
}

/** True when the cross-reference of a revision defines the object. */
export function isDefined(document: PdfDocument, num: number): boolean {
  const entry = document.entries.get(num);
  return entry !== undefined && entry.type !== 'free';
}
