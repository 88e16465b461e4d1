import type { PdfDocument } from '../pdf/pdf-document';
import { type FieldLock, isLocked } from '../pdf/pdf-fields';
import { isArray, isRef, type PdfDict, type PdfValue } from '../pdf/pdf-objects';
import type { PdfPage } from '../pdf/pdf-pages';
import { type ChangeLog, changeRanks } from './change-log';
import { changedKeys, isSameSyntax, isSameValue } from './revision-equality';
import type { RevisionField, RevisionFields } from './revision-fields';

/** Two revisions of one document with what was read of each. */
export type RevisionPair = {
  readonly older: PdfDocument;
  readonly newer: PdfDocument;
  readonly olderFields: RevisionFields;
  readonly newerFields: RevisionFields;
  readonly olderPages: readonly PdfPage[];
  readonly newerPages: readonly PdfPage[];
  /** Field locks of the signature whose revision is the older one. */
  readonly locks: readonly FieldLock[];
};

/** Entries of a field that filling it in changes; flags, fonts and places are not among them. */
const filledKeys: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'I', 'RV']);
/** Entries that signing an empty signature field may set. */
const signedKeys: ReadonlySet<string> = new Set([
  'V',
  'AP',
  'M',
  'F',
  'MK',
  'P',
  'DA',
  'Type',
  'Subtype',
  'NM',
  'H',
  'BS',
]);

/** Compares the form dictionaries: only fields, signature flags and additions to the resources may change. */
export async function compareForms(pair: RevisionPair, log: ChangeLog): Promise<void> {
  const { older, newer } = pair;
  const before = await older.dict((await older.catalog()).get('AcroForm'));
  const after = await newer.dict((await newer.catalog()).get('AcroForm'));
  for (const key of await changedKeys(older, before, newer, after)) {
    if (key === 'Fields') await compareFieldList(pair, before, after, log);
    else if (key === 'SigFlags') log.add(changeRanks.longTerm, 'form flags');
    else if (key === 'DR' && (await onlyGrew(pair, before?.get('DR'), after?.get('DR'))))
      log.add(changeRanks.signatures, 'form resources added');
    else if (key === 'DA' && !before?.has('DA'))
      log.add(changeRanks.signatures, 'form default appearance added');
    else log.disallow(`form /${key} changed`);
  }
}

/** The order and presence of root fields; what the new ones are is judged with each field. */
async function compareFieldList(
  { older, newer }: RevisionPair,
  before: PdfDict | null,
  after: PdfDict | null,
  log: ChangeLog,
): Promise<void> {
  const [was, is] = [
    (await older.array(before?.get('Fields'))) ?? [],
    (await newer.array(after?.get('Fields'))) ?? [],
  ];
  if (was.some((field, i) => !isSameSyntax(field, is[i]))) log.disallow('form fields removed or reordered');
  if (is.some((field) => !isRef(field))) log.disallow('form field without an object of its own');
}

async function onlyGrew(
  { older, newer }: RevisionPair,
  before: PdfValue | undefined,
  after: PdfValue | undefined,
): Promise<boolean> {
  const [was, is] = [await older.dict(before), await newer.dict(after)];
  if (!is) return false;
  for (const [kind, value] of was ?? []) {
    const [had, has] = [await older.dict(value), await newer.dict(is.get(kind))];
    if (!had || !has) {
      if (!(await isSameValue(older, value, newer, is.get(kind)))) return false;
      continue;
    }
    for (const [name, resource] of had) {
      if (!(await isSameValue(older, resource, newer, has.get(name)))) return false;
    }
  }
  return true;
}

/** Compares each field of the signed revision with its successor, and judges each new field. */
export async function compareFields(pair: RevisionPair, log: ChangeLog): Promise<void> {
  for (const [num, field] of pair.olderFields) {
    const successor = pair.newerFields.get(num);
    if (!successor) log.disallow(`field ${field.name} removed`);
    else if (field.type === 'Sig') await compareSignatureField(pair, field, successor, log);
    else await compareOrdinaryField(pair, field, successor, log);
  }
  for (const [num, field] of pair.newerFields) {
    if (!pair.olderFields.has(num)) await judgeNewField(pair, num, field, log);
  }
}

