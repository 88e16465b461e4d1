import { AppError } from '../../result/result';
import {
  isArray,
  isDict,
  isName,
  isRef,
  type PdfArray,
  type PdfDict,
  type PdfValue,
} from '../pdf/pdf-objects';
import { commentKinds } from './annotation-difference';
import { type ChangeRank, changeRanks } from './change-log';
import type { ReferenceGraph } from './reference-graph';
import { changedKeys, isSameSyntax, isSameValue } from './revision-equality';
import type { RevisionPair } from './revision-pair';

const maxNodes = 100_000;
const maxDepth = 20;
/** Keys under which an object of the structure tree is referred to (ISO 32000-1, 14.7). */
const structureKeys = /(^|\.)(K|P|Ref|SE|Nums|Names|StructTreeRoot|)$/;
/** What a structure element for a widget may say; replacement text (/ActualText, /E) is not among it. */
const elementKeys: ReadonlySet<string> = new Set([
  'Type',
  'S',
  'P',
  'K',
  'Pg',
  'ID',
  'T',
  'Alt',
  'Lang',
  'A',
  'C',
  'R',
  'NS',
]);

type ParentTree = { readonly entries: ReadonlyMap<number, PdfValue>; readonly nodes: ReadonlySet<number> };

/**
 * Judges how the logical structure of a tagged PDF grew: later revisions add elements that stand for the widget of a new
 * signature or for a comment (14.7.4.3, object references), and enter them into the parent tree. Nothing of what was there
 * changes.
 */
export class StructureGrowth {
  private readonly pair: RevisionPair;
  private readonly graph: ReferenceGraph;
  /** How far the additions that were found so far go: signatures, or comments as well. */
  rank: ChangeRank = changeRanks.signatures;
  private readonly parentTrees = new Map<'older' | 'newer', ParentTree>();

  constructor(pair: RevisionPair, graph: ReferenceGraph) {
    this.pair = pair;
    this.graph = graph;
  }

  /** True when an object of the signed revision was replaced only to hang such elements into the tree. */
  async explains(num: number, before: PdfValue, after: PdfValue): Promise<boolean> {
    const { older } = this.pair;
    const root = (await older.catalog()).get('StructTreeRoot');
    if (root === undefined) return false;
    const tree = await this.parentTree('older');
    if (tree.nodes.has(num)) return (await this.parentTreeGrew()) && this.isNodeOfParentTree(num, tree);
    if (!this.graph.referrersOf(num).every(({ owner, key }) => owner >= 0 && structureKeys.test(key)))
      return false;
    if (isArray(before) && isArray(after)) return this.isListOfKids(num) && this.kidsGrew(before, after);
    if (!isDict(before) || !isDict(after)) return false;
    const isRoot = isRef(root) && root.num === num;
    return isRoot ? this.rootGrew(before, after) : this.elementGrew(before, after);
  }

  /** True when the root of the structure tree, wherever it is stored, did nothing but grow. */
  async rootGrew(before: PdfDict | null, after: PdfDict | null): Promise<boolean> {
    if (!before || !after) return false;
    const { older, newer } = this.pair;
    for (const key of await changedKeys(older, before, newer, after)) {
      if (key === 'ParentTreeNextKey') continue;
      const hasGrown =
        key === 'K'
          ? await this.kidsGrew(before.get('K'), after.get('K'))
          : key === 'ParentTree' && (await this.parentTreeGrew());
      if (!hasGrown) return false;
    }
    return true;
  }

  private async elementGrew(before: PdfDict, after: PdfDict): Promise<boolean> {
    if (!isName(before.get('S')) || !before.has('P')) return false;
    const { older, newer } = this.pair;
    const changed = await changedKeys(older, before, newer, after);
    return changed.every((key) => key === 'K') && this.kidsGrew(before.get('K'), after.get('K'));
  }

  /** True when an array is the list of kids of structure elements and nothing else. */
  private isListOfKids(num: number): boolean {
    return this.graph.referrersOf(num).every(({ key }) => key === 'K' || key === 'StructTreeRoot.K');
  }

  private async kidsGrew(before: PdfValue | undefined, after: PdfValue | undefined): Promise<boolean> {
    const { older, newer } = this.pair;
    const [was, is] = [
      listOf(await older.resolve(before), before),
      listOf(await newer.resolve(after), after),
    ];
    let met = 0;
    for (const kid of is) {
      if (met < was.length && isSameSyntax(was[met], kid)) met += 1;
      else if (!(await this.isForAnnotation(kid))) return false;
    }
    return met === was.length;
  }

