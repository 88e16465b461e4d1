import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckReport, Signer } from '../../../shared/signing/index';
import {
  changedText,
  contractObjects,
  objectText,
  type RawObjects,
  type RawUpdate,
  rawPdf,
  rawStream,
  rawUpdate,
} from './attack-files';
import { checkFile, derOfPem, makePki, makeWorkDir, removeWorkDir, signerOf } from './fixtures';
import { signFile } from './sign-file';

let dir: string;
let root: Uint8Array;
let signer: Signer;

beforeAll(async () => {
  dir = makeWorkDir();
  const pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
  signer = signerOf(pki, 'nguyen-thi-thuy-duong');
});

afterAll(() => removeWorkDir(dir));

type Attack = {
  /** What the author of the contract prepared in it. */
  readonly prepared: RawObjects;
  readonly later: (file: Buffer) => RawUpdate;
};

async function signed(prepared: RawObjects, name: string, certify: 0 | 1 | 2 | 3): Promise<Buffer> {
  const [input, output] = [path.join(dir, `${name}.pdf`), path.join(dir, `${name}-signed.pdf`)];
  writeFileSync(input, rawPdf({ ...contractObjects, ...prepared }));
  await signFile(input, output, { signer, field: 'first', ...(certify ? { certify } : {}) });
  return readFileSync(output);
}

async function check(bytes: Buffer, name: string): Promise<CheckReport> {
  const file = path.join(dir, `${name}-checked.pdf`);
  writeFileSync(file, bytes);
  return checkFile(file, [root]);
}