async function compareSignatureField(
  { older, newer, locks }: RevisionPair,
  before: RevisionField,
  after: RevisionField,
  log: ChangeLog,
): Promise<void> {
  for (const key of await changedKeys(older, before.dict, newer, after.dict)) {
    const isAllowed = signedKeys.has(key) || (key === 'Rect' && !before.dict.has('Rect'));
    if (before.value !== undefined) log.disallow(`signed field ${before.name} /${key} changed`);
    else if (!isAllowed) log.disallow(`signature field ${before.name} /${key} changed`);
    else log.add(changeRanks.signatures, `signature field ${before.name} /${key} set`);
  }
  if (
    before.value === undefined &&
    after.value !== undefined &&
    locks.some((lock) => isLocked(lock, before.name))
  )
    log.disallow(`locked signature field ${before.name} signed`);
}

async function compareOrdinaryField(
  { older, newer, locks }: RevisionPair,
  before: RevisionField,
  after: RevisionField,
  log: ChangeLog,
): Promise<void> {
  for (const key of await changedKeys(older, before.dict, newer, after.dict)) {
    if (key === 'Kids' && (await kidsOnlyGrew(older, before.dict, newer, after.dict)))
      log.add(changeRanks.signatures, `fields added below ${before.name}`);
    else if (!filledKeys.has(key)) log.disallow(`field ${before.name} /${key} changed`);
    else if (locks.some((lock) => isLocked(lock, before.name)))
      log.disallow(`locked field ${before.name} changed`);
    else log.add(changeRanks.formFill, `field ${before.name} /${key} filled`);
  }
}

/** A group without a type may get further named fields, which are judged one by one. */
async function kidsOnlyGrew(
  older: PdfDocument,
  before: PdfDict,
  newer: PdfDocument,
  after: PdfDict,
): Promise<boolean> {
  const [was, is] = [await older.array(before.get('Kids')), await newer.array(after.get('Kids'))];
  if (before.has('FT') || !isArray(is ?? undefined)) return false;
  return (was ?? []).every((kid, i) => isSameSyntax(kid, is?.[i])) && (is ?? []).every((kid) => isRef(kid));
}

async function judgeNewField(
  pair: RevisionPair,
  num: number,
  field: RevisionField,
  log: ChangeLog,
): Promise<void> {
  const { newer } = pair;
  const { dict } = field;
  const isGroup = field.type === null && dict.has('Kids') && !dict.has('Subtype') && !dict.has('V');
  if (isGroup) return log.add(changeRanks.signatures, `field group ${field.name} added`);
  if (field.type !== 'Sig') return log.disallow(`field ${field.name} added`);
  if (dict.has('A') || dict.has('AA'))
    return log.disallow(`signature field ${field.name} with an action added`);
  const signature = await newer.dict(field.value);
  const isTimestamp = (await newer.name(signature?.get('Type'))) === 'DocTimeStamp';
  const rect = (await newer.rectangle(dict.get('Rect'))) ?? [0, 0, 0, 0];
  const isVisible = rect[2] - rect[0] > 0.5 && rect[3] - rect[1] > 0.5;
  const rank = isTimestamp && !isVisible ? changeRanks.longTerm : changeRanks.signatures;
  const page = await pageOfWidget(pair, num);
  log.add(rank, `signature field ${field.name} added`, isVisible && page !== null ? { page, rect } : {});
}

async function pageOfWidget({ newer, newerPages }: RevisionPair, num: number): Promise<number | null> {
  for (const [i, page] of newerPages.entries()) {
    const annotations = (await newer.array(page.dict.get('Annots'))) ?? [];
    if (annotations.some((annotation) => isRef(annotation) && annotation.num === num)) return i;
  }
  return null;
}
