import { describe, expect, test } from 'vitest';
import {
  changed,
  changedText,
  contractObjects,
  type RawObjects,
  rawPdf,
  rawStream,
  rawUpdate,
} from '../../../integration/signing/attack-files';
import { annotated, compareFiles, compareUpdate, fielded, withMore } from './compare';

describe('pages', () => {
  const pages = (kids: string): RawObjects => changed(2, '[3 0 R 16 0 R]', kids);

  test.each([
    ['added', pages('[3 0 R 16 0 R 970 0 R]')],
    ['removed', pages('[3 0 R]')],
    ['reordered', pages('[16 0 R 3 0 R]')],
  ])('are not %s', async (_what, tree) => {
    const objects = { ...tree, 970: contractObjects[16] ?? '' };
    expect((await compareUpdate({}, { objects })).what).toContain('pages added, removed or reordered');
  });

  test('are not put below another node of the tree, though they stay the same', async () => {
    const node = { 970: '<</Type/Pages/Parent 2 0 R/Kids[3 0 R 16 0 R]/Count 2>>' };
    expect((await compareUpdate({}, { objects: { ...pages('[970 0 R]'), ...node } })).what).toContain(
      'page tree /Kids changed',
    );
  });

  test('keep their parent itself, and not only what it says', async () => {
    const objects = { ...changed(16, '/Parent 2 0 R', '/Parent 970 0 R'), 970: contractObjects[2] ?? '' };
    expect((await compareUpdate({}, { objects })).what).toContain('page /Parent changed');
  });

  test('get a number in the structure, and keep the one they have', async () => {
    const tagged = (number: number) => withMore(16, `/StructParents ${number}`);
    expect((await compareUpdate({}, { objects: tagged(1) })).what).toEqual(['page /StructParents']);
    expect((await compareUpdate(tagged(0), { objects: tagged(1) })).what).toContain(
      'page /StructParents changed',
    );
  });

  test('show what is added to a list of annotations that is stored by itself', async () => {
    const listed = {
      3: changedText(contractObjects[3] ?? '', '[18 0 R 9 0 R 10 0 R 23 0 R 24 0 R]', ' 25 0 R'),
    };
    const own = { ...listed, 25: '[18 0 R 9 0 R 10 0 R 23 0 R 24 0 R]' };
    const note = '<</Type/Annot/Subtype/Link/Rect[300 300 400 320]>>';
    const objects = { 25: '[18 0 R 9 0 R 10 0 R 23 0 R 24 0 R 970 0 R]', 970: note };
    expect((await compareUpdate(own, { objects })).what).toContain('annotation Link added');
  });
});

describe('annotations', () => {
  const comment = '<</Type/Annot/Subtype/Text/Rect[400 700 420 720]/Contents(a)>>';
  const own = { ...annotated('26 0 R'), 26: comment };
  const rewrite = (num: number, part: string, by: string) =>
    compareUpdate(own, {
      objects: { [num]: changedText({ ...contractObjects, ...own }[num] ?? '', part, by) },
    });

  test('a comment without a place is told without one', async () => {
    const add = (entries: string) =>
      compareUpdate(
        {},
        { objects: { ...annotated('970 0 R'), 970: `<</Type/Annot/Subtype/Text${entries}>>` } },
      );
    expect(await add('/Contents(a)')).toMatchObject({ what: ['annotation Text added'], places: [null] });
    expect((await add('/Rect[400 700 420 720]')).places).toEqual([[400, 700, 420, 720]]);
  });

  test('a link keeps its page itself, and not only what it says', async () => {
    const link = changedText(contractObjects[18] ?? '', '<<', '<</P 16 0 R');
    const objects = { 18: changedText(link, '16 0 R', '970 0 R'), 970: contractObjects[16] ?? '' };
    expect((await compareUpdate({ 18: link }, { objects })).what).toContain('annotation Link /P changed');
  });

  test('a comment may change its words', async () => {
    expect(await rewrite(26, '(a)', '(b)')).toMatchObject({
      level: 'annotations',
      what: ['annotation Text /Contents changed'],
    });
  });

  test.each([
    [
      'a link, which is no comment, its words',
      18,
      '<<',
      '<</Contents(b)',
      'annotation Link /Contents changed',
    ],
    ['a comment what it is', 26, '/Text', '/FreeText', 'annotation Text /Subtype changed'],
    ['a comment what it does', 26, '<<', '<</A<</S/Named/N/Print>>', 'annotation Text /A changed'],
  ])('not %s', async (_what, num, part, by, said) => {
    const { level, what } = await rewrite(num, part, by);
    expect(level).toBe('disallowed');
    expect(what).toContain(said);
  });

  test('an added comment is told with its place', async () => {
    const before = rawPdf(contractObjects);
    const objects = { ...annotated('970 0 R'), 970: comment };
    expect((await compareFiles(before, rawUpdate(before, { objects }))).what).toEqual([
      'annotation Text added',
    ]);
  });
});

