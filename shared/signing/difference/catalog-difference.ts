import { pdfDict, pdfName } from '../pdf/pdf-objects';
import { type ChangeLog, changeRanks } from './change-log';
import type { ReferenceGraph } from './reference-graph';
import { isDefined } from './reference-graph';
import { changedKeys, isSameSyntax, isUntouched } from './revision-equality';
import type { RevisionPair } from './revision-pair';
import { StructureGrowth } from './structure-difference';

/** Entries of the catalog that maintenance of a signed document may change; none of them shows anything. */
const maintainedKeys: ReadonlySet<string> = new Set([
  'DSS',
  'Metadata',
  'Version',
  'Extensions',
  'MarkInfo',
  'PieceInfo',
]);

/** What a catalog without these entries stands for (ISO 32000-1, table 28). */
const catalogDefaults = pdfDict({
  PageMode: pdfName('UseNone'),
  PageLayout: pdfName('SinglePage'),
  ViewerPreferences: pdfDict({}),
  NeedsRendering: false,
});

/** Compares the catalogs entry by entry, wherever they are stored; the form is compared by itself. */
export async function compareCatalogs(
  pair: RevisionPair,
  graph: ReferenceGraph,
  log: ChangeLog,
): Promise<void> {
  const { older, newer } = pair;
  if (!isSameSyntax(older.rootRef, newer.rootRef)) compareRoots(pair, log);
  const [before, after] = [await older.catalog(), await newer.catalog()];
  for (const key of await changedKeys(older, before, newer, after, catalogDefaults)) {
    if (key === 'AcroForm') continue;
    const growth = new StructureGrowth(pair, graph);
    if (maintainedKeys.has(key)) log.add(changeRanks.longTerm, `catalog /${key}`);
    else if (
      key === 'StructTreeRoot' &&
      (await growth.rootGrew(await older.dict(before.get(key)), await newer.dict(after.get(key))))
    )
      log.add(growth.rank, 'structure tree grown');
    else log.disallow(`catalog /${key} changed`);
  }
}

/** Another program may store the same catalog under a new number; the old one then stays as it was. */
function compareRoots({ older, newer }: RevisionPair, log: ChangeLog): void {
  const isMoved = !isDefined(older, newer.rootRef.num) && isUntouched(older, newer, older.rootRef.num);
  if (isMoved) log.add(changeRanks.longTerm, 'catalog stored under another number');
  else log.disallow('trailer /Root changed');
}
