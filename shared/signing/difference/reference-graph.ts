import { AppError } from '../../result/result';
import type { PdfDocument } from '../pdf/pdf-document';
import { innerValues, isArray, isDict, isRef, isStream, type PdfValue } from '../pdf/pdf-objects';

/** One place that refers to an object: the object it is written in (-1 for the trailer), and the keys inside it. */
export type Referrer = { readonly owner: number; readonly key: string };

export type ReferenceGraph = {
  readonly referrersOf: (num: number) => readonly Referrer[];
  /** True when the object can be reached from the trailer or holds other objects. */
  readonly isReachable: (num: number) => boolean;
  /** Objects that are referred to but not defined: whoever defines them later decides what is shown. */
  readonly undefinedObjects: ReadonlySet<number>;
};

/** A reference inside one object. */
type Edge = { readonly num: number; readonly key: string };

const maxReferences = 4_000_000;
/** Revisions of one file share their objects, so that each is searched for references once. */
const edgesOfObjects = new WeakMap<object, readonly Edge[]>();
/** References followed so far for all revisions of one file. */
const followed = new WeakMap<PdfDocument, number>();

/**
 * Follows every reference that can be reached from the trailer of a revision. `newest` is the file that the revision
 * belongs to; the work for all its revisions is bounded together. Throws PDF_TOO_COMPLEX.
 */
export async function readReferenceGraph(
  document: PdfDocument,
  newest: PdfDocument = document,
): Promise<ReferenceGraph> {
  const referrers = new Map<number, Referrer[]>();
  const undefinedObjects = new Set<number>();
  let count = followed.get(newest) ?? 0;
  const pending: number[] = [];
  const follow = (edges: readonly Edge[], owner: number): void => {
    count += edges.length;
    if (count > maxReferences) throw new AppError('PDF_TOO_COMPLEX', 'references');
    for (const { num, key } of edges) {
      const known = referrers.get(num);
      known?.push({ owner, key });
      if (known) continue;
      referrers.set(num, [{ owner, key }]);
      pending.push(num);
    }
  };
  follow(edgesOf(document.trailer), -1);
  // What object streams refer to (their lengths) decides how every object in them is read.
  const containers = objectStreamsOf(document);
  for (const container of containers) follow([{ num: container, key: 'ObjStm' }], -1);
  for (let num = pending.pop(); num !== undefined; num = pending.pop()) {
    if (!isDefined(document, num)) undefinedObjects.add(num);
    else follow(edgesOf(await document.fetch(num)), num);
  }
  followed.set(newest, count);
  return {
    referrersOf: (num) => referrers.get(num) ?? [],
    isReachable: (num) => referrers.has(num),
    undefinedObjects,
  };
}

function edgesOf(value: PdfValue): readonly Edge[] {
  if (isRef(value)) return [{ num: value.num, key: '' }];
  if (!isArray(value) && !isDict(value) && !isStream(value)) return [];
  const known = edgesOfObjects.get(value);
  if (known) return known;
  const edges: Edge[] = [];
  const pending = [{ value: value as PdfValue, key: '' }];
  for (let item = pending.pop(); item; item = pending.pop()) {
    if (isRef(item.value)) edges.push({ num: item.value.num, key: item.key });
    else {
      for (const [inner, content] of innerValues(item.value)) {
        if (content === null || typeof content !== 'object') continue;
        const key = inner === '' ? item.key : item.key === '' ? inner : `${item.key}.${inner}`;
        pending.push({ value: content, key });
      }
    }
  }
  edgesOfObjects.set(value, edges);
  return edges;
}

/** Numbers of the object streams that hold objects of a revision. */
function objectStreamsOf(document: PdfDocument): ReadonlySet<number> {
  const containers = new Set<number>();
  for (const entry of document.entries.values()) {
    if (entry.type === 'compressed') containers.add(entry.container);
  }
  return containers;
}

/** True when the cross-reference of a revision defines the object. */
export function isDefined(document: PdfDocument, num: number): boolean {
  const entry = document.entries.get(num);
  return entry !== undefined && entry.type !== 'free';
}
