import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckReport } from '../../../shared/signing/index';
import { changedText, objectText, type RawObjects, rawPdf, rawStream, rawUpdate } from './attack-files';
import { checkFile, derOfPem, makePki, makeWorkDir, removeWorkDir, signerOf, type TestPki } from './fixtures';
import { signFile } from './sign-file';

/** A tagged page as Word writes it: document, paragraph, parent tree with one entry for the page. */
const tagged: RawObjects = {
  1: '<</Type/Catalog/Pages 2 0 R/StructTreeRoot 7 0 R/MarkInfo<</Marked true>>/Lang(vi-VN)>>',
  2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  3: '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/StructParents 0>>',
  4: rawStream('/P<</MCID 0>>BDC BT /F 12 Tf 72 700 Td (Hello) Tj ET EMC'),
  5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  6: '<</Nums[0 10 0 R]>>',
  7: '<</Type/StructTreeRoot/K 8 0 R/ParentTree 6 0 R/ParentTreeNextKey 1/RoleMap<</Title/P>>>>',
  8: '<</Type/StructElem/S/Document/P 7 0 R/K[9 0 R]>>',
  9: '<</Type/StructElem/S/P/P 8 0 R/Pg 3 0 R/K 0>>',
  10: '[9 0 R]',
};
/** The same with the lists of kids and numbers stored by themselves, and the parent tree in two levels. */
const taggedIndirectly: RawObjects = {
  ...tagged,
  6: '<</Kids[13 0 R]>>',
  8: '<</Type/StructElem/S/Document/P 7 0 R/K 11 0 R>>',
  11: '[9 0 R]',
  12: '[0 10 0 R]',
  13: '<</Limits[0 0]/Nums 12 0 R>>',
};

let dir: string;
let pki: TestPki;
let root: Uint8Array;
const stages = new Map<
  RawObjects,
  { readonly first: Buffer; readonly second: Buffer; readonly widget: number }
>();

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
  for (const objects of [tagged, taggedIndirectly]) {
    const [draft, first, second] = [0, 1, 2].map((i) => path.join(dir, `${stages.size}-${i}.pdf`)) as [
      string,
      string,
      string,
    ];
    writeFileSync(draft, rawPdf(objects));
    await signFile(draft, first, { signer: signerOf(pki, 'nguyen-thi-thuy-duong'), field: 'first' });
    await signFile(first, second, { signer: signerOf(pki, 'ldld-huyen'), field: 'second' });
    const file = readFileSync(second);
    const widget = Number(
      /(\d+) 0 obj\n(?:(?!endobj)[^])*?\/T \(second\)/.exec(file.toString('latin1'))?.[1],
    );
    stages.set(objects, { first: readFileSync(first), second: file, widget });
  }
});

afterAll(() => removeWorkDir(dir));

type Growth = Readonly<Record<number, (text: string, widget: number) => string>>;

/** Elements for the new widget, hung in as other products do. */
const growth: Growth = {
  7: (text) => changedText(text, 'NextKey 1', 'NextKey 2'),
  6: (text) => changedText(text, '10 0 R', '10 0 R 1 800 0 R'),
  8: (text) => changedText(text, '[9 0 R]', '[9 0 R 800 0 R]'),
  800: (_, widget) => `<</Type/StructElem/S/Form/P 8 0 R/K<</Type/OBJR/Obj ${widget} 0 R/Pg 3 0 R>>>>`,
};
const indirectGrowth: Growth = {
  7: (text) => changedText(text, 'NextKey 1', 'NextKey 2'),
  11: () => '[9 0 R 800 0 R]',
  12: () => '[0 10 0 R 1 800 0 R]',
  13: (text) => changedText(text, '[0 0]', '[0 1]'),
  800: (_, widget) => `<</Type/StructElem/S/Form/P 8 0 R/K[<</Type/OBJR/Obj ${widget} 0 R>>]>>`,
};

