import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { costOf } from '../../processor-time';
import { changedText, contractObjects, objectText, rawPdf, rawStream, rawUpdate } from './attack-files';
import { checkFile, derOfPem, makePki, makeWorkDir, removeWorkDir, signerOf } from './fixtures';
import { signFile } from './sign-file';

/** Parts of a content stream, one after the other. */
const many = (count: number, part: (i: number) => string): string =>
  [...Array(count).keys()].map(part).join(' ');
const letters = many(8000, (i) => `BT /F 4 Tf ${(i % 70) * 8} ${Math.floor(i / 70) * 7} Td (ab) Tj ET`);

test.each([
  ['a line of many pieces', `0.1 w ${many(9000, (i) => `${i % 100} ${(i * 37) % 100} ${i ? 'l' : 'm'}`)} S`],
  ['many layers', `/A gs ${many(40_000, (i) => `0 0 100 ${i % 100} re f`)}`],
  [
    'many figures',
    `/A gs ${many(900, () => `0 0 m ${many(20, (i) => `${i % 100} ${(i * 37) % 100} l`)} f`)}`,
  ],
])('%s, in twelve comments over thousands of words, are judged within five seconds', async (_name, paint) => {
  const dir = makeWorkDir();
  const pki = await makePki(path.join(dir, 'pki'));
  const [input, output] = [path.join(dir, 'draft.pdf'), path.join(dir, 'signed.pdf')];
  writeFileSync(input, rawPdf({ ...contractObjects, 4: rawStream(letters) }));
  const signer = signerOf(pki, 'nguyen-thi-thuy-duong');
  await signFile(input, output, { signer, field: 'first', certify: 3 });
  const file = readFileSync(output);
  const comments = many(12, (i) => `${1000 + i} 0 R`);
  const objects: Record<number, string> = {
    951: rawStream(
      paint,
      '/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</ExtGState<</A<</ca 0.001>>>>>>',
    ),
    3: changedText(objectText(file, 3), '18 0 R', `18 0 R ${comments}`),
  };
  for (let i = 0; i < 12; i++)
    objects[1000 + i] = `<</Type/Annot/Subtype/Ink/Rect[0 0 595 ${842 - i}]/AP<</N 951 0 R>>>>`;
  writeFileSync(output, rawUpdate(file, { objects }));
  const { result, ms } = await costOf(() => checkFile(output, [derOfPem(pki.root)]));
  expect(ms).toBeLessThan(5000);
  expect(result.verdict).toBe('indeterminate');
  removeWorkDir(dir);
});
