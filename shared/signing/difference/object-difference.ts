import { isLocked } from '../pdf/pdf-fields';
import { isDict, isRef, isStream, type PdfValue } from '../pdf/pdf-objects';
import { syntaxOf } from '../pdf/pdf-serialise';
import { type ChangeLog, changeRanks } from './change-log';
import { judgeFormData, onlyGrew } from './form-difference';
import { isUsedElsewhere, type ObjectRole, type ObjectRoles, readRoles } from './object-roles';
import { isDefined, type ReferenceGraph } from './reference-graph';
import { isSameSyntax, isSameValue, isUntouched } from './revision-equality';
import type { RevisionPair } from './revision-pair';
import { StructureGrowth } from './structure-difference';

/** Roles whose contents are compared entry by entry, so that their being rewritten is no change yet. */
const comparedRoles: ReadonlySet<ObjectRole> = new Set<ObjectRole>([
  'catalog',
  'acroform',
  'fields',
  'kids',
  'pages',
  'page',
  'annotations',
  'annotation',
  'field',
  'dss',
  'extensions',
]);

type Judgement = {
  readonly pair: RevisionPair;
  readonly roles: ObjectRoles;
  readonly graph: ReferenceGraph;
  readonly structure: StructureGrowth;
};

/** Judges every object that later sections of the file name. Gives the roles of the objects that were replaced. */
export async function compareObjects(
  pair: RevisionPair,
  graph: ReferenceGraph,
  touched: ReadonlySet<number>,
  log: ChangeLog,
): Promise<ReadonlySet<ObjectRole>> {
  const { older, newer } = pair;
  const roles = await readRoles(older, pair.olderPages, pair.olderFields);
  const judgement = { pair, roles, graph, structure: new StructureGrowth(pair, graph) };
  const replaced = new Set<ObjectRole>();
  for (const num of touched) {
    if (isUntouched(older, newer, num)) continue;
    if ((await newer.hasDuplicateKey(num)) && !(await older.hasDuplicateKey(num)))
      log.disallow(`object ${num} names an entry twice`);
    if (!isDefined(older, num)) await judgeNewObject(judgement, num, log);
    // What nothing refers to shows nothing, and whatever refers to it later is judged as new.
    else if (!graph.isReachable(num)) log.add(changeRanks.longTerm, `unused object ${num}`);
    else if (!isDefined(newer, num)) log.disallow(`object ${num} freed`);
    else await judgeReplacedObject(judgement, num, log);
    const role = roles.get(num);
    if (role) replaced.add(role);
  }
  return replaced;
}

async function judgeNewObject({ pair, roles, graph }: Judgement, num: number, log: ChangeLog): Promise<void> {
  const { older, newer, newerFields } = pair;
  if (!isDefined(newer, num) || !graph.undefinedObjects.has(num)) return;
  const isSignature = newerFields.get(num)?.type === 'Sig' && isDict(await newer.fetch(num));
  // Referred to as a widget it is judged with its field; as a resource it would be drawn by signed content.
  if (isSignature && !isUsedElsewhere(num, 'field', roles, graph, older.rootRef.num)) return;
  log.disallow(`object ${num} defined later, though the signed revision already refers to it`);
}

async function judgeReplacedObject(judgement: Judgement, num: number, log: ChangeLog): Promise<void> {
  const { pair, roles, graph, structure } = judgement;
  const { older, newer } = pair;
  const [before, after] = [await older.fetch(num), await newer.fetch(num)];
  if (generationOf(judgement, num, 'older') !== generationOf(judgement, num, 'newer'))
    return log.disallow(`generation of object ${num} changed`);
  if (isSameSyntax(before, after)) return;
  const role = roles.get(num);
  // An equal rewrite may still hide behind other references, so the raw objects must mean the same.
  const isEqual = (): Promise<boolean> => isSameValue(older, before, newer, after);
  if (role && isUsedElsewhere(num, role, roles, graph, older.rootRef.num)) {
    if (!(await isEqual())) log.disallow(`object ${num} (${role}) is also used elsewhere`);
    return;
  }
  if (role === 'field' && hidesSharedAppearance(before, after, judgement))
    return log.disallow(`appearance of object ${num} is also used elsewhere`);
  if (role && comparedRoles.has(role)) {
    // Entry by entry says nothing about data that a dictionary of that kind does not have.
    const hasData = role !== 'dss' && (isStream(before) || isStream(after));
    if (hasData && !(await isEqual())) log.disallow(`object ${num} (${role}) with other data`);
    return;
  }
  if (role === 'info' || role === 'metadata') return log.add(changeRanks.longTerm, role);
  if (role === 'form-resources') return judgeResources(judgement, num, before, after, log);
  if (role === 'form-data') return judgeFormData(pair, log);
  if (role === 'field-content') return judgeFieldContent(judgement, num, log);
  if (role === 'annotation-content')
    return log.add(changeRanks.annotations, `appearance of an annotation (object ${num})`);
  if (role === 'unsigned-signature-content')
    return log.add(changeRanks.signatures, `appearance (object ${num})`);
  if (await isEqual()) return;
  if (await structure.explains(num, before, after))
    return log.add(structure.rank, `structure tree grown (object ${num})`);
  log.disallow(`object ${num} (${describe(before)}) replaced`);
}

/** Resources of the form, or one list in them: they may grow, for nothing that was there can mean the new names. */
async function judgeResources(
  { pair }: Judgement,
  num: number,
  before: PdfValue,
  after: PdfValue,
  log: ChangeLog,
): Promise<void> {
  const form = await pair.older.dict((await pair.older.catalog()).get('AcroForm'));
  const whole = form?.get('DR');
  const resources = (value: PdfValue): PdfValue =>
    isRef(whole) && whole.num === num ? value : new Map([['list', value]]);
  const hasGrown = await onlyGrew(pair, resources(before), resources(after));
  if (hasGrown) log.add(changeRanks.longTerm, 'form resources added');
  else log.disallow(`form resources (object ${num}) changed`);
}

/** The appearance or value of a field, replaced where it stands. */
function judgeFieldContent({ pair, roles }: Judgement, num: number, log: ChangeLog): void {
  const name = roles.fieldOf(num);
  if (pair.locks.some((lock) => isLocked(lock, name)))
    log.disallow(`content of the locked field ${name} replaced`);
  else log.add(changeRanks.formFill, `content of field ${name} (object ${num})`);
}

/** References carry the generation; under another one they would lead nowhere (7.3.10). */
function generationOf({ pair }: Judgement, num: number, revision: 'older' | 'newer'): number {
  const entry = pair[revision].entries.get(num);
  return entry?.type === 'offset' ? entry.gen : 0;
}

/** A field may not drop an appearance that something else in the document relies on as well. */
function hidesSharedAppearance(
  before: PdfValue,
  after: PdfValue,
  { pair, roles, graph }: Judgement,
): boolean {
  const [was, is] = [before, after].map((field) => (isDict(field) ? field.get('AP') : undefined));
  if (!isRef(was) || isSameSyntax(was, is)) return false;
  const role = roles.get(was.num);
  return role !== undefined && isUsedElsewhere(was.num, role, roles, graph, pair.older.rootRef.num);
}

function describe(value: PdfValue): string {
  if (isStream(value)) return 'stream';
  const text = syntaxOf(value);
  return text.startsWith('<<') ? 'dictionary' : 'value';
}
