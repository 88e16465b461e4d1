import { AppError } from '../../result/result';
import { latin1 } from '../bytes';
import type { PdfDocument } from '../pdf/pdf-document';
import type { FieldLock } from '../pdf/pdf-fields';
import { isDict, isRef, isStream, type PdfRef, type PdfValue } from '../pdf/pdf-objects';
import { readPages } from '../pdf/pdf-pages';
import { syntaxOf } from '../pdf/pdf-serialise';
import { ChangeLog, changeRanks } from './change-log';
import { compareFields, compareForms, type RevisionPair } from './form-difference';
import { isUsedElsewhere, type ObjectRole, type ObjectRoles, readRoles } from './object-roles';
import { isDefined, type ReferenceGraph, readReferenceGraph } from './reference-graph';
import { changedKeys, isSameSyntax, isSameValue, isUntouched } from './revision-equality';
import { readRevisionFields } from './revision-fields';

/** Roles whose contents are compared entry by entry, so that their being rewritten is no change yet. */
const comparedRoles: ReadonlySet<ObjectRole> = new Set<ObjectRole>([
  'catalog',
  'acroform',
  'fields',
  'page',
  'annotations',
  'field',
  'dss',
  'extensions',
]);

/**
 * Compares the signed revision of a file (its first `end` bytes) with the whole file. Only what is on the whitelist may
 * have changed: filled fields, new signatures, validation data, metadata; everything else is disallowed, because a
 * viewer may show another document than the one that was signed. Throws the codes of a PDF that cannot be read.
 */
export async function compareRevisions(
  older: PdfDocument,
  newer: PdfDocument,
  locks: readonly FieldLock[],
): Promise<ChangeLog> {
  const log = new ChangeLog();
  await compareStructure(older, newer, log);
  const pair: RevisionPair = {
    older,
    newer,
    olderFields: await readRevisionFields(older),
    newerFields: await readRevisionFields(newer),
    olderPages: await readPages(older),
    newerPages: await readPages(newer),
    locks,
  };
  await compareObjects(pair, log);
  await compareCatalogs(pair, log);
  await compareForms(pair, log);
  await compareFields(pair, log);
  await comparePages(pair, log);
  return log;
}

async function compareStructure(older: PdfDocument, newer: PdfDocument, log: ChangeLog): Promise<void> {
  if (!isSameSyntax(older.rootRef, newer.rootRef)) log.disallow('trailer /Root changed');
  if (!isSameSyntax(older.trailer.get('Encrypt'), newer.trailer.get('Encrypt')))
    log.disallow('/Encrypt changed');
  if (!newer.sections.some(({ offset }) => offset >= older.source.size))
    log.disallow('bytes appended without a cross-reference section');
  if (!newer.sections.some(({ offset }) => offset === older.startXref))
    log.disallow('signed revision left out of the cross-reference chain');
  const { source } = newer;
  const tail = latin1(await source.read(Math.max(0, source.size - 64), 64));
  if (!/%%EOF\s*$/.test(tail)) log.disallow('bytes after the last %%EOF');
}

async function compareObjects(pair: RevisionPair, log: ChangeLog): Promise<void> {
  const { older, newer } = pair;
  const touched = new Set<number>();
  for (const section of newer.sections) {
    if (section.offset >= older.source.size) for (const num of section.entries.keys()) touched.add(num);
  }
  const graph = await readReferenceGraph(older);
  const roles = await readRoles(older, pair.olderPages, pair.olderFields);
  const containers = new Set<number>();
  for (const entry of older.entries.values())
    if (entry.type === 'compressed') containers.add(entry.container);
  for (const num of touched) {
    if (!isDefined(older, num)) judgeNewObject(pair, graph, num, log);
    else if (!isDefined(newer, num)) log.disallow(`object ${num} freed`);
    else if (containers.has(num) && !isUntouched(older, newer, num))
      log.disallow(`object stream ${num} replaced`);
    else if (!isUntouched(older, newer, num)) await judgeReplacedObject(pair, roles, graph, num, log);
  }
}

function judgeNewObject(
  { newer, newerFields }: RevisionPair,
  graph: ReferenceGraph,
  num: number,
  log: ChangeLog,
): void {
  if (!isDefined(newer, num) || !graph.undefinedObjects.has(num)) return;
  if (newerFields.get(num)?.type === 'Sig') return;
  log.disallow(`object ${num} defined later, though the signed revision already refers to it`);
}

