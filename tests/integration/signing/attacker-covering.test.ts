import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckReport, Signer } from '../../../shared/signing/index';
import {
  changedText,
  contractObjects,
  objectText,
  type RawObjects,
  rawPdf,
  rawStream,
  rawUpdate,
} from './attack-files';
import { checkFile, derOfPem, makePki, makeWorkDir, removeWorkDir, signerOf } from './fixtures';
import { signFile } from './sign-file';

let dir: string;
let root: Uint8Array;
let signer: Signer;
let other: Signer;

beforeAll(async () => {
  dir = makeWorkDir();
  const pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
  signer = signerOf(pki, 'nguyen-thi-thuy-duong');
  other = signerOf(pki, 'ldld-huyen');
});

afterAll(() => removeWorkDir(dir));

/** The contract, certified, with parts of it exchanged before. */
async function certified(certify: 2 | 3, prepared: RawObjects = {}): Promise<Buffer> {
  const [input, output] = [path.join(dir, 'draft.pdf'), path.join(dir, 'certified.pdf')];
  writeFileSync(input, rawPdf({ ...contractObjects, ...prepared }));
  await signFile(input, output, { signer, field: 'first', certify });
  return readFileSync(output);
}

async function check(bytes: Buffer): Promise<CheckReport> {
  const file = path.join(dir, 'checked.pdf');
  writeFileSync(file, bytes);
  return checkFile(file, [root]);
}

function expectCovered({ verdict, signatures }: CheckReport): void {
  expect(verdict).toBe('indeterminate');
  expect(signatures[0]?.problems).toContain('CONTENT_COVERED_AFTER_SIGNING');
}

const overText = '/Rect[72 695 300 720]';
const form = (content: string, resources = ''): string =>
  rawStream(
    content,
    `/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<<${resources}/Font<</F 5 0 R>>>>`,
  );
const many = (count: number, part: (i: number) => string): string =>
  [...Array(count).keys()].map(part).join(' ');

/** The certified contract with an annotation over the sum, drawn by object 951. */
async function annotated(annotation: string, appearance: string): Promise<CheckReport> {
  const file = await certified(3);
  const page = changedText(objectText(file, 3), '18 0 R', '18 0 R 950 0 R');
  const objects = { 950: `<</Type/Annot ${overText}${annotation}>>`, 951: appearance, 3: page };
  return check(rawUpdate(file, { objects }));
}

describe('paint that hides the text below only as a whole', () => {
  test.each([
    ['two triangles', '1 g 0 0 m 100 0 l 100 100 l f 0 0 m 0 100 l 100 100 l f'],
    ['two halves that are drawn in opposite directions', '1 g 0 0 50 100 re 50 100 50 -100 re f'],
    ['a figure with a point far away', '1 g 0 0 m 100 0 l 100 100 l 0 100 l h 9000 9000 m 9001 9000 l f'],
    ['many thin lines', `1 G 3 w ${many(50, (i) => `0 ${2 * i} m 100 ${2 * i} l`)} S`],
    ['one line that goes to and fro', `1 G 3 w 0 0 m ${many(50, (i) => `${(i % 2) * 100} ${2 * i} l`)} S`],
    ['many transparent layers', `/A gs 1 g ${many(9, () => '0 0 100 100 re f')}`],
    [
      'paint below more graphics states than are kept',
      `1 0 0 1 9999 0 cm ${'q '.repeat(200)}1 0 0 1 -9999 0 cm q Q 1 g 0 0 100 100 re f`,
    ],
    ['many layers that darken', `/M gs 0.6 g ${many(9, () => '0 0 100 100 re f')}`],
  ])('%s', async (_name, content) => {
    const states = '/ExtGState<</A<</ca 0.4>>/M<</BM/Multiply>>>>';
    expectCovered(await annotated('/Subtype/Ink/AP<</N 951 0 R>>', form(content, states)));
  });

  test.each([
    ['a ring', '0 0 100 100 re 1 99 98 -98 re f'],
    ['a ring by the other rule', '0 0 100 100 re 1 1 98 98 re f*'],
    ['handwriting', '1 w 0 20 m 30 120 40 -60 50 50 c 70 150 80 -40 100 60 c S'],
    ['one transparent layer', '/A gs 1 g 0 0 100 100 re f'],
  ])('%s leaves it readable', async (_name, content) => {
    const states = '/ExtGState<</A<</ca 0.4>>>>';
    const { verdict } = await annotated('/Subtype/Ink/AP<</N 951 0 R>>', form(content, states));
    expect(verdict).toBe('valid');
  });

  test.each([
    ['a thick line that the viewer draws', '/Subtype/Ink/InkList[[72 708 300 708]]/BS<</W 40>>/C[1 1 1]'],
    ['a popup with an appearance', '/Subtype/Popup/AP<</N 951 0 R>>'],
  ])('%s', async (_name, annotation) => {
    expectCovered(await annotated(annotation, form('1 g 0 0 100 100 re f')));
  });
});