  /** True for a new element whose only content are signatures or comments that the later revision made. */
  private async isForAnnotation(kid: PdfValue, depth = 0): Promise<boolean> {
    const { newer } = this.pair;
    const dict = await newer.dict(kid);
    if (!dict || depth > maxDepth) return false;
    if ((await newer.name(dict.get('Type'))) === 'OBJR') return this.isNewAnnotation(dict.get('Obj'));
    if (isRef(kid) && this.graph.isReachable(kid.num)) return false;
    if ([...dict.keys()].some((key) => !elementKeys.has(key))) return false;
    const kids = listOf(await newer.resolve(dict.get('K')), dict.get('K'));
    for (const inner of kids) if (!(await this.isForAnnotation(inner, depth + 1))) return false;
    return kids.length > 0;
  }

  private async isNewAnnotation(ref: PdfValue | undefined): Promise<boolean> {
    if (!isRef(ref)) return false;
    const { newer, olderFields, newerFields } = this.pair;
    const field = newerFields.get(ref.num);
    if (field) return field.type === 'Sig' && olderFields.get(ref.num)?.value === undefined;
    const kind = await newer.name((await newer.dict(ref))?.get('Subtype'));
    if (kind === null || !commentKinds.has(kind) || this.graph.isReachable(ref.num)) return false;
    this.rank = changeRanks.annotations;
    return true;
  }

  private isNodeOfParentTree(num: number, { nodes }: ParentTree): boolean {
    return this.graph
      .referrersOf(num)
      .every(
        ({ owner, key }) =>
          /^(StructTreeRoot\.)?ParentTree(\.Nums|\.Kids)?$/.test(key) ||
          (nodes.has(owner) && /^(Kids|Nums|)$/.test(key)),
      );
  }

  private async parentTreeGrew(): Promise<boolean> {
    const [before, after] = [await this.parentTree('older'), await this.parentTree('newer')];
    const { older, newer } = this.pair;
    for (const [key, value] of before.entries) {
      const is = after.entries.get(key);
      if (!isSameSyntax(value, is) && !(await isSameValue(older, value, newer, is))) return false;
    }
    for (const [key, value] of after.entries) {
      if (before.entries.has(key)) continue;
      const elements = listOf(await newer.resolve(value), value);
      for (const element of elements) if (!(await this.isForAnnotation(element))) return false;
    }
    return true;
  }

  /** Entries and nodes of the number tree that leads from content back to its elements. Throws PDF_TOO_COMPLEX. */
  private async parentTree(revision: 'older' | 'newer'): Promise<ParentTree> {
    const known = this.parentTrees.get(revision);
    if (known) return known;
    const document = this.pair[revision];
    const entries = new Map<number, PdfValue>();
    const nodes = new Set<number>();
    const root = await document.dict((await document.catalog()).get('StructTreeRoot'));
    const pending: PdfValue[] = [root?.get('ParentTree') ?? null];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (isRef(node)) {
        if (nodes.has(node.num)) continue;
        nodes.add(node.num);
      }
      if (nodes.size > maxNodes || pending.length > maxNodes)
        throw new AppError('PDF_TOO_COMPLEX', 'parent tree');
      const dict = await document.dict(node);
      for (const key of ['Nums', 'Kids']) {
        const list = dict?.get(key);
        if (isRef(list)) nodes.add(list.num);
      }
      const numbers = (await document.array(dict?.get('Nums'))) ?? [];
      for (let i = 0; i + 1 < numbers.length; i += 2) {
        const key = numbers[i];
        if (typeof key === 'number') entries.set(key, numbers[i + 1] ?? null);
      }
      for (const kid of (await document.array(dict?.get('Kids'))) ?? []) pending.push(kid);
    }
    const tree = { entries, nodes };
    this.parentTrees.set(revision, tree);
    return tree;
  }
}

/** The items of a value that is a list, or one item that stands for itself. */
function listOf(resolved: PdfValue, value: PdfValue | undefined): PdfArray {
  if (isArray(resolved)) return resolved;
  return value === undefined || value === null ? [] : [value];
}
