import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport, Signer } from '../../../shared/signing/index';
import { changedText, contractObjects, objectText, rawPdf, rawStream, rawUpdate } from './attack-files';
import { checkFile, derOfPem, makePki, makeWorkDir, removeWorkDir, signerOf } from './fixtures';
import { signFile } from './sign-file';

let dir: string;
let root: Uint8Array;
let signer: Signer;
const signed = new Map<string, Buffer>();

beforeAll(async () => {
  dir = makeWorkDir();
  const pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
  signer = signerOf(pki, 'nguyen-thi-thuy-duong');
  const draft = path.join(dir, 'draft.pdf');
  writeFileSync(draft, rawPdf(contractObjects));
  for (const certify of [undefined, 2] as const) {
    const output = path.join(dir, 'signed.pdf');
    await signFile(draft, output, { signer, field: 'first', ...(certify ? { certify } : {}) });
    signed.set(certify ? 'P=2' : 'none', readFileSync(output));
  }
});

afterAll(() => removeWorkDir(dir));

/** What becomes of the first signature when entries are written into one object of the file. */
async function firstAfter(
  base: 'none' | 'P=2',
  num: number,
  part: string,
  by: string,
): Promise<SignatureReport> {
  const file = signed.get(base) ?? Buffer.alloc(0);
  const output = path.join(dir, 'changed.pdf');
  const objects = {
    [num]: changedText(objectText(file, num), part, by),
    970: rawStream('', '/Type/XObject/Subtype/Form/BBox[0 0 200 20]'),
  };
  writeFileSync(output, rawUpdate(file, { objects }));
  const first = (await checkFile(output, [root])).signatures.find(({ field }) => field === 'first');
  if (!first) throw new Error('signature expected');
  return first;
}

describe('a program that stores a dictionary anew may write what was left out (ISO 32000-1, tables 28, 30, 164, 218)', () => {
  test.each([
    ['rotation of a page', 3, '/Rotate 0', '/Rotate 90'],
    ['crop box of a page', 3, '/CropBox[0 0 595 842]', '/CropBox[0 0 595 700]'],
    ['unit of a page', 3, '/UserUnit 1.0', '/UserUnit 2'],
    ['who draws the fields', 8, '/NeedAppearances false', '/NeedAppearances true'],
    ['order of calculation', 8, '/CO[]', '/CO[9 0 R]'],
    ['alignment of the form', 8, '/Q 0', '/Q 1'],
    ['flags of a field', 9, '/Ff 0', '/Ff 2'],
    ['colours of a widget', 9, '/MK<<>>', '/MK<</BG[0]>>'],
    ['panels of the viewer', 1, '/PageMode/UseNone', '/PageMode/UseOutlines'],
    ['layout of the pages', 1, '/PageLayout/SinglePage', '/PageLayout/TwoColumnLeft'],
    ['preferences of the viewer', 1, '/ViewerPreferences<<>>', '/ViewerPreferences<</HideWindowUI true>>'],
  ])('%s', async (_what, num, standing, other) => {
    const harmless = await firstAfter('none', num, '<<', `<<${standing} `);
    expect(harmless).toMatchObject({ integrity: 'ok', verdict: 'valid' });
    expect(await firstAfter('none', num, '<<', `<<${other} `)).toMatchObject({ verdict: 'invalid' });
  });

  test('a flag of a field that it could inherit is a change even where it is zero', async () => {
    expect(await firstAfter('none', 23, '<<', '<</Ff 0 ')).toMatchObject({ verdict: 'invalid' });
  });
});

test('a program writes 0 for the section before the first', async () => {
  const [draft, output] = [path.join(dir, 'draft.pdf'), path.join(dir, 'previous.pdf')];
  writeFileSync(draft, rawPdf(contractObjects, '/Prev 0'));
  await signFile(draft, output, { signer, field: 'first' });
  expect((await checkFile(output, [root])).verdict).toBe('valid');
});

describe('a form adapts how a field looks to its value while it is filled in', () => {
  test.each([
    ['colour of its text', '/DA(/F 12 Tf 1 0 0 rg)'],
    ['style of its rich text', '/RV(<body/>)/DS(font: Helvetica 12pt)'],
    ['alignment', '/Q 2'],
    ['border and background', '/MK<</BC[1 0 0]>>'],
  ])('%s: form filling under P=2, not allowed without certification', async (_what, entry) => {
    const by = `/V(900)${entry}/AP<</N 970 0 R>>`;
    const part = '/V(100)/Rect[72 500 272 520]/P 3 0 R/AP<</N 11 0 R>>';
    const whole = by + part.slice('/V(100)'.length, part.indexOf('/AP'));
    expect(await firstAfter('P=2', 9, part, whole)).toMatchObject({
      changesAfter: 'form-fill',
      verdict: 'valid',
    });
    expect(await firstAfter('none', 9, part, whole)).toMatchObject({ verdict: 'invalid' });
  });

  test('its place does not follow', async () => {
    expect(await firstAfter('P=2', 9, '/Rect[72 500', '/Rect[72 600')).toMatchObject({
      changesAfter: 'disallowed',
      verdict: 'invalid',
    });
  });
});
