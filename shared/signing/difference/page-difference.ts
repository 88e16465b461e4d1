import { isRef, type PdfDict, pdfDict } from '../pdf/pdf-objects';
import { inheritableKeys, type PdfPage } from '../pdf/pdf-pages';
import { compareAnnotations } from './annotation-difference';
import { type ChangeLog, changeRanks } from './change-log';
import { changedKeys, isSameSyntax, isUntouched } from './revision-equality';
import type { RevisionPair } from './revision-pair';

/** Entries of a page that say nothing about what it shows: order of the tab key, private data of programs. */
const silentKeys: ReadonlySet<string> = new Set(['Tabs', 'LastModified', 'PieceInfo']);

/**
 * Compares the page tree and every page; only annotations may have come. `hasNewAnnotations` tells that annotations of
 * the signed revision were replaced, so that a page may differ though it stands where it stood.
 */
export async function comparePages(
  pair: RevisionPair,
  hasNewAnnotations: boolean,
  log: ChangeLog,
): Promise<void> {
  const { older, olderPages, newerPages } = pair;
  const isSameList =
    olderPages.length === newerPages.length &&
    olderPages.every(({ ref }, i) => isSameSyntax(ref, newerPages[i]?.ref));
  if (!isSameList) return log.disallow('pages added, removed or reordered');
  const compared = new Set<number>();
  for (const [i, page] of olderPages.entries()) {
    const successor = newerPages[i];
    if (!successor) continue;
    await comparePageTree(pair, page.dict, successor.dict, compared, log);
    if (!hasNewAnnotations && isSamePage(pair, page, successor)) continue;
    for (const key of await changedPageKeys(pair, page, successor)) {
      const isNewParents = key === 'StructParents' && !page.dict.has(key);
      if (silentKeys.has(key) || isNewParents) log.add(changeRanks.longTerm, `page /${key}`);
      else if (key !== 'Annots') log.disallow(`page /${key} changed`, { page: i });
    }
    const before = (await older.array(page.dict.get('Annots'))) ?? [];
    const after = (await pair.newer.array(successor.dict.get('Annots'))) ?? [];
    await compareAnnotations(pair, i, before, after, log);
  }
}

/** True when a page and its list of annotations stand where they stood, which is what most pages do. */
function isSamePage({ older, newer }: RevisionPair, page: PdfPage, successor: PdfPage): boolean {
  if (page.dict !== successor.dict) return false;
  const annotations = page.dict.get('Annots');
  if (isRef(annotations) && !isUntouched(older, newer, annotations.num)) return false;
  return inheritableKeys.every((key) => page.inherited.get(key) === successor.inherited.get(key));
}

/** Changed entries of a page; what is inherited counts like what stands in the page itself (7.7.3.4). */
async function changedPageKeys(
  { older, newer }: RevisionPair,
  page: PdfPage,
  successor: PdfPage,
): Promise<readonly string[]> {
  const keys = await changedKeys(older, page.dict, newer, successor.dict, pageDefaults);
  const changed = keys.filter((key) => !inheritableKeys.includes(key));
  const [before, after] = [withDefaultBoxes(page.inherited), withDefaultBoxes(successor.inherited)];
  return [...changed, ...(await changedKeys(older, before, newer, after))];
}

/** What a page without these entries stands for (ISO 32000-1, table 30). */
const pageDefaults = pdfDict({ UserUnit: 1 });

/** The inherited attributes with what stands for those that are left out. */
function withDefaultBoxes(inherited: PdfDict): PdfDict {
  const crop = inherited.get('CropBox') ?? inherited.get('MediaBox') ?? null;
  return new Map([...inherited, ['Rotate', inherited.get('Rotate') ?? 0], ['CropBox', crop]]);
}

/** Compares the nodes above a page, each once: their kids by reference, everything else by value. */
async function comparePageTree(
  { older, newer }: RevisionPair,
  page: PdfDict,
  successor: PdfDict,
  compared: Set<number>,
  log: ChangeLog,
): Promise<void> {
  let [before, after] = [page.get('Parent'), successor.get('Parent')];
  while (isRef(before) && !compared.has(before.num)) {
    compared.add(before.num);
    if (!isSameSyntax(before, after)) return;
    const [was, is] = [await older.dict(before), await newer.dict(after)];
    if (was !== is) {
      for (const key of await changedKeys(older, without(was, 'Kids'), newer, without(is, 'Kids')))
        log.disallow(`page tree /${key} changed`);
      const [kids, newKids] = [await older.array(was?.get('Kids')), await newer.array(is?.get('Kids'))];
      if (!isSameSyntax(kids, newKids)) log.disallow('page tree /Kids changed');
    }
    before = was?.get('Parent');
    after = is?.get('Parent');
  }
}

function without(dict: PdfDict | null, key: string): PdfDict {
  const copy = new Map(dict);
  copy.delete(key);
  return copy;
}
