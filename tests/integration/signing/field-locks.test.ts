import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
let person: Signer;
let organisation: Signer;
let count = 0;

beforeAll(async () => {
  dir = makeWorkDir();
  const pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
  person = signerOf(pki, 'nguyen-thi-thuy-duong');
  organisation = signerOf(pki, 'ldld-huyen');
});

afterAll(() => removeWorkDir(dir));

/** The contract, certified with P=2 in its prepared field, whose lock is the given one. */
async function lockedBy(lock: string): Promise<Buffer> {
  count += 1;
  const [draft, output] = [path.join(dir, `${count}.pdf`), path.join(dir, `${count}-signed.pdf`)];
  const place = changedText(
    contractObjects[10] ?? '',
    '/T(place)',
    `/T(place)/Lock<</Type/SigFieldLock${lock}>>`,
  );
  writeFileSync(draft, rawPdf({ ...contractObjects, 10: place }));
  await signFile(draft, output, { signer: person, field: 'place', certify: 2 });
  return readFileSync(output);
}

async function check(file: Buffer, objects: RawObjects): Promise<CheckReport> {
  count += 1;
  const output = path.join(dir, `${count}.pdf`);
  writeFileSync(output, rawUpdate(file, { objects }));
  return checkFile(output, [root]);
}

const fillAmount: RawObjects = { 9: changedText(contractObjects[9] ?? '', '(100)', '(900)') };
const redrawAmount: RawObjects = { 11: rawStream('', '/Type/XObject/Subtype/Form/BBox[0 0 200 20]') };
const fillOne: RawObjects = { 23: changedText(contractObjects[23] ?? '', '/F 4', '/F 4/V(x)') };

describe('a signature locks fields (FieldMDP, ISO 32000-1, 12.8.2.4)', () => {
  test.each([
    ['/Action/Include/Fields[(amount)]', false, true],
    ['/Action/Exclude/Fields[(amount)]', true, false],
    ['/Action/Include/Fields[(group)]', true, false],
    ['/Action/Include/Fields[(group.one)]', true, false],
    ['/Action/Include/Fields[(gro)]', true, true],
    ['/Action/Exclude/Fields[(group)]', false, true],
    ['/Action/All', false, false],
  ])('%s: amount may be filled: %s, group.one: %s', async (lock, amount, one) => {
    const file = await lockedBy(lock);
    expect((await check(file, fillAmount)).verdict).toBe(amount ? 'valid' : 'invalid');
    expect((await check(file, redrawAmount)).verdict).toBe(amount ? 'valid' : 'invalid');
    expect((await check(file, fillOne)).verdict).toBe(one ? 'valid' : 'invalid');
  });

  test('the field that a later signature locks becomes read-only; no other flag and no other field does', async () => {
    const draft = path.join(dir, 'later-lock.pdf');
    const place = changedText(
      contractObjects[10] ?? '',
      '/T(place)',
      '/T(place)/Lock<</Type/SigFieldLock/Action/Include/Fields[(amount)]>>',
    );
    writeFileSync(draft, rawPdf({ ...contractObjects, 10: place }));
    const [first, second] = [path.join(dir, 'later-lock-1.pdf'), path.join(dir, 'later-lock-2.pdf')];
    await signFile(draft, first, { signer: person, field: 'first', certify: 2 });
    await signFile(first, second, { signer: organisation, field: 'place' });
    const file = readFileSync(second);
    const flags = (num: number, value: number): RawObjects => ({
      [num]: changedText(objectText(file, num), '/F 4', `/F 4/Ff ${value}`),
    });
    const firstOf = async (objects: RawObjects): Promise<string | undefined> =>
      (await check(file, objects)).signatures[0]?.verdict;
    expect(await firstOf(flags(9, 1))).toBe('valid');
    expect(await firstOf(flags(9, 4096))).toBe('invalid');
    expect(await firstOf(flags(23, 1))).toBe('invalid');
  });
});

describe('a lock may also say what may follow at all (/P, ISO 32000-2, table 236)', () => {
  test.each([
    [1, 'invalid', 'invalid'],
    [2, 'valid', 'valid'],
    [3, 'valid', 'valid'],
  ])('/P %s: filling is %s, a further signature %s', async (level, filling, signing) => {
    const file = await lockedBy(`/Action/Include/Fields[(none)]/P ${level}`);
    expect((await check(file, fillAmount)).verdict).toBe(filling);

    const later: RawObjects = {
      971: '<</Type/Annot/Subtype/Widget/FT/Sig/T(later)/Rect[0 0 0 0]/F 132/P 16 0 R>>',
      8: objectText(file, 8).replace(/(\/Fields\s*\[)/, '$1971 0 R '),
    };
    expect((await check(file, later)).verdict).toBe(signing);
  });

  test('it never allows more than the certification', async () => {
    const file = await lockedBy('/Action/Include/Fields[(none)]/P 3');
    const note = '<</Type/Annot/Subtype/Text/Rect[400 60 420 80]/Contents(a)>>';
    const page = changedText(objectText(file, 3), '18 0 R', '18 0 R 970 0 R');
    expect((await check(file, { 970: note, 3: page })).verdict).toBe('invalid');
  });
});
