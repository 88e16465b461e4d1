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
let person: Signer;
const signed = new Map<string, Buffer>();

/** The contract without its text fields: a form that holds signatures only. */
const signaturesOnly: RawObjects = {
  ...contractObjects,
  3: '<</Type/Page/Parent 2 0 R/Contents[4 0 R 17 0 R]/Annots 25 0 R>>',
  8: '<</Fields[10 0 R]>>',
  25: '[18 0 R 10 0 R 26 0 R]',
  26: '<</Type/Annot/Subtype/Text/Rect[400 700 420 720]/Contents(a)>>',
};

async function prepare(name: string, objects: RawObjects, certify?: 1 | 2): Promise<void> {
  const [draft, output] = [path.join(dir, `${name}.pdf`), path.join(dir, `${name}-signed.pdf`)];
  writeFileSync(draft, rawPdf(objects, '/Info 31 0 R'));
  await signFile(draft, output, { signer: person, field: 'first', ...(certify ? { certify } : {}) });
  signed.set(name, readFileSync(output));
}

beforeAll(async () => {
  dir = makeWorkDir();
  const pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
  person = signerOf(pki, 'nguyen-thi-thuy-duong');
  const info = { 31: '<</Producer(Word)>>' };
  await prepare('fields', { ...contractObjects, ...info });
  await prepare('fields P=2', { ...contractObjects, ...info }, 2);
  await prepare('signatures', { ...signaturesOnly, ...info });
  await prepare('signatures P=1', { ...signaturesOnly, ...info }, 1);
});

afterAll(() => removeWorkDir(dir));

type Change = (file: Buffer) => RawUpdate;

async function check(name: string, base: string, change: Change): Promise<CheckReport> {
  const file = signed.get(base) ?? Buffer.alloc(0);
  const output = path.join(dir, `${`${base} ${name}`.replaceAll(/[^a-z0-9]+/gi, '-')}.pdf`);
  writeFileSync(output, rawUpdate(file, change(file)));
  return checkFile(output, [root]);
}

const rewrite =
  (num: number, part: string, by: string, more: RawObjects = {}): Change =>
  (file) => ({ objects: { [num]: changedText(objectText(file, num), part, by), ...more } });

