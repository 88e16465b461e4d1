import { describe, expect, test } from 'vitest';
import { latin1Bytes } from '../../../../shared/signing/bytes';
import { readOperations } from '../../../../shared/signing/difference/content-operators';
import { hidesBelow, initialState } from '../../../../shared/signing/difference/graphics-state';
import { isPaintedOver, type Paint } from '../../../../shared/signing/difference/painted-area';
import { readShownBoxes } from '../../../../shared/signing/difference/shown-boxes';
import type { PdfDict } from '../../../../shared/signing/pdf/pdf-objects';
import {
  changedText,
  contractObjects,
  type RawObjects,
  rawPdf,
  rawStream,
} from '../../../integration/signing/attack-files';
import { annotated, compareUpdate, fielded, open } from './compare';

/** Around the line "Pay 100 for the house", and where the page is empty. */
const onText = '/Rect[60 690 300 720]';
const onPaper = '/Rect[300 300 540 330]';
const drawing = (content: string): string =>
  rawStream(
    content,
    '/Type/XObject/Subtype/Form/BBox[0 0 240 30]/Resources<</ExtGState<</A<</ca 0.4>>>>/XObject<</I 980 0 R>>>>',
  );

/** Adds an annotation that is drawn as said, and gives whether it covers what was signed. */
async function covers(annotation: string, content: string | null, own: RawObjects = {}): Promise<boolean> {
  const appearance = content === null ? '' : '/AP<</N 971 0 R>>';
  const difference = await compareUpdate(own, {
    objects: {
      ...annotated('970 0 R'),
      970: `<</Type/Annot${annotation}${appearance}>>`,
      ...(content === null ? {} : { 971: drawing(content) }),
    },
  });
  expect(difference.level).toBe('annotations');
  return difference.covers;
}

const everything = '1 g 0 0 240 30 re f';
const picture = '240 0 0 30 0 0 cm BI /W 1/H 1/BPC 8/CS/G ID x EI';
const corner = '1 g 0 0 1 1 re f';

describe('a comment covers', () => {
  test.each<[string, boolean, string, string | null]>([
    ['what a stamp lies on, however little of it is drawn', true, `/Subtype/Stamp${onText}`, corner],
    ['nothing where the paper is empty', false, `/Subtype/Stamp${onPaper}`, everything],
    ['what its drawing hides, when it is a mark', true, `/Subtype/Square${onText}`, everything],
    ['nothing with the thin lines of a mark', false, `/Subtype/Square${onText}`, corner],
    ['what lies in a mark that a viewer may fill', true, `/Subtype/Square${onText}/IC[1 0 0]`, corner],
    ['nothing as a window that is closed and not drawn', false, `/Subtype/Popup${onText}`, null],
    ['what its window lies on, when it is drawn', true, `/Subtype/Popup${onText}`, corner],
    ['nothing with a state of which it has no drawing', false, `/Subtype/Highlight${onText}/AS/On`, null],
    ['nothing with a line down through a letter', false, `/Subtype/Ink${onText}`, '1 g 40 0 1 30 re f'],
    ['nothing with a bar down through a letter', false, `/Subtype/Ink${onText}`, '1 g 40 0 5 30 re f'],
    ['nothing with a line through the words', false, `/Subtype/Ink${onText}`, '1 g 0 14 240 1 re f'],
  ])('%s: %s', async (_what, isCovering, annotation, content) => {
    expect(await covers(annotation, content)).toBe(isCovering);
  });

  test.each([
    ['a filter that nobody knows', rawStream('BT (a) Tj ET', '/Filter/Nonsense')],
    ['a text without an end', rawStream('BT (a')],
    ['more states than a reader keeps', rawStream('q '.repeat(201))],
  ])('a page that cannot be read like text of its size: %s', async (_what, content) => {
    const unreadable = { 4: content };
    const large = '/Subtype/Stamp/Rect[280 180 590 490]';
    expect(await covers(large, everything, unreadable)).toBe(true);
    expect(await covers(large, everything)).toBe(false);
  });
});

