import { describe, expect, test } from 'vitest';
import {
  changedText,
  contractObjects,
  type RawObjects,
  rawPdf,
  rawUpdate,
} from '../../../integration/signing/attack-files';
import { annotated, compareFiles, compareUpdate, type Difference, fielded, withMore } from './compare';

/** The contract with a paragraph in its structure, and a signature field that has its element as well. */
const tagged: RawObjects = {
  ...withMore(1, '/StructTreeRoot 40 0 R'),
  40: '<</Type/StructTreeRoot/K 41 0 R/ParentTree 42 0 R/ParentTreeNextKey 2>>',
  41: '<</S/Document/P 40 0 R/K[43 0 R 46 0 R 48 0 R]>>',
  42: '<</Nums[0[43 0 R]1 46 0 R]>>',
  43: '<</S/P/P 41 0 R/K 0/Pg 3 0 R>>',
  46: '<</S/Form/P 41 0 R/K 47 0 R>>',
  47: '<</Type/OBJR/Obj 10 0 R/Pg 3 0 R>>',
  48: '<</S/Sect/P 41 0 R/K 49 0 R>>',
  49: '[43 0 R]',
};
const field = (kind: string): string =>
  `<</Type/Annot/Subtype/Widget/FT/${kind}/T(new)/P 3 0 R/Rect[0 0 0 0]/F 132/StructParent 2>>`;
/** A new signature field with its element. */
const added: RawObjects = {
  ...annotated('970 0 R'),
  ...fielded('970 0 R'),
  970: field('Sig'),
  971: '<</S/Form/P 41 0 R/K 972 0 R>>',
  972: '<</Type/OBJR/Obj 970 0 R/Pg 3 0 R>>',
};
const rewritten = (num: number, part: string, by: string, own: RawObjects = tagged): RawObjects => ({
  [num]: changedText(own[num] ?? '', part, by),
});
const withKid = (kid: string): RawObjects => rewritten(41, '48 0 R]', `48 0 R ${kid}]`);
const grow = (objects: RawObjects, own: RawObjects = {}): Promise<Difference> =>
  compareUpdate({ ...tagged, ...own }, { objects: { ...added, ...objects } });
const grown = (num: number): string => `structure tree grown (object ${num})`;
const replaced = (num: number): string => `object ${num} (dictionary) replaced`;

describe('the structure grows by an element of a new signature field', () => {
  test.each<[string, RawObjects]>([
    ['among the kids of another', withKid('971 0 R')],
    ['in a list of kids that is stored by itself', rewritten(49, ']', ' 971 0 R]')],
    ['in the parent tree', rewritten(42, ']>>', ' 2 971 0 R]>>')],
    ['of the root', rewritten(40, '/K 41 0 R', '/K[41 0 R 971 0 R]')],
  ])('%s', async (_where, objects) => {
    const { level, what } = await grow(objects);
    expect(level).toBe('signatures');
    expect(what.join('; ')).toContain('structure tree grown');
  });
});