test('a comment that covered text and is moved shows what was hidden', async () => {
  const file = await certified(3, {
    3: changedText(contractObjects[3] ?? '', '18 0 R', '18 0 R 950 0 R'),
    950: `<</Type/Annot/Subtype/Stamp${overText}/AP<</N 951 0 R>>>>`,
    951: form('1 g 0 0 100 100 re f'),
  });
  const moved = '<</Type/Annot/Subtype/Stamp/Rect[400 60 500 90]/AP<</N 951 0 R>>>>';
  expectCovered(await check(rawUpdate(file, { objects: { 950: moved } })));
});

test('content that is a comment unless it is unpacked as pictures are hides all of its place', async () => {
  const rows = Buffer.from('% \n1 g 0 0 100 100 re f', 'latin1');
  const differences = rows.map((byte, i) => (byte - (i === 0 ? 0 : (rows[i - 1] ?? 0))) & 255);
  const packed = deflateSync(differences).toString('latin1');
  const filter = `/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns ${rows.length}>>`;
  const appearance = rawStream(packed, `/Type/XObject/Subtype/Form/BBox[0 0 100 100]${filter}`);
  expectCovered(await annotated('/Subtype/Ink/AP<</N 951 0 R>>', appearance));
});

test('a line with many spaces at its end is compared as finely as any other', async () => {
  const spaces = ' '.repeat(20_000);
  const file = await certified(3, {
    4: rawStream(`BT /F 18 Tf 72 700 Td (Pay 100 for the house${spaces}) Tj ET`),
  });
  const page = changedText(objectText(file, 3), '18 0 R', '18 0 R 950 0 R');
  const annotation = '<</Type/Annot/Subtype/Ink/Rect[102 695 132 720]/AP<</N 951 0 R>>>>';
  const objects = { 950: annotation, 951: form('1 g 0 0 100 100 re f'), 3: page };
  expectCovered(await check(rawUpdate(file, { objects })));
});

describe('a field that is filled in does not hide what was certified around it (P=2)', () => {
  const filled = async (
    field: string,
    appearance: string,
    prepared: RawObjects = {},
  ): Promise<CheckReport> => {
    const file = await certified(2, {
      ...prepared,
      9: changedText(contractObjects[9] ?? '', '/Rect[72 500 272 520]', overText)
        .replace('/FT/Tx', field)
        .replace('/V(100)', '')
        .replace('/AP<</N 11 0 R>>', prepared[960] ? '/AP<</N 960 0 R>>' : ''),
    });
    const objects = {
      951: appearance,
      9: objectText(file, 9)
        .replace(/\/AP\s*<<[^>]*>>/, '')
        .replace('<<', '<</AP<</N 951 0 R>> '),
    };
    return check(rawUpdate(file, { objects }));
  };

  test.each(['/FT/Tx', '/FT/Btn/Ff 65536', '/FT/Ch/Ff 131072'])('%s', async (field) => {
    expectCovered(await filled(field, form('1 g 0 0 100 100 re f 0 g BT /F 90 Tf (9) Tj ET')));
  });

  test('a value without paper of its own is form filling', async () => {
    const { verdict, signatures } = await filled('/FT/Tx', form('0 g BT /F 30 Tf (9) Tj ET'));
    expect(verdict).toBe('valid');
    expect(signatures[0]?.changesAfter).toBe('form-fill');
  });

  test('a field that hid the same before shows its value', async () => {
    const { verdict } = await filled('/FT/Tx', form('1 g 0 0 100 100 re f 0 g BT /F 90 Tf (9) Tj ET'), {
      960: form('1 g 0 0 100 100 re f'),
    });
    expect(verdict).toBe('valid');
  });
});