/** The twice signed file whose second signer also changed the structure. */
async function checkGrown(objects: RawObjects, changes: Growth, name: string): Promise<CheckReport> {
  const stage = stages.get(objects);
  if (!stage) throw new Error('stage expected');
  const { second, widget } = stage;
  const update: Record<number, string> = {};
  for (const [num, change] of Object.entries(changes)) {
    const isKnown = objects[Number(num)] !== undefined || [1, 3].includes(Number(num));
    update[Number(num)] = change(isKnown ? objectText(second, Number(num)) : '', widget);
  }
  const file = path.join(dir, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.pdf`);
  writeFileSync(file, rawUpdate(second, { objects: update }));
  return checkFile(file, [root]);
}

describe('a later signer may enter its widget into the structure tree (ISO 32000-1, 14.7.4.3)', () => {
  test.each([
    ['lists written in place', tagged, growth],
    ['lists stored by themselves', taggedIndirectly, indirectGrowth],
    [
      'a section around the element',
      tagged,
      {
        ...growth,
        8: (text: string) => changedText(text, '[9 0 R]', '[9 0 R 801 0 R]'),
        801: () => '<</Type/StructElem/S/Sect/P 8 0 R/K[800 0 R]>>',
      },
    ],
    [
      'the element at the root',
      tagged,
      {
        6: growth[6],
        7: (text: string) => text.replace(/\/K 8 0 R/, '/K[8 0 R 800 0 R]'),
        800: growth[800],
      } as Growth,
    ],
  ] as const)('%s', async (name, objects, changes) => {
    const { signatures } = await checkGrown(objects, changes, name);
    expect(signatures[0]).toMatchObject({ integrity: 'ok', changesAfter: 'signatures', verdict: 'valid' });
  });

  test('the page becomes known to the tab key and to the parent tree', async () => {
    const page = (text: string): string => changedText(text, '/Type', '/Tabs/S/Type');
    const { signatures } = await checkGrown(tagged, { ...growth, 3: page }, 'tabs');
    expect(signatures[0]?.verdict).toBe('valid');
  });
});

describe('a comment may be entered into the structure tree where comments are allowed', () => {
  async function commented(certify: 2 | 3 | undefined, element: string): Promise<CheckReport> {
    const [draft, output] = [path.join(dir, 'draft.pdf'), path.join(dir, 'commented.pdf')];
    writeFileSync(draft, rawPdf(tagged));
    const signer = signerOf(pki, 'nguyen-thi-thuy-duong');
    await signFile(draft, output, { signer, field: 'first', ...(certify ? { certify } : {}) });
    const file = readFileSync(output);
    const grown = ([6, 7, 8] as const).map((num) => [num, growth[num]?.(objectText(file, num), 0) ?? '']);
    const objects = {
      ...Object.fromEntries(grown),
      3: objectText(file, 3).replace(/\/Annots\s*\[/, '/Annots [801 0 R '),
      800: element,
      801: '<</Type/Annot/Subtype/Square/Rect[400 40 418 58]/StructParent 1/P 3 0 R>>',
    };
    writeFileSync(output, rawUpdate(file, { objects }));
    return checkFile(output, [root]);
  }
  const element = '<</Type/StructElem/S/Annot/P 8 0 R/K<</Type/OBJR/Obj 801 0 R/Pg 3 0 R>>>>';

  test.each([
    [3, 'valid'],
    [2, 'invalid'],
    [undefined, 'invalid'],
  ] as const)('P=%s: %s', async (certify, verdict) => {
    const { signatures } = await commented(certify, element);
    expect(signatures[0]).toMatchObject({ integrity: 'ok', changesAfter: 'annotations', verdict });
  });

  test('it brings no replacement text for what was there', async () => {
    const { signatures } = await commented(3, changedText(element, '/K', '/ActualText(Bye)/K'));
    expect(signatures[0]).toMatchObject({ changesAfter: 'disallowed', verdict: 'invalid' });
  });
});

describe('nothing else in the structure may change', () => {
  const paragraph = (entries: string): Growth => ({
    ...growth,
    9: (text) => changedText(text, '/K 0', `/K 0${entries}`),
  });
  const element = (text: string): Growth => ({ ...growth, 800: () => text });
  test.each<[string, Growth]>([
    ['an element that was there gets replacement text', paragraph('/ActualText(Bye)')],
    [
      'an element that was there becomes another kind',
      { ...growth, 9: (text) => changedText(text, '/S/P', '/S/Artifact') },
    ],
    [
      'an element that was there shows other content',
      { ...growth, 9: (text) => changedText(text, '/K 0', '/K 1') },
    ],
    ['an element is taken out', { ...growth, 8: (text) => changedText(text, '[9 0 R]', '[800 0 R]') }],
    [
      'an entry of the parent tree is taken out',
      { ...growth, 6: (text) => changedText(text, '0 10 0 R', '1 800 0 R') },
    ],
    [
      'an entry of the parent tree leads elsewhere',
      { ...growth, 6: (text) => changedText(text, '0 10 0 R', '0 [800 0 R] 1 800 0 R') },
    ],
    ['the content of the page belongs to other elements', { ...growth, 10: () => '[800 0 R]' }],
    [
      'the new element claims content of the page',
      element('<</Type/StructElem/S/Form/P 8 0 R/Pg 3 0 R/K 0>>'),
    ],
    ['the new element stands for no widget', element('<</Type/StructElem/S/Form/P 8 0 R/K[]>>')],
    [
      'the new element stands for a page',
      element('<</Type/StructElem/S/Form/P 8 0 R/K<</Type/OBJR/Obj 3 0 R>>>>'),
    ],
    [
      'the new element has replacement text',
      {
        ...growth,
        800: (_, widget) => `<</S/Form/P 8 0 R/ActualText(Bye)/K<</Type/OBJR/Obj ${widget} 0 R>>>>`,
      },
    ],
    ['the new element has an old one below it', element('<</Type/StructElem/S/Form/P 8 0 R/K 9 0 R>>')],
    ['roles change', { ...growth, 7: (text) => changedText(text, '/Title/P', '/P/Artifact') }],
    [
      'the tree is another one',
      {
        1: (text) => text.replace(/\/StructTreeRoot\s+7 0 R/, '/StructTreeRoot 800 0 R'),
        800: () => '<</Type/StructTreeRoot>>',
      },
    ],
  ])('%s', async (name, changes) => {
    const { verdict, signatures } = await checkGrown(tagged, changes, name);
    expect(verdict).toBe('invalid');
    expect(signatures[0]).toMatchObject({ integrity: 'ok', changesAfter: 'disallowed' });
  });
});
