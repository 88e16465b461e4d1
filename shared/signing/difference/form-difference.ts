import type { PdfDocument } from '../pdf/pdf-document';
import { isRef, isString, type PdfDict, type PdfValue, pdfDict, textOf } from '../pdf/pdf-objects';
import { type ChangeLog, changeRanks } from './change-log';
import { isSameFormButData } from './form-data';
import { changedKeys, isSameSyntax, isSameValue } from './revision-equality';
import type { RevisionPair } from './revision-pair';

/** What a form without these entries stands for (ISO 32000-1, table 218). */
const formDefaults = pdfDict({ NeedAppearances: false, CO: [], Q: 0 });

/** Compares the form dictionaries: only fields, signature flags and additions to the resources may change. */
export async function compareForms(pair: RevisionPair, log: ChangeLog): Promise<void> {
  const { older, newer } = pair;
  const before = await older.dict((await older.catalog()).get('AcroForm'));
  const after = await newer.dict((await newer.catalog()).get('AcroForm'));
  await compareFieldList(pair, before, after, log);
  for (const key of await changedKeys(older, before, newer, after, formDefaults)) {
    if (key === 'Fields') continue;
    if (key === 'SigFlags') log.add(changeRanks.longTerm, 'form flags');
    else if (key === 'DR' && (await fillsGap(pair, before, after)))
      log.disallow('form resources added that fields already name');
    else if (key === 'DR' && (await onlyGrew(pair, before?.get('DR'), after?.get('DR'))))
      log.add(changeRanks.longTerm, 'form resources added');
    else if (key === 'DA' && !before?.has('DA') && lacksAppearance(pair))
      log.disallow('form default appearance added that a value lacked');
    else if (key === 'DA' && !before?.has('DA'))
      log.add(changeRanks.longTerm, 'form default appearance added');
    else if (key === 'XFA' && (await isSameFormButData(pair, before, after))) judgeFormData(pair, log);
    else if (drawnKeys.has(key)) judgeDrawing(pair, key, log);
    else log.disallow(`form /${key} changed`);
  }
}

/** True when a field holds a value that nothing says how to draw: with a default appearance it would become visible. */
function lacksAppearance({ olderFields }: RevisionPair): boolean {
  return [...olderFields.values()].some(
    ({ type, value, dict }) =>
      (type === 'Tx' || type === 'Ch') && value !== undefined && !dict.has('DA') && !dict.has('AP'),
  );
}

/** True when the form gets a font by a name under which fields were drawn without one: they would look otherwise then. */
async function fillsGap(
  { older, newer, olderFields }: RevisionPair,
  before: PdfDict | null,
  after: PdfDict | null,
): Promise<boolean> {
  const fontsOf = async (document: PdfDocument, form: PdfDict | null): Promise<PdfDict | null> =>
    document.dict((await document.dict(form?.get('DR')))?.get('Font'));
  const had = await fontsOf(older, before);
  const added = [...((await fontsOf(newer, after))?.keys() ?? [])].filter((name) => !had?.has(name));
  const drawn = [...olderFields.values()].filter(({ type }) => type !== null && type !== 'Sig');
  if (added.length === 0 || drawn.length === 0) return false;
  const named = new Set<string>();
  for (const holder of [before, ...drawn.map(({ dict }) => dict)]) {
    const appearance = await older.resolve(holder?.get('DA'));
    if (!isString(appearance)) continue;
    for (const [, name = ''] of textOf(appearance).matchAll(/\/([^\s()<>[\]{}/%]+)/g)) named.add(name);
  }
  return added.some((name) => named.has(name));
}

/** The data of an XFA form are those of all its fields together. */
export function judgeFormData({ locks }: RevisionPair, log: ChangeLog): void {
  if (locks.length > 0) log.disallow('data of a form with locked fields changed');
  else log.add(changeRanks.formFill, 'data of the form filled');
}

/** What viewers draw fields with that have no appearance of their own. */
const drawnKeys: ReadonlySet<string> = new Set(['DA', 'DR', 'Q', 'NeedAppearances']);

/** Fields are drawn anew when they are filled in; without fields to fill in these entries show nothing. */
function judgeDrawing({ olderFields, locks }: RevisionPair, key: string, log: ChangeLog): void {
  const hasFields = [...olderFields.values()].some(({ type }) => type !== null && type !== 'Sig');
  if (!hasFields) log.add(changeRanks.longTerm, `form /${key} changed, which no field uses`);
  else if (locks.length > 0) log.disallow(`form /${key} changed, which locked fields use`);
  else log.add(changeRanks.formFill, `form /${key} changed`);
}

/** Root fields stay in their order; new ones are objects of their own and judged with each field. */
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
  let met = 0;
  let added = 0;
  for (const field of is) {
    if (met < was.length && isSameSyntax(was[met], field)) met += 1;
    else if (isRef(field)) added += 1;
    else return log.disallow('form field without an object of its own');
  }
  if (met < was.length || was.length + added !== is.length) log.disallow('form fields removed or reordered');
}

/** True when resources got further names and kept what they had. */
export async function onlyGrew(
  { older, newer }: Pick<RevisionPair, 'older' | 'newer'>,
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