/** The contract with parts of its objects exchanged, one pair of texts for each. */
const prepare = (...changes: readonly (readonly [num: number, part: string, by: string])[]): RawObjects => {
  const objects: Record<number, string> = {};
  for (const [num, part, by] of changes)
    objects[num] = changedText(objects[num] ?? contractObjects[num] ?? '', part, by);
  return objects;
};
const form = '/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources 6 0 R';
const otherSum = 'BT /F 18 Tf 72 600 Td (Pay 900 for it all) Tj ET';
const listing = (file: Buffer, fields: string): string =>
  objectText(file, 8).replace(/(\/Fields\s*\[)/, `$1${fields} `);
const annotating = (file: Buffer, annotations: string): string =>
  objectText(file, 3).replace(/(\/Annots\s*\[)/, `$1${annotations} `);
const field = (entries: string): string => `<</FT/Sig/T(shared)${entries}>>`;
const inForm = [8, '10 0 R', '10 0 R 940 0 R'] as const;
/** Contents of the page that draw /X, and further resources. */
const drawing = (operators: string, resources: string): RawObjects => ({
  17: rawStream(operators),
  6: changedText(contractObjects[6] ?? '', '/XObject<<', `${resources}/XObject<</X 940 0 R `),
});
const drawingBy = (operators: string, kind: string, num: number): RawObjects => ({
  17: rawStream(operators),
  3: changedText(
    contractObjects[3] ?? '',
    '/Parent',
    `/Resources<</Font<</F 5 0 R>>/${kind} ${num} 0 R>>/Parent`,
  ),
});

const attacks: Readonly<Record<string, Attack>> = {
  'a reference that led nowhere gets a signature field that is a form XObject': {
    prepared: {},
    later: (file) => ({
      objects: { 900: rawStream(otherSum, `${form}/FT/Sig/T(new)`), 8: listing(file, '900 0 R') },
    }),
  },
  'a signature field that is a form XObject as well gets other content of equal length': {
    prepared: {
      ...drawing('/X Do', ''),
      ...prepare(inForm),
      940: rawStream(otherSum, `${form}/FT/Sig/T(shared)`),
    },
    later: () => ({
      objects: { 940: rawStream(otherSum.replace('900', '100'), `${form}/FT/Sig/T(shared)`) },
    }),
  },
  'a signature field that is the condition of a layer as well switches it': {
    prepared: {
      ...drawingBy('/OC /MC BDC 1 g 72 600 400 40 re f EMC', 'Properties<</MC 940 0 R>>/Shading', 900),
      ...prepare(inForm),
      940: field('/Type/OCMD/OCGs[12 0 R]/P/AllOff'),
    },
    later: () => ({ objects: { 940: field('/Type/OCMD/OCGs[12 0 R]/P/AllOn') } }),
  },
  'a signature field whose entries are drawn by the page': {
    prepared: {
      ...drawingBy('/NM Do', 'XObject', 940),
      ...prepare(inForm),
      940: field('/NM 7 0 R'),
      941: rawStream(otherSum, form),
    },
    later: () => ({ objects: { 972: rawStream(otherSum, form), 940: field('/NM 972 0 R') } }),
  },
  'a page whose private data are drawn by another page': {
    prepared: {
      ...drawingBy('/PieceInfo Do', 'XObject', 16),
      16: '<</Type/Page/Parent 2 0 R/Contents 4 0 R/PieceInfo 7 0 R>>',
    },
    later: (file) => ({
      objects: { 972: rawStream(otherSum, form), 16: changedText(objectText(file, 16), '7 0 R', '972 0 R') },
    }),
  },
  'a catalog whose private data are drawn by a page': {
    prepared: {
      ...drawingBy('/PieceInfo Do', 'XObject', 1),
      1: changedText(contractObjects[1] ?? '', '/Pages', '/PieceInfo 7 0 R/Pages'),
    },
    later: (file) => ({
      objects: {
        972: rawStream(otherSum, form),
        1: objectText(file, 1).replace(/\/PieceInfo\s+7 0 R/, '/PieceInfo 972 0 R'),
      },
    }),
  },
  'metadata that are drawn by a page': {
    prepared: {
      ...drawingBy('/Metadata Do', 'XObject', 1),
      945: rawStream('1 g 72 600 400 40 re f', form),
      1: changedText(contractObjects[1] ?? '', '/Pages', '/Metadata 945 0 R/Pages'),
    },
    later: () => ({ objects: { 945: rawStream(otherSum, form) } }),
  },
  'an unsigned signature field with a prepared appearance is put onto the page': {
    prepared: {
      ...prepare(
        [3, ' 10 0 R', ''],
        [10, '/F 132', '/F 4/AP<</N 940 0 R>>'],
        [10, '[72 100 272 160]', '[72 690 300 750]'],
      ),
      940: rawStream('1 g 0 0 595 842 re f 0 g BT /F 90 Tf (900) Tj ET', form),
    },
    later: (file) => ({ objects: { 3: annotating(file, '10 0 R') } }),
  },
  'a hidden unsigned signature field with a prepared appearance is shown': {
    prepared: {
      ...prepare([10, '/F 132', '/F 2/AP<</N 940 0 R>>'], [10, '[72 100 272 160]', '[72 690 300 750]']),
      940: rawStream('1 g 0 0 595 842 re f 0 g BT /F 90 Tf (900) Tj ET', form),
    },
    later: (file) => ({ objects: { 10: objectText(file, 10).replace(/\/F\s+2/, '/F 4') } }),
  },
  'the form gets the font that a field lacked': {
    prepared: prepare(
      [9, '/AP<</N 11 0 R>>', '/DA(/Lacking 12 Tf)'],
      [8, '/DR 6 0 R', '/NeedAppearances true/DR<</Font<</F 5 0 R>>>>'],
    ),
    later: (file) => ({
      objects: {
        972: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[49/nine]>>>>',
        8: objectText(file, 8).replace(/\/Font\s*<</, '/Font<</Lacking 972 0 R '),
      },
    }),
  },
  'the form gets the default appearance that a value lacked': {
    prepared: prepare([9, '/AP<</N 11 0 R>>', ''], [8, '/DA(/F 12 Tf 0 g)', '/NeedAppearances true']),
    later: (file) => ({
      objects: { 8: objectText(file, 8).replace('<<', '<</DA(/F 12 Tf 0 g) ') },
    }),
  },
  'a new signature field names its appearance twice': {
    prepared: {},
    later: (file) => ({
      objects: {
        972: rawStream('', form),
        973: rawStream('1 g 0 0 595 842 re f', form),
        974: '<</Type/Annot/Subtype/Widget/FT/Sig/T(new)/Rect[72 690 300 750]/AP<</N 973 0 R>>/AP<</N 972 0 R>>>>',
        8: listing(file, '974 0 R'),
        3: annotating(file, '974 0 R'),
      },
    }),
  },
};

describe.each([0, 2] as const)('objects with two uses (P=%s)', (certify) => {
  test.each(Object.entries(attacks))('%s', async (name, { prepared, later }) => {
    const id = `${name.replaceAll(/[^a-z0-9]+/gi, '-')}-${certify}`;
    const file = await signed(prepared, id, certify);
    expect((await check(file, `${id}-stage`)).verdict).toBe('valid');
    const { verdict, signatures } = await check(rawUpdate(file, later(file)), id);
    expect({ verdict, changes: verdict === 'valid' ? signatures[0]?.changes : 0 }).not.toMatchObject({
      verdict: 'valid',
    });
  });
});

test('a table lists a cover under two generations, of which each reader takes another one', async () => {
  const file = await signed({}, 'generations', 0);
  const update = rawUpdate(file, { objects: { 991: 'null' } }).toString('latin1');
  const at = String(file.indexOf('\n7 0 obj') + 1).padStart(10, '0');
  const twice = `\n7 1\n${at} 00001 n \n7 1\n${at} 00000 n \ntrailer`;
  const bytes = Buffer.from(update.replace(/\ntrailer(?![^]*\ntrailer)/, twice), 'latin1');
  expect((await check(bytes, 'generations')).verdict).toBe('invalid');
});