async function judgeReplacedObject(
  { older, newer }: RevisionPair,
  roles: ObjectRoles,
  graph: ReferenceGraph,
  num: number,
  log: ChangeLog,
): Promise<void> {
  const [before, after] = [await older.fetch(num), await newer.fetch(num)];
  if (isSameSyntax(before, after)) return;
  const role = roles.get(num);
  if (role && isUsedElsewhere(num, role, roles, graph, older.rootRef.num))
    return log.disallow(`object ${num} (${role}) is also used elsewhere`);
  if (role === 'field' && hidesSharedAppearance(before, after, roles, graph, older.rootRef.num))
    return log.disallow(`appearance of object ${num} is also used elsewhere`);
  if (role && comparedRoles.has(role)) return;
  if (role === 'info' || role === 'metadata') return log.add(changeRanks.longTerm, role);
  if (role === 'field-content') return log.add(changeRanks.formFill, `content of a field (object ${num})`);
  if (role === 'unsigned-signature-content')
    return log.add(changeRanks.signatures, `appearance (object ${num})`);
  // An equal rewrite may still hide behind other references, so the raw objects must mean the same.
  if (await isSameValue(older, before, newer, after)) return;
  log.disallow(`object ${num} (${describe(before)}) replaced`);
}

/** A field may not drop an appearance that something else in the document relies on as well. */
function hidesSharedAppearance(
  before: PdfValue,
  after: PdfValue,
  roles: ObjectRoles,
  graph: ReferenceGraph,
  root: number,
): boolean {
  const [was, is] = [before, after].map((field) => (isDict(field) ? field.get('AP') : undefined));
  if (!isRef(was) || isSameSyntax(was, is)) return false;
  const role = roles.get(was.num);
  return role !== undefined && isUsedElsewhere(was.num, role, roles, graph, root);
}

function describe(value: PdfValue): string {
  if (isStream(value)) return 'stream';
  const text = syntaxOf(value);
  return text.startsWith('<<') ? 'dictionary' : 'value';
}

/** Entries of the catalog that maintenance of a signed document may change. */
const maintainedKeys: ReadonlySet<string> = new Set(['DSS', 'Metadata', 'Version', 'Extensions']);

async function compareCatalogs({ older, newer }: RevisionPair, log: ChangeLog): Promise<void> {
  for (const key of await changedKeys(older, await older.catalog(), newer, await newer.catalog())) {
    if (key === 'AcroForm') continue;
    if (maintainedKeys.has(key)) log.add(changeRanks.longTerm, `catalog /${key}`);
    else log.disallow(`catalog /${key} changed`);
  }
}

async function comparePages(pair: RevisionPair, log: ChangeLog): Promise<void> {
  const { older, newer, olderPages, newerPages } = pair;
  const isSameList =
    olderPages.length === newerPages.length &&
    olderPages.every(({ ref }, i) => ref.num === newerPages[i]?.ref.num);
  if (!isSameList) return log.disallow('pages added, removed or reordered');
  for (const [i, page] of olderPages.entries()) {
    const successor = newerPages[i]?.dict ?? null;
    for (const key of await changedKeys(older, page.dict, newer, successor)) {
      if (key !== 'Annots') log.disallow(`page /${key} changed`, { page: i });
    }
    const before = (await older.array(page.dict.get('Annots'))) ?? [];
    const after = (await newer.array(successor?.get('Annots'))) ?? [];
    compareAnnotations(pair, i, before, after, log);
  }
}

function compareAnnotations(
  { olderFields, newerFields }: RevisionPair,
  page: number,
  before: readonly PdfValue[],
  after: readonly PdfValue[],
  log: ChangeLog,
): void {
  const [was, is] = [new Set(before.map(syntaxOf)), new Set(after.map(syntaxOf))];
  if (before.some((annotation) => !is.has(syntaxOf(annotation))))
    log.disallow('annotation removed', { page });
  const isSignatureWidget = (ref: PdfRef): boolean =>
    (newerFields.get(ref.num) ?? olderFields.get(ref.num))?.type === 'Sig';
  for (const annotation of after) {
    if (was.has(syntaxOf(annotation))) continue;
    if (!isRef(annotation) || !isSignatureWidget(annotation)) log.disallow('annotation added', { page });
  }
}

/**
 * The same for files of any kind: a later revision that cannot be read counts as a disallowed change, for what cannot
 * be analysed is not approved. Null when the document is too complex to be compared at all.
 */
export async function compareRevisionsSafely(
  older: PdfDocument,
  newer: PdfDocument,
  locks: readonly FieldLock[],
): Promise<ChangeLog | null> {
  try {
    return await compareRevisions(older, newer, locks);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'PDF_TOO_COMPLEX') return null;
    const log = new ChangeLog();
    log.disallow(`later revision cannot be read: ${error.code}`);
    return log;
  }
}