describe('a signature field without a signature covers', () => {
  const field = (entries: string): RawObjects => ({
    ...annotated('970 0 R'),
    ...fielded('970 0 R'),
    970: `<</Type/Annot/Subtype/Widget/FT/Sig/T(new)/P 3 0 R${entries}>>`,
    971: drawing(''),
  });
  const covered = async (entries: string, own: RawObjects = {}): Promise<boolean> =>
    (await compareUpdate(own, { objects: { ...field(entries), ...own } })).covers;

  test.each([
    [false, 'nothing without a colour of its own', `/F 132${onText}`],
    [true, 'words with one', `/F 132${onText}/MK<</BG[1 1 1]>>`],
    [false, 'empty paper with one', `/F 132${onPaper}/MK<</BG[1 1 1]>>`],
  ])('%s: %s', async (isCovering, _what, entries) => {
    expect(await covered(entries)).toBe(isCovering);
  });

  test.each<[boolean, string, string]>([
    [true, 'what a picture hides', picture],
    [true, 'what a picture hides whose mask cannot be read', '240 0 0 30 0 0 cm /I Do'],
    [false, 'nothing with a bar down through a letter', '5 0 0 30 40 0 cm /I Do'],
    [false, 'nothing with a small one of that kind', '2 0 0 2 0 0 cm /I Do'],
  ])('%s: %s', async (isCovering, _what, content) => {
    const objects = {
      ...field(`/F 132${onText}/V 972 0 R/AP<</N 971 0 R>>`),
      971: drawing(content),
      972: '<</Type/Sig/Filter/Adobe.PPKLite>>',
      980: rawStream('x', '/Type/XObject/Subtype/Image/Width 1/Height 1/SMask 981 0 R'),
      981: rawStream('x', '/Type/XObject/Subtype/Image/Filter/Nonsense'),
    };
    expect((await compareUpdate({}, { objects })).covers).toBe(isCovering);
  });

  test('words outside of its rectangle only where it does not turn with a turned page', async () => {
    const shown = '/V 972 0 R/AP<</N 971 0 R>>';
    const signed = (flags: number) => `/F ${flags}${onPaper}${shown}`;
    const add = async (flags: number, page: string): Promise<boolean> => {
      const objects = {
        ...field(signed(flags)),
        971: drawing(everything),
        972: '<</Type/Sig/Filter/Adobe.PPKLite>>',
        3: changedText(annotated('970 0 R')[3] ?? '', '/Type/Page', `/Type/Page${page}`),
      };
      const own = { 3: changedText(contractObjects[3] ?? '', '/Type/Page', `/Type/Page${page}`) };
      return (await compareUpdate(own, { objects })).covers;
    };
    const [turns, stays] = [132, 132 | 16];
    expect(await add(stays, '')).toBe(false);
    expect(await add(turns, '/Rotate 90')).toBe(false);
    expect(await add(stays, '/Rotate 90')).toBe(true);
  });
});

describe('a field that is filled in covers', () => {
  const amount = contractObjects[9] ?? '';
  const filled = (appearance: string): string =>
    amount.replace('/V(100)', '/V(900)').replace('/AP<</N 11 0 R>>', appearance);

  test('not its own former value', async () => {
    const objects = { 9: filled('/AP<</N 970 0 R>>'), 970: drawing(everything) };
    expect(await compareUpdate({}, { objects })).toMatchObject({ level: 'form-fill', covers: false });
  });

  test('nothing when it is left to the viewer to draw it', async () => {
    expect(await compareUpdate({}, { objects: { 9: filled('') } })).toMatchObject({
      level: 'form-fill',
      covers: false,
    });
  });
});

describe('ISO 32000-1, section 11.3: a fill hides what lies below', () => {
  const state = initialState();

  test('when it is at least half opaque', () => {
    expect([0.4, 0.5, 1].map((alpha) => hidesBelow({ ...state, alpha }))).toEqual([false, true, true]);
  });

  test('and so does a picture', async () => {
    const document = await open(rawPdf(contractObjects));
    const resources: PdfDict = new Map([['ExtGState', new Map([['A', new Map([['ca', 0.4]])]])]]);
    const hides = async (content: string) =>
      (await readShownBoxes(document, latin1Bytes(content), resources))?.map((box) => box.hides);
    expect(await hides(picture)).toEqual([true]);
    expect(await hides(`/A gs ${picture}`)).toEqual([false]);
  });
});

describe('ISO 32000-1, section 8.9.7: a picture in the content ends', () => {
  const operators = (text: string): readonly (string | undefined)[] =>
    [...readOperations(new TextEncoder().encode(text))].map((operation) => operation?.operator);

  test.each(['AI', 'EJ', 'xEI', 'EIx'])('not at %s', (data) => {
    expect(operators(`BI ID 1 ${data} 2 EI Q`)).toEqual(['BI', 'ID', 'Q']);
  });
});

describe('paint counts in a cell whose centre it covers, and in no other', () => {
  /** A square of 6 times 6 cells; the dots make the grid as large as the square. */
  const square = [0, 0, 60, 60] as const;
  const paint = (box: Paint['box']): Paint => ({ box, shape: null, opacity: 1 });
  const dots = [paint([0, 0, 0.1, 0.1]), paint([59.9, 59.9, 60, 60])];
  const isHiddenBy = (box: Paint['box'], cells: number): boolean =>
    isPaintedOver([...dots, paint(box)], square, { part: (cells - 0.5) / 36, isText: false }, { left: 1e6 });
  const cellsUnder = (box: Paint['box']): number =>
    [...Array(36).keys()].filter((cells) => isHiddenBy(box, cells + 1)).length;

  test.each<[string, Paint['box'], Paint['box']]>([
    ['left', [14, 10, 30, 30], [16, 10, 30, 30]],
    ['right', [10, 10, 26, 30], [10, 10, 24, 30]],
    ['lower', [10, 14, 30, 30], [10, 16, 30, 30]],
    ['upper', [10, 10, 30, 26], [10, 10, 30, 24]],
  ])('at its %s edge', (_side, over, short) => {
    expect([cellsUnder(over), cellsUnder(short)]).toEqual([4, 2]);
  });
});