describe('the catalog', () => {
  const catalog = contractObjects[1] ?? '';
  const moved = 'catalog stored under another number';
  const another = 'trailer /Root changed';

  test('may be stored under a new number', async () => {
    expect((await compareUpdate({}, { objects: { 970: catalog }, root: 970 })).what).toContain(moved);
  });

  test('is none that lay ready in the signed revision', async () => {
    expect(
      (await compareUpdate({ 30: catalog }, { objects: { 12: contractObjects[12] ?? '' }, root: 30 })).what,
    ).toContain(another);
  });

  test('is not changed under its old number meanwhile', async () => {
    const objects = { 970: catalog, 1: changedText(catalog, '15 0 R', '14 0 R') };
    expect((await compareUpdate({}, { objects, root: 970 })).what).toContain(another);
  });
});

describe('objects', () => {
  test('keep their generation', async () => {
    const objects = { 5: contractObjects[5] ?? '' };
    expect((await compareUpdate({}, { objects })).what).toEqual([]);
    expect((await compareUpdate({}, { objects, generations: { 5: 1 } })).what).toContain(
      'generation of object 5 changed',
    );
  });

  test('that are fields or pages do not become streams with data', async () => {
    const field = contractObjects[9] ?? '';
    const stream = rawStream('data', field.slice(2, -2));
    expect((await compareUpdate({}, { objects: { 9: stream } })).what).toContain(
      'object 9 (field) with other data',
    );
  });

  test('are not defined where the signed revision left a gap in a list of annotations', async () => {
    const gap = annotated('901 0 R');
    const later = 'object 901 defined later, though the signed revision already refers to it';
    const note = '<</Type/Annot/Subtype/FreeText/Rect[72 690 300 720]/Contents(x)>>';
    expect((await compareUpdate(gap, { objects: { 901: note } })).what).toContain(later);
    const field = '<</Type/Annot/Subtype/Widget/FT/Sig/T(later)/Rect[0 0 0 0]/F 132/P 3 0 R>>';
    const stream = { 901: rawStream('data', field.slice(2, -2)) };
    expect((await compareUpdate(gap, { objects: { ...fielded('901 0 R'), ...stream } })).what).toContain(
      later,
    );
    expect((await compareUpdate(gap, { objects: { ...fielded('901 0 R'), 901: field } })).what).not.toContain(
      later,
    );
  });

  test('of the store of evidence may hold other evidence', async () => {
    const store = { 30: `<</VRI<</${'A'.repeat(40)}<</TS 31 0 R>>>>>>`, 31: rawStream('x') };
    const own = { ...withMore(1, '/DSS 30 0 R'), ...store };
    expect((await compareUpdate(own, { objects: { 31: rawStream('y') } })).what).toEqual([]);
  });

  test('that only lead to another one lead to it in every comparison', async () => {
    const own = { ...withMore(16, '/PieceInfo 30 0 R'), 30: '31 0 R', 31: '<</A 1>>' };
    expect((await compareUpdate(own, { objects: { 31: '<</A 2>>' } })).what).toContain(
      'object 31 (dictionary) replaced',
    );
  });

  test('with metadata of the document are not those of a page as well', async () => {
    const own = { ...withMore(1, '/Metadata 30 0 R'), 30: rawStream('<x/>') };
    const objects = { 30: rawStream('<y/>') };
    expect((await compareUpdate(own, { objects })).what).toEqual(['metadata']);
    const shared = { ...own, ...withMore(16, '/Metadata 30 0 R') };
    expect((await compareUpdate(shared, { objects })).what).toContain(
      'object 30 (metadata) is also used elsewhere',
    );
  });

  const shown = (num: number) => withMore(5, `/Resources<</Properties<</A ${num} 0 R>>>>`);

  test('that are comments may change on a page that content refers to', async () => {
    const comment = '<</Type/Annot/Subtype/Text/Rect[400 700 420 720]/Contents(a)>>';
    const own = { ...annotated('26 0 R'), 26: comment };
    const changedWords = { objects: { 26: changedText(comment, '(a)', '(b)') } };
    expect((await compareUpdate({ ...own, ...shown(3) }, changedWords)).level).toBe('annotations');
  });

  test('that are pages take comments, whatever else leads to the catalog', async () => {
    const page = '<</Type/Page/Parent 2 0 R/Contents 4 0 R>>';
    const own = { ...shown(1), 1: '<</Type/Catalog/Pages 2 0 R>>', 3: page };
    const objects = {
      3: changedText(page, '>>', '/Annots[26 0 R]>>'),
      26: '<</Type/Annot/Subtype/Text/Rect[400 700 420 720]/Contents(a)>>',
    };
    expect(await compareUpdate(own, { objects })).toMatchObject({
      level: 'annotations',
      what: ['annotation Text added'],
    });
  });

  test('of the store of evidence may grow, whoever else refers to the store', async () => {
    const entry = (digit: string) => `/${digit.repeat(40)}<<>>`;
    const own = {
      ...withMore(1, '/DSS 30 0 R'),
      ...withMore(16, '/PieceInfo<</A 30 0 R>>'),
      30: '<</VRI 32 0 R>>',
      32: `<<${entry('A')}>>`,
    };
    const { what } = await compareUpdate(own, { objects: { 32: `<<${entry('A')}${entry('B')}>>` } });
    expect(what).not.toContain('object 32 (dss) is also used elsewhere');
  });

  test('that are lists of appearances are not left by a field while a comment relies on them', async () => {
    const field = contractObjects[9] ?? '';
    const own = {
      ...annotated('26 0 R'),
      ...shown(26),
      9: changedText(field, '/AP<</N 11 0 R>>', '/AP 30 0 R'),
      26: '<</Type/Annot/Subtype/Text/Rect[400 700 420 720]/AP 30 0 R>>',
      30: '<</N 11 0 R>>',
    };
    expect((await compareUpdate(own, { objects: { 9: field } })).what).toContain(
      'appearance of object 9 is also used elsewhere',
    );
  });

  test('that cannot be read are not the same as before', async () => {
    const broken = '<</Length 30/Type/XObject/Subtype/Form/BBox[0 0 595 842]>>\nstream\nabc\nendstream';
    expect((await compareUpdate({ 7: broken }, { objects: { 7: `${broken} ` } })).what).toContain(
      'object 7 (stream) replaced',
    );
  });

  test('that are streams keep their dictionary as well', async () => {
    const content = '1 g 72 600 400 40 re f';
    const other = rawStream(content, '/Type/XObject/Subtype/Form/BBox[0 0 595 84]');
    expect((await compareUpdate({}, { objects: { 7: other } })).what).toContain('object 7 (stream) replaced');
    const same = rawStream(content, '/Subtype/Form/Type/XObject/BBox[0 0 595.0 842]');
    expect((await compareUpdate({}, { objects: { 7: same } })).level).not.toBe('disallowed');
  });
});
