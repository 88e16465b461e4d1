import type { PdfDocument } from '../pdf/pdf-document';
import { isLocked, readFieldLocks } from '../pdf/pdf-fields';
import { isRef, type PdfDict, pdfDict } from '../pdf/pdf-objects';
import { type ChangeLog, type ChangePlace, changeRanks } from './change-log';
import {
  appearanceCovers,
  filledFieldCovers,
  hasOtherAppearance,
  isHidden,
  showsAnything,
} from './covered-content';
import { areaOf, type Box } from './geometry';
import { changedKeys, isSameSyntax } from './revision-equality';
import type { RevisionField } from './revision-fields';
import type { RevisionPair } from './revision-pair';

/**
 * Entries of a field that filling it in changes: its value, and what its appearance is made from, which scripts of a form
 * adapt to the value. Flags and places are not among them.
 */
const filledKeys: ReadonlySet<string> = new Set([
  'V',
  'AP',
  'AS',
  'M',
  'I',
  'TI',
  'RV',
  'DA',
  'DS',
  'Q',
  'MK',
]);
/** What a widget without these entries stands for (ISO 32000-1, tables 164 and 188); a field may inherit all others. */
const widgetDefaults = pdfDict({ F: 0, MK: pdfDict({}) });
/** Entries that signing an empty signature field may set. */
const signedKeys: ReadonlySet<string> = new Set([
  'V',
  'AP',
  'AS',
  'M',
  'CreationDate',
  'F',
  'Ff',
  'MK',
  'P',
  'DA',
  'Q',
  'Type',
  'Subtype',
  'NM',
  'H',
  'BS',
  'Border',
  'Lock',
  'TU',
]);
const readOnlyFlag = 1;

/** Compares each field of the signed revision with its successor, and judges each new field. */
export async function compareFields(pair: RevisionPair, log: ChangeLog): Promise<void> {
  for (const [num, field] of pair.olderFields) {
    const successor = pair.newerFields.get(num);
    if (!successor) log.disallow(`field ${field.name} removed`);
    else if (field.name !== successor.name || field.type !== successor.type)
      log.disallow(`field ${field.name} renamed or made another kind`);
    else if (field.type === 'Sig') await compareSignatureField(pair, num, field, successor, log);
    else {
      await compareOrdinaryField(pair, field, successor, log);
      await compareFilling(pair, num, field, successor, log);
    }
  }
  for (const [num, field] of pair.newerFields) {
    if (!pair.olderFields.has(num)) await judgeShownField(pair, field, await placesOfWidget(pair, num), log);
  }
}

async function compareSignatureField(
  pair: RevisionPair,
  num: number,
  before: RevisionField,
  after: RevisionField,
  log: ChangeLog,
): Promise<void> {
  const { older, newer, locks } = pair;
  const changed = await changedFieldKeys(pair, before, after);
  const isSigned = before.value !== undefined;
  for (const key of changed) {
    const isPlaced = key === 'Rect' && !before.dict.has('Rect');
    const isTagged = key === 'StructParent' && !before.dict.has(key);
    if (isSigned && key === 'Ff') await judgeFlags(pair, before, after, log);
    else if (isSigned) log.disallow(`signed field ${before.name} /${key} changed`);
    else if (!signedKeys.has(key) && !isPlaced && !isTagged)
      log.disallow(`signature field ${before.name} /${key} changed`);
    else log.add(await rankOfSigning(newer, after), `signature field ${before.name} /${key} set`);
  }
  if (isSigned) return;
  if (after.value !== undefined && locks.some((lock) => isLocked(lock, before.name)))
    log.disallow(`locked signature field ${before.name} signed`);
  const mayShowMore =
    changed.includes('F') || (await hasOtherAppearance(older, before.dict, newer, after.dict));
  if (after.value === undefined && mayShowMore) await judgeUnsignedAppearance(newer, after, log);
  const isRevealed = changed.includes('F') && (await isHidden(older, before.dict));
  if (changed.includes('Rect') || isRevealed)
    await judgeShownField(pair, after, await placesOfWidget(pair, num), log);
}

/** Changed entries of a field; a list of kids that is stored by itself may change where it stands. */
async function changedFieldKeys(
  { older, newer }: RevisionPair,
  before: RevisionField,
  after: RevisionField,
): Promise<readonly string[]> {
  const keys = await changedKeys(older, before.dict, newer, after.dict, widgetDefaults);
  const [was, is] = [before.dict.get('Kids'), after.dict.get('Kids')];
  if (!isRef(was) || !isSameSyntax(was, is)) return keys;
  return isSameSyntax(await older.resolve(was), await newer.resolve(is)) ? keys : [...keys, 'Kids'];
}

/** What a field shows without being signed vouches for nothing, so whoever adds it writes onto the signed document. */
async function judgeUnsignedAppearance(
  newer: PdfDocument,
  field: RevisionField,
  log: ChangeLog,
): Promise<void> {
  const rect = await newer.rectangle(field.dict.get('Rect'));
  if (rect && (await showsAnything(newer, field.dict, rect)))
    log.disallow(`signature field ${field.name} shows something without being signed`);
}

async function compareOrdinaryField(
  pair: RevisionPair,
  before: RevisionField,
  after: RevisionField,
  log: ChangeLog,
): Promise<void> {
  const { older, newer, locks } = pair;
  for (const key of await changedFieldKeys(pair, before, after)) {
    if (key === 'Kids' && (await kidsOnlyGrew(older, before.dict, newer, after.dict)))
      log.add(changeRanks.signatures, `fields added below ${before.name}`);
    else if (key === 'Ff') await judgeFlags(pair, before, after, log);
    else if (!filledKeys.has(key)) log.disallow(`field ${before.name} /${key} changed`);
    else if (locks.some((lock) => isLocked(lock, before.name)))
      log.disallow(`locked field ${before.name} changed`);
    else log.add(changeRanks.formFill, `field ${before.name} /${key} filled`);
  }
}

