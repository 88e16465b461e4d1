import { isRef, type PdfValue } from '../pdf/pdf-objects';
import { syntaxOf } from '../pdf/pdf-serialise';
import { type ChangeLog, type ChangePlace, changeRanks } from './change-log';
import { annotationCovers, hasOtherAppearance } from './covered-content';
import { judgeShownField } from './field-difference';
import { changedKeys } from './revision-equality';
import type { RevisionPair } from './revision-pair';

/** Comments that P=3 lets a reader add (12.5.6.2); links, media, redactions and widgets are not among them. */
export const commentKinds: ReadonlySet<string> = new Set([
  'Text',
  'FreeText',
  'Line',
  'Square',
  'Circle',
  'Polygon',
  'PolyLine',
  'Highlight',
  'Underline',
  'Squiggly',
  'StrikeOut',
  'Stamp',
  'Caret',
  'Ink',
  'Popup',
]);
/** Entries that make an annotation act on a click, or show it only under conditions. */
const actingKeys: readonly string[] = ['A', 'AA', 'OC', 'PA', 'Dest'];

/** Entries that decide where an annotation shows, and whether. */
const movingKeys: readonly string[] = ['Rect', 'F', 'AP', 'AS'];

/** Compares the annotations of one page; the widgets of form fields are judged with their fields. */
export async function compareAnnotations(
  pair: RevisionPair,
  page: number,
  before: readonly PdfValue[],
  after: readonly PdfValue[],
  log: ChangeLog,
): Promise<void> {
  const waiting = new Map<string, number[]>();
  for (const [i, annotation] of after.entries()) {
    const places = waiting.get(syntaxOf(annotation));
    if (places) places.push(i);
    else waiting.set(syntaxOf(annotation), [i]);
  }
  let last = -1;
  for (const annotation of before) {
    const at = waiting.get(syntaxOf(annotation))?.shift();
    if (at === undefined) await judgeRemoved(pair, page, annotation, log);
    else {
      if (at < last) log.add(changeRanks.annotations, 'annotations reordered', { page });
      last = Math.max(last, at);
      await judgeChanged(pair, page, annotation, log);
    }
  }
  const added = [...waiting.values()].flat().sort((a, b) => a - b);
  for (const at of added) await judgeAdded(pair, page, after[at] ?? null, log);
}

async function judgeRemoved(
  pair: RevisionPair,
  page: number,
  annotation: PdfValue,
  log: ChangeLog,
): Promise<void> {
  const { older } = pair;
  const dict = await older.dict(annotation);
  const kind = await older.name(dict?.get('Subtype'));
  if (dict && kind !== null && commentKinds.has(kind)) {
    // What it had covered is seen only now.
    const place = await placeOf({ ...pair, newer: older }, page, annotation, kind);
    log.add(changeRanks.annotations, `annotation ${kind} removed`, place);
  } else log.disallow(`annotation ${kind ?? ''} removed`, { page });
}

async function judgeChanged(
  pair: RevisionPair,
  page: number,
  annotation: PdfValue,
  log: ChangeLog,
): Promise<void> {
  const { older, newer, olderFields } = pair;
  const [before, after] = [await older.dict(annotation), await newer.dict(annotation)];
  if (!before || !after || (isRef(annotation) && olderFields.has(annotation.num))) return;
  const isRedrawn = await hasOtherAppearance(older, before, newer, after);
  const changed = [...(await changedKeys(older, before, newer, after)), ...(isRedrawn ? ['AP'] : [])];
  if (changed.length === 0) return;
  const kind = (await older.name(before.get('Subtype'))) ?? '';
  const isComment =
    commentKinds.has(kind) && !changed.some((key) => key === 'Subtype' || actingKeys.includes(key));
  if (!isComment) return log.disallow(`annotation ${kind} /${changed.join(' /')} changed`, { page });
  const place = await placeOf(pair, page, annotation, kind);
  // Moved or hidden, it shows what it had covered.
  const isMoved = changed.some((key) => movingKeys.includes(key));
  const former = isMoved ? await placeOf({ ...pair, newer: older }, page, annotation, kind) : {};
  log.add(changeRanks.annotations, `annotation ${kind} /${changed.join(' /')} changed`, {
    ...place,
    ...(former.covers ? { covers: true } : {}),
  });
}

async function judgeAdded(
  pair: RevisionPair,
  page: number,
  annotation: PdfValue,
  log: ChangeLog,
): Promise<void> {
  const { newer, olderFields, newerFields } = pair;
  const field = isRef(annotation) ? newerFields.get(annotation.num) : undefined;
  if (field?.type === 'Sig' && isRef(annotation)) {
    const known = olderFields.get(annotation.num);
    if (known?.value !== undefined)
      log.disallow(`widget of the signed field ${field.name} shown again`, { page });
    else if (known) await judgeShownField(pair, field, [page], log);
    return;
  }
  const dict = await newer.dict(annotation);
  const kind = (await newer.name(dict?.get('Subtype'))) ?? '';
  if (!dict || !commentKinds.has(kind) || actingKeys.some((key) => dict.has(key)))
    return log.disallow(`annotation ${kind} added`, { page });
  log.add(changeRanks.annotations, `annotation ${kind} added`, await placeOf(pair, page, annotation, kind));
}

async function placeOf(
  pair: RevisionPair,
  page: number,
  annotation: PdfValue,
  kind: string,
): Promise<ChangePlace> {
  const dict = await pair.newer.dict(annotation);
  const rect = dict && (await pair.newer.rectangle(dict.get('Rect')));
  if (!dict || !rect) return { page };
  return (await annotationCovers(pair, page, dict, kind)) ? { page, rect, covers: true } : { page, rect };
}