describe('the structure does not grow', () => {
  test.each<[string, number, RawObjects, RawObjects]>([
    ['by content of the page', 41, { ...withKid('973 0 R'), 973: '<</S/P/P 41 0 R/K 1/Pg 3 0 R>>' }, {}],
    ['by an element that was there', 41, withKid('46 0 R'), {}],
    ['by an element of nothing', 41, { ...withKid('973 0 R'), 973: '<</S/P/P 41 0 R/K[]>>' }, {}],
    [
      'by an element of an object that is none',
      41,
      { ...withKid('973 0 R'), 973: '<</S/Form/P 41 0 R/K<</Type/OBJR>>>>' },
      {},
    ],
    [
      'by an element with a text of its own',
      41,
      { ...withKid('973 0 R'), 973: '<</S/Form/P 41 0 R/K 972 0 R/ActualText(x)>>' },
      {},
    ],
    ['by the element of a text field', 41, { ...withKid('971 0 R'), 970: field('Tx') }, {}],
    [
      'by the element of a field that was signed before',
      41,
      { ...withKid('971 0 R'), ...fielded('50 0 R 970 0 R'), 972: '<</Type/OBJR/Obj 50 0 R/Pg 3 0 R>>' },
      {
        ...fielded('50 0 R'),
        50: '<</Type/Annot/Subtype/Widget/FT/Sig/T(before)/V 51 0 R/Rect[0 0 0 0]/F 132>>',
        51: '<</Type/Sig/Filter/Adobe.PPKLite>>',
      },
    ],
    ['and gets a language', 41, rewritten(41, '48 0 R]', '48 0 R 971 0 R]/Lang(vi)'), {}],
    [
      'and is no root: only that counts its entries',
      41,
      rewritten(41, '/P 40 0 R', '/P 40 0 R/ParentTreeNextKey 3'),
      {},
    ],
    [
      'where an element loses what it is',
      48,
      { 48: '<</P 41 0 R/K[43 0 R 971 0 R]>>' },
      { 48: '<</P 41 0 R/K[43 0 R]>>' },
    ],
    [
      'where an element has no parent',
      48,
      { 48: '<</S/Sect/K[43 0 R 971 0 R]>>' },
      { 48: '<</S/Sect/K[43 0 R]>>' },
    ],
    [
      'where an element is used for something else as well',
      41,
      withKid('971 0 R'),
      withMore(16, '/Elem 41 0 R'),
    ],
    [
      'where the parent tree is something else as well',
      42,
      rewritten(42, ']>>', ' 2 971 0 R]>>'),
      rewritten(1, '/PageLabels 15 0 R', '/PageLabels 42 0 R'),
    ],
    [
      'where the parent tree leads to an old element under a new number',
      42,
      rewritten(42, ']>>', ' 2 43 0 R]>>'),
      {},
    ],
    ['where the parent tree leads elsewhere than before', 42, rewritten(42, '1 46 0 R', '1 43 0 R'), {}],
  ])('%s', async (_why, num, objects, own) => {
    const { level, what } = await grow(objects, own);
    expect(level).toBe('disallowed');
    expect(what).toContain(replaced(num));
    expect(what).not.toContain(grown(num));
  });

  test('in a list of kids that holds content of the page afterwards, or is used for something else', async () => {
    const content = { ...rewritten(49, ']', ' 973 0 R]'), 973: '<</S/P/P 48 0 R/K 1/Pg 3 0 R>>' };
    expect((await grow(content)).what).toContain('object 49 (value) replaced');
    const shared = rewritten(43, '/K 0', '/K 0/Ref 49 0 R');
    expect((await grow(rewritten(49, ']', ' 971 0 R]'), shared)).what).toContain(
      'object 49 (value) replaced',
    );
  });

  test('where an element becomes something else', async () => {
    expect((await grow({ 48: '(x)' })).what).toContain(replaced(48));
  });

  test('where the trailer refers to an element', async () => {
    const before = rawPdf({ ...contractObjects, ...tagged }, '/K 41 0 R');
    const after = rawUpdate(before, { objects: { ...added, ...withKid('971 0 R') }, trailer: '/K 41 0 R' });
    expect((await compareFiles(before, after)).what).toContain(replaced(41));
  });

  test('where there was none', async () => {
    const root = { ...withMore(1, '/StructTreeRoot 973 0 R'), 973: '<</K[]/Type/StructTreeRoot>>' };
    expect((await compareUpdate({}, { objects: root })).what).toContain('catalog /StructTreeRoot changed');
    const list = { ...withMore(16, '/K 30 0 R'), 30: '[31 0 R]', 31: '<</S/P/P 16 0 R>>' };
    const objects = { ...added, 30: '[31 0 R 971 0 R]' };
    expect((await compareUpdate(list, { objects })).what).toContain('object 30 (value) replaced');
  });

  test('beyond 100,000 nodes of the parent tree: PDF_TOO_COMPLEX', async () => {
    const tree = (nodes: number): RawObjects => ({ 42: `<</Kids[${'43 0 R '.repeat(nodes)}]>>` });
    expect((await grow(withKid('971 0 R'), tree(1000))).what).toContain(grown(41));
    await expect(grow(withKid('971 0 R'), tree(200_000))).rejects.toMatchObject({ code: 'PDF_TOO_COMPLEX' });
  });
});
