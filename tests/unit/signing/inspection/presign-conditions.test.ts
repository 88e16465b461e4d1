import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { inspectForSigning } from '../../../../shared/signing/index';
import { newMarkBudget, readPageMarks } from '../../../../shared/signing/inspection/page-marks';
import { contains, type Rectangle } from '../../../../shared/signing/inspection/warning';
import { readPages } from '../../../../shared/signing/pdf/pdf-pages';
import { type RawObjects, rawPdf, rawStream } from '../../../integration/signing/attack-files';
import { open } from '../difference/compare';
import { endsWhenReadsFail } from '../failing-disk';

const image = rawStream('x', '/Type/XObject/Subtype/Image/Width 1/Height 1');

/** A page with a word at 100, 700, and with these objects in place of its own or more. */
const page = (objects: RawObjects, annotations = ''): RawObjects => ({
  1: '<</Type/Catalog/Pages 2 0 R>>',
  2: '<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>',
  3: `<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[${annotations}]/Resources<</XObject<</Im 5 0 R>>>>>>`,
  4: rawStream('BT /F 12 Tf 100 700 Td (word) Tj ET'),
  5: image,
  ...objects,
});

/** The details of the warnings of one kind. */
async function told(code: string, objects: RawObjects): Promise<readonly string[]> {
  const source = memorySource(new Uint8Array(rawPdf(objects)));
  const found = await inspectForSigning(source, nodeCrypto);
  return found.filter((warning) => warning.code === code).map(({ detail }) => detail);
}

const overWord = '/Rect[90 690 200 730]';
const appearance = '/AP<</N 5 0 R>>';

describe('HIDDEN_CONTENT: an annotation that nobody sees has something to show (ISO 32000-1, 12.5)', () => {
  const hidden = (entries: string) => told('HIDDEN_CONTENT', page({}, `<</Type/Annot/F 2${entries}>>`));

  test('a hidden note', async () => {
    expect(await hidden(`/Subtype/Text/Contents(secret)${overWord}`)).toEqual(['Text hidden']);
  });

  test.each(['Popup', 'Link'])('a %s shows nothing of its own', async (type) => {
    expect(await hidden(`/Subtype/${type}/Contents(secret)${overWord}`)).toEqual([]);
  });

  test('one without appearance, words and value is empty', async () => {
    expect(await hidden(`/Subtype/Square${overWord}`)).toEqual([]);
  });

  test('an entry that leads nowhere is none', async () => {
    expect(await told('HIDDEN_CONTENT', page({}, '900 0 R null'))).toEqual([]);
  });
});

describe('HIDDEN_CONTENT: a page that stands in no page tree', () => {
  test.each<readonly [string, readonly string[]]>([
    ['<</Type/Page/Contents 4 0 R>>', ['page object 9 in no page tree']],
    ['<</Type/Page>>', []],
    ['<</Type/Annot/Contents(words)>>', []],
    ['(Page)', []],
  ])('%s', async (object, details) => {
    expect(await told('HIDDEN_CONTENT', page({ 9: object }))).toEqual(details);
  });
});

describe('OVERLAPPING_CONTENT: what paints over text or over a field', () => {
  const overText = (entries: string, form: RawObjects = {}) =>
    told('OVERLAPPING_CONTENT', page({ 9: `<</Type/Annot${overWord}${entries}>>`, ...form }, '9 0 R'));

  test('a stamp does, a highlight leaves the text readable', async () => {
    expect(await overText(`/Subtype/Stamp${appearance}`)).toEqual(['Stamp over text']);
    expect(await overText(`/Subtype/Highlight${appearance}`)).toEqual([]);
  });

  test('the ground of a text field does, that of a signature is meant to be there', async () => {
    const widget = '/Subtype/Widget/T(a)/MK<</BG[1 1 1]>>';
    const form = { 1: '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[9 0 R]>>>>' };
    expect(await overText(`${widget}/FT/Tx`, form)).toEqual(['Widget over text']);
    expect(await overText(`${widget}/FT/Sig`, form)).toEqual([]);
  });

  test.each<readonly [string, string, readonly string[]]>([
    ['Sig', 'Sig', []],
    ['Tx', 'Sig', ['Widget over a form field']],
    ['Sig', 'Tx', ['Widget over a form field']],
  ])(
    '%s below %s: only a seal lies over a signature (Phụ lục I, phần I, mục II.8)',
    async (below, above, details) => {
      const widget = (type: string): string =>
        `<</Type/Annot/Subtype/Widget/FT/${type}/T(${type})/Rect[300 100 400 200]>>`;
      const catalog = '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[9 0 R 10 0 R]>>>>';
      const objects = page({ 1: catalog, 9: widget(below), 10: widget(above) }, '9 0 R 10 0 R');
      expect(await told('OVERLAPPING_CONTENT', objects)).toEqual(details);
    },
  );

  test('a point lies within a rectangle with its edges', () => {
    const rectangle: Rectangle = [10, 20, 30, 40];
    for (const [x, y] of [
      [10, 20],
      [30, 40],
      [20, 30],
    ] as const)
      expect(contains(rectangle, x, y)).toBe(true);
    for (const [x, y] of [
      [9, 30],
      [31, 30],
      [20, 19],
      [20, 41],
    ] as const)
      expect(contains(rectangle, x, y)).toBe(false);
  });
});

test('FIELDS_WITH_VALUES: a field without a value carries none', async () => {
  const form = (entries: string): RawObjects =>
    page({ 1: `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[<</FT/Tx/T(sum)${entries}>>]>>>>` });
  expect(await told('FIELDS_WITH_VALUES', form('/V(100)'))).toEqual(['sum']);
  expect(await told('FIELDS_WITH_VALUES', form(''))).toEqual([]);
});

test('an action is known by its own name, not by what every object of the program has', async () => {
  const source = memorySource(new Uint8Array(rawPdf(page({ 9: '<</S/constructor>>', 10: '<</S/GoTo>>' }))));
  const codes = (await inspectForSigning(source, nodeCrypto)).map(({ code }) => code);
  expect(codes.filter((code) => typeof code !== 'string' || code.endsWith('ACTION'))).toEqual([]);
});

describe('a page whose content costs too much is told as not looked through', () => {
  const completeWithin = async (budget: Partial<ReturnType<typeof newMarkBudget>>): Promise<boolean> => {
    const document = await open(rawPdf(page({ 4: rawStream('q 10 0 0 10 0 0 cm /Im Do Q') })));
    const [first] = await readPages(document);
    if (!first) throw new Error('page expected');
    return (await readPageMarks(document, first, { ...newMarkBudget(), ...budget })).complete;
  };
  test.each([
    ['enough for one picture', { pictures: 1 }, true],
    ['no picture more', { pictures: 0 }, false],
    ['no bytes left', { bytes: 0 }, false],
  ])('%s', async (_what, budget, complete) => {
    expect(await completeWithin(budget)).toBe(complete);
  });
});

test('a defect of the program is not called a fault of the file', async () => {
  const packed = rawStream('x', '/Filter/FlateDecode');
  const defective = {
    ...nodeCrypto,
    inflate: () => {
      throw new RangeError('defect');
    },
  };
  const source = memorySource(new Uint8Array(rawPdf(page({ 4: packed }))));
  await expect(inspectForSigning(source, defective)).rejects.toThrow(RangeError);
});

test('a disk that fails is no warning', async () => {
  const bytes = new Uint8Array(rawPdf(page({})));
  const ends = await endsWhenReadsFail(bytes, (source) => inspectForSigning(source, nodeCrypto));
  expect([...new Set(ends)]).toEqual(['IO']);
});