describe('the appearance of a further signature does not hide what was certified', () => {
  const signedAgain = async (
    appearance: string,
    entries = '',
    more: RawObjects = {},
    prepared: RawObjects = {},
  ): Promise<CheckReport> => {
    const file = await certified(2, prepared);
    const objects = {
      ...more,
      951: appearance,
      950: `<</Type/Annot/Subtype/Widget/FT/Sig/T(second)${overText}/P 3 0 R${entries}>>`,
      3: objectText(file, 3).replace(/(\/Annots\s*\[)/, '$1950 0 R '),
      8: objectText(file, 8).replace(/(\/Fields\s*\[)/, '$1950 0 R '),
    };
    const [input, output] = [path.join(dir, 'again.pdf'), path.join(dir, 'again-signed.pdf')];
    writeFileSync(input, rawUpdate(file, { objects }));
    const { placement: _, ...choices } = { signer: other, field: 'second', placement: undefined };
    await signFile(input, output, { ...choices, appearance: null });
    return checkFile(output, [root]);
  };
  const drawn = '/F 4/AP<</N 951 0 R>>';

  test.each<[string, string, string, RawObjects]>([
    [
      'paint after an inline image whose end is unclear',
      'BI/W 1/H 1/BPC 8/CS/G ID x\nEI%\n1 g 0 0 100 100 re f',
      drawn,
      {},
    ],
    ['light letters', '1 g BT /F 100 Tf (MMMM) Tj ET', drawn, {}],
    ['letters filled with a pattern', '/Pattern cs /P scn BT /F 100 Tf (MMMM) Tj ET', drawn, {}],
    ['letters drawn with thick lines', '1 G 20 w 1 Tr BT /F 100 Tf (MMMM) Tj ET', drawn, {}],
    [
      'glyphs that are drawings',
      'BT /T 1 Tf (1) Tj ET',
      drawn,
      { 952: '<</Type/Font/Subtype/Type3/FontBBox[0 0 100 100]/FontMatrix[1 0 0 1 0 0]/CharProcs<<>>>>' },
    ],
    ['a colour that the viewer paints', '', '/F 4/MK<</BG[1 1 1]>>', {}],
    [
      'an appearance that does not shrink with the page',
      '1 g 0 0 1 1 re f',
      `${drawn.replace('4', '12')}`,
      {},
    ],
  ])('%s', async (_name, content, entries, more) => {
    const appearance = form(content, more[952] ? '/Font<</T 952 0 R>>' : '').replace(
      more[952] ? '/Font<</F 5 0 R>>' : '\0',
      '',
    );
    expectCovered(await signedAgain(appearance, entries, more));
  });

  test('an appearance that does not turn with the page', async () => {
    const turned = { 3: changedText(contractObjects[3] ?? '', '/Parent', '/Rotate 90/Parent') };
    const appearance = form('1 g 0 0 1 1 re f');
    expectCovered(await signedAgain(appearance, drawn.replace('4', '20'), {}, turned));
    expect((await signedAgain(appearance, drawn, {}, turned)).verdict).toBe('valid');
  });

  test('dark letters over text are a signature like any other', async () => {
    expect((await signedAgain(form('0 g BT /F 9 Tf (M) Tj ET'), drawn)).verdict).toBe('valid');
  });
});