/** What other programs write that shows nothing: each beside a change that looks alike and is none of the kind. */
const pairs: Readonly<Record<string, { readonly harmless: Change; readonly harmful: Change }>> = {
  'a page tree node is written anew with equal values': {
    harmless: () => ({
      objects: {
        2: '<</Kids [3 0 R 16 0 R] /MediaBox [0.0 0 595.0 842]/Resources 6 0 R/Count 2/Type/Pages>>',
      },
    }),
    harmful: () => ({
      objects: { 2: '<</Kids [3 0 R 16 0 R] /MediaBox [0 0 595 100]/Resources 6 0 R/Count 2/Type/Pages>>' },
    }),
  },
  'the catalog is stored under another number': {
    harmless: (file) => ({ objects: { 960: objectText(file, 1) }, root: 960 }),
    harmful: (file) => ({
      objects: { 960: changedText(objectText(file, 1), '15 0 R', '14 0 R') },
      root: 960,
    }),
  },
  'a page names what it inherited': {
    harmless: rewrite(16, '/Type', '/MediaBox[0 0 595 842]/Resources 6 0 R/Type'),
    harmful: rewrite(16, '/Type', '/MediaBox[0 0 595 42]/Resources 6 0 R/Type'),
  },
  'a list of annotations is stored by itself': {
    harmless: (file) => ({
      objects: { 970: '[]', 16: changedText(objectText(file, 16), '/Type', '/Annots 970 0 R/Type') },
    }),
    harmful: (file) => ({
      objects: { 970: '[18 0 R]', 16: changedText(objectText(file, 16), '/Type', '/Annots 970 0 R/Type') },
    }),
  },
  'a page carries data of a program': {
    harmless: rewrite(16, '/Type', '/LastModified(D:2026)/PieceInfo<<>>/Tabs/S/Type'),
    harmful: rewrite(16, '/Type', '/LastModified(D:2026)/Trans<<>>/Type'),
  },
  'the document information changes': {
    harmless: () => ({ objects: { 31: '<</Producer(Acrobat)/ModDate(D:2026)>>' }, trailer: '/Info 31 0 R' }),
    harmful: () => ({ objects: { 31: 'null', 15: '<</Nums[0<</S/r>>]>>' }, trailer: '/Info 31 0 R' }),
  },
  'extensions and a version are named': {
    harmless: rewrite(
      1,
      '/Type',
      '/Version/2.0/Extensions<</ADBE<</BaseVersion/1.7/ExtensionLevel 8>>>>/Metadata 970 0 R/Type',
      {
        970: rawStream('<x/>', '/Type/Metadata/Subtype/XML'),
      },
    ),
    harmful: rewrite(1, '/Type', '/Version/2.0/Requirements[]/Type'),
  },
  'strings are written in hexadecimal': {
    harmless: rewrite(12, '(Sum)', '<53756D>'),
    harmful: rewrite(12, '(Sum)', '<53756E>'),
  },
  'the security store is written with everything in objects of its own': {
    harmless: rewrite(1, '/Type', '/DSS 971 0 R/Type', {
      971: '<</Certs 972 0 R/VRI 973 0 R>>',
      972: '[974 0 R]',
      973: `<</${'A'.repeat(40)} 975 0 R>>`,
      974: rawStream('x'),
      975: '<</Cert 972 0 R/TU(D:20261121)/TS 974 0 R>>',
    }),
    harmful: rewrite(1, '/Type', '/DSS 971 0 R/Outlines 971 0 R/Type', { 971: '<<>>' }),
  },
  'free entries name objects that never were': {
    harmless: () => ({ free: [0, 955, 956] }),
    harmful: () => ({ free: [0, 955, 12] }),
  },
  'an update says nothing': {
    harmless: () => ({ free: [0] }),
    harmful: () => ({ free: [0, 4] }),
  },
  'an object that nothing refers to is written anew': {
    harmless: () => ({ objects: { 21: rawStream('BT ET') } }),
    harmful: () => ({ objects: { 4: rawStream('BT ET') } }),
  },
  'an invisible signature field is prepared': {
    harmless: (file) => ({
      objects: {
        971: '<</FT/Sig/T(later)/Kids[972 0 R]/SV<</Type/SV/Ff 0>>/Lock<</Type/SigFieldLock/Action/All>>>>',
        972: '<</Type/Annot/Subtype/Widget/Parent 971 0 R/Rect[0 0 0 0]/F 132/P 16 0 R>>',
        16: changedText(objectText(file, 16), '/Type', '/Annots[972 0 R]/Type'),
        8: objectText(file, 8).replace(/(\/Fields\s*\[)/, '$1971 0 R '),
      },
    }),
    harmful: (file) => ({
      objects: {
        971: '<</FT/Btn/T(later)/Kids[972 0 R]>>',
        972: '<</Type/Annot/Subtype/Widget/Parent 971 0 R/Rect[0 0 0 0]/F 132/P 16 0 R>>',
        16: changedText(objectText(file, 16), '/Type', '/Annots[972 0 R]/Type'),
        8: objectText(file, 8).replace(/(\/Fields\s*\[)/, '$1971 0 R '),
      },
    }),
  },
};

describe.each(['fields', 'signatures'])('%s only: what shows nothing leaves a signature valid', (base) => {
  test.each(Object.entries(pairs))('%s', async (name, { harmless, harmful }) => {
    const { verdict, signatures } = await check(name, base, harmless);
    expect({
      verdict,
      changes: signatures[0]?.changes.filter(({ level }) => level === 'disallowed'),
    }).toEqual({
      verdict: 'valid',
      changes: [],
    });
    expect((await check(`${name} not`, base, harmful)).verdict).toBe('invalid');
  });
});

test.each(Object.entries(pairs).filter(([name]) => !name.includes('field is prepared')))(
  'even a certification with P=1 allows: %s',
  async (name, { harmless, harmful }) => {
    expect((await check(name, 'signatures P=1', harmless)).verdict).toBe('valid');
    expect((await check(`${name} not`, 'signatures P=1', harmful)).verdict).toBe('invalid');
  },
);

test('resources of the form that are objects of their own may grow too, and only grow', async () => {
  const objects: RawObjects = {
    ...contractObjects,
    8: '<</Fields[9 0 R 10 0 R 22 0 R]/DA(/F 12 Tf 0 g)/DR 40 0 R>>',
    40: '<</Font 41 0 R/Encoding<<>>>>',
    41: '<</F 5 0 R/G<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>',
  };
  await prepare('resources', objects);
  const fonts =
    (text: string): Change =>
    () => ({ objects: { 41: text } });
  const direct = '/G<</Type/Font/Subtype/Type1/BaseFont/Courier>>';
  expect((await check('font added', 'resources', fonts(`<</F 5 0 R${direct}/H 5 0 R>>`))).verdict).toBe(
    'valid',
  );
  const list: Change = () => ({ objects: { 40: '<</Font 41 0 R/Encoding<<>>/XObject<<>>>>' } });
  expect((await check('list added', 'resources', list)).verdict).toBe('valid');
  expect((await check('font removed', 'resources', fonts(`<<${direct}>>`))).verdict).toBe('invalid');
  const changed = direct.replace('/Type1', '/Type1/Encoding/X');
  expect((await check('font changed', 'resources', fonts(`<</F 5 0 R${changed}>>`))).verdict).toBe('invalid');
});

describe('what viewers draw fields with', () => {
  const form =
    (part: string): Change =>
    (file) => ({
      objects: { 8: changedText(objectText(file, 8), '<<', `<<${part}`) },
    });
  test.each([
    ['appearances are asked for', form('/NeedAppearances true ')],
    ['a default appearance is set', form('/Q 1 ')],
  ])(
    '%s: nothing where there are only signatures, form filling where there are fields',
    async (name, change) => {
      expect((await check(name, 'signatures P=1', change)).verdict).toBe('valid');
      expect((await check(name, 'fields P=2', change)).signatures[0]).toMatchObject({
        verdict: 'valid',
        changesAfter: 'form-fill',
      });
      expect((await check(name, 'fields', change)).verdict).toBe('invalid');
    },
  );

  test('resources grow, and do not change', async () => {
    const grown: Change = (file) => ({
      objects: {
        8: objectText(file, 8).replace(
          /\/DR 6 0 R/,
          '/DR<</Font<</F 5 0 R/G 5 0 R>>/XObject<</Cover 7 0 R/Later 900 0 R>>>>',
        ),
      },
    });
    const other: Change = (file) => ({
      objects: { 8: objectText(file, 8).replace(/\/DR 6 0 R/, '/DR<</Font<</F 7 0 R>>>>') },
    });
    expect((await check('grown', 'fields', grown)).verdict).toBe('valid');
    expect((await check('other', 'fields', other)).verdict).toBe('invalid');
  });
});

describe('filling in', () => {
  const fill: Change = () => ({
    objects: {
      970: rawStream(
        'BT /F 12 Tf 2 5 Td (900) Tj ET',
        '/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources 6 0 R',
      ),
      9: (contractObjects[9] ?? '').replace('/V(100)', '/V(900)').replace('11 0 R', '970 0 R'),
    },
  });
  const fillInPlace: Change = () => ({
    objects: { 11: rawStream('', '/Type/XObject/Subtype/Form/BBox[0 0 200 20]') },
  });

  test.each([
    ['a new value', fill],
    ['the appearance replaced where it stands', fillInPlace],
  ])('%s: allowed by P=2, told and not allowed without certification', async (name, change) => {
    expect((await check(name, 'fields P=2', change)).signatures[0]).toMatchObject({
      verdict: 'valid',
      changesAfter: 'form-fill',
    });
    expect((await check(name, 'fields', change)).signatures[0]).toMatchObject({
      verdict: 'invalid',
      changesAfter: 'form-fill',
    });
  });
});