/** What a field shows may be filled in, but may not hide what was signed around it. */
async function compareFilling(
  pair: RevisionPair,
  num: number,
  before: RevisionField,
  after: RevisionField,
  log: ChangeLog,
): Promise<void> {
  if (!(await hasOtherAppearance(pair.older, before.dict, pair.newer, after.dict))) return;
  const rect = await visibleRect(pair.newer, after.dict);
  for (const page of rect ? await placesOfWidget(pair, num) : []) {
    if (await filledFieldCovers(pair, page, num, before.dict, after.dict))
      log.add(changeRanks.formFill, `field ${before.name} filled`, { page, rect: rect ?? [], covers: true });
  }
}

/** A signature that locks fields makes them read-only as well (12.8.2.4); no other flag may change. */
async function judgeFlags(
  { older, newer, newerFields, olderFields }: RevisionPair,
  before: RevisionField,
  after: RevisionField,
  log: ChangeLog,
): Promise<void> {
  const [was, is] = [
    (await older.number(before.dict.get('Ff'))) ?? 0,
    (await newer.number(after.dict.get('Ff'))) ?? 0,
  ];
  // Written out without need; where it could be inherited it may mean something else.
  if (is === was && !before.dict.has('Parent')) return;
  if (is !== (was | readOnlyFlag)) return log.disallow(`field ${before.name} /Ff changed`);
  for (const [num, field] of newerFields) {
    if (field.type !== 'Sig' || olderFields.get(num)?.value !== undefined) continue;
    const signature = await newer.dict(field.value);
    const locks = signature ? await readFieldLocks(newer, signature) : [];
    if (locks.some((lock) => isLocked(lock, before.name)))
      return log.add(changeRanks.signatures, `field ${before.name} locked by a signature`);
  }
  log.disallow(`field ${before.name} /Ff changed`);
}

/** A group without a type may get further named fields, which are judged one by one. */
async function kidsOnlyGrew(
  older: PdfDocument,
  before: PdfDict,
  newer: PdfDocument,
  after: PdfDict,
): Promise<boolean> {
  const [was, is] = [await older.array(before.get('Kids')), await newer.array(after.get('Kids'))];
  if (before.has('FT') || !is?.every(isRef)) return false;
  const kept = new Set((was ?? []).filter(isRef).map(({ num }) => num));
  const remaining = is.filter((kid) => isRef(kid) && kept.has(kid.num));
  return isSameSyntax(was ?? [], remaining);
}

async function rankOfSigning(newer: PdfDocument, field: RevisionField): Promise<1 | 2> {
  const signature = await newer.dict(field.value);
  const isTimestamp = (await newer.name(signature?.get('Type'))) === 'DocTimeStamp';
  return isTimestamp && !(await visibleRect(newer, field.dict))
    ? changeRanks.longTerm
    : changeRanks.signatures;
}

async function visibleRect(document: PdfDocument, widget: PdfDict): Promise<Box | null> {
  const rect = await document.rectangle(widget.get('Rect'));
  const isVisible = rect && rect[2] - rect[0] > 0.5 && rect[3] - rect[1] > 0.5;
  return isVisible && areaOf(rect) > 1 ? rect : null;
}

/** Judges a field that stands on pages where the signed revision did not show it. */
export async function judgeShownField(
  pair: RevisionPair,
  field: RevisionField,
  pages: readonly number[],
  log: ChangeLog,
): Promise<void> {
  const { newer } = pair;
  const { dict } = field;
  const isGroup = field.type === null && dict.has('Kids') && !dict.has('Subtype') && !dict.has('V');
  if (isGroup) return log.add(changeRanks.signatures, `field group ${field.name} added`);
  if (field.type !== 'Sig') return log.disallow(`field ${field.name} added`);
  // A field whose widgets are its kids is told with them.
  const hasWidgets = ((await newer.array(dict.get('Kids'))) ?? []).length > 0 && !dict.has('Rect');
  if (dict.has('A') || dict.has('AA'))
    return log.disallow(`signature field ${field.name} with an action added`);
  if (field.value === undefined) await judgeUnsignedAppearance(newer, field, log);
  const rank = await rankOfSigning(newer, field);
  const rect = await visibleRect(newer, dict);
  const what = `signature field ${field.name} added`;
  if (hasWidgets) return;
  if (!rect || pages.length === 0) return log.add(rank, what);
  for (const page of pages) {
    const place: ChangePlace = { page, rect };
    if (await appearanceCovers(pair, page, dict, rect)) place.covers = true;
    log.add(rank, what, place);
  }
}

/** The pages on which widgets stand, read once for each revision. */
const places = new WeakMap<PdfDocument, ReadonlyMap<number, readonly number[]>>();

async function placesOfWidget({ newer, newerPages }: RevisionPair, num: number): Promise<readonly number[]> {
  const known = places.get(newer);
  if (known) return known.get(num) ?? [];
  const found = new Map<number, number[]>();
  for (const [i, page] of newerPages.entries()) {
    const annotations = page.dict.get('Annots');
    if (annotations === undefined) continue;
    for (const annotation of (await newer.array(annotations)) ?? []) {
      if (!isRef(annotation)) continue;
      const pages = found.get(annotation.num);
      if (pages) pages.push(i);
      else found.set(annotation.num, [i]);
    }
  }
  places.set(newer, found);
  return found.get(num) ?? [];
}
