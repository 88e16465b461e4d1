import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { costOf } from '../../processor-time';
import { contractObjects, type RawObjects, rawPdf, rawStream, rawUpdate } from './attack-files';
import {
  checkFile,
  derOfPem,
  makeDraft,
  makePki,
  makePng,
  makeWorkDir,
  removeWorkDir,
  signerOf,
  type TestPki,
} from './fixtures';
import { signFile } from './sign-file';

let dir: string;
let pki: TestPki;
let root: Uint8Array;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
});

afterAll(() => removeWorkDir(dir));

/** Signs a file so many times; visibly, side by side, on its first page. */
async function signTimes(input: string, times: number): Promise<string> {
  let file = input;
  for (let i = 0; i < times; i++) {
    const output = input.replace(/\.pdf$/, `.s${i}.pdf`);
    const placement = { page: 0, x: 20 + 40 * (i % 12), y: 20 + 50 * Math.floor(i / 12), w: 36, h: 18 };
    const signer = signerOf(pki, i % 2 === 0 ? 'nguyen-thi-thuy-duong' : 'ldld-huyen');
    await signFile(file, output, {
      signer,
      field: `f${i}`,
      placement,
      appearance: { kind: 'picture', png: makePng(12, 6, [0, 0, 99]) },
    });
    file = output;
  }
  return file;
}

/** A document of so many pages, each with content and resources of its own. */
function manyPages(count: number): RawObjects {
  const objects: Record<number, string> = {
    1: '<</Type/Catalog/Pages 2 0 R>>',
    2: `<</Type/Pages/Count ${count}/Kids[${[...Array(count).keys()].map((i) => `${3 * i + 4} 0 R`).join(' ')}]>>`,
    3: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  };
  for (let i = 0; i < count; i++) {
    objects[3 * i + 4] =
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${3 * i + 5} 0 R/Resources ${3 * i + 6} 0 R>>`;
    objects[3 * i + 5] = rawStream(`BT /F 12 Tf 72 700 Td (Page ${i}) Tj ET`);
    objects[3 * i + 6] = '<</Font<</F 3 0 R>>>>';
  }
  return objects;
}

describe('time', () => {
  test.each([false, true])(
    '25 signatures are checked within a second (object streams: %s)',
    async (objectStreams) => {
      const draft = await makeDraft(path.join(dir, `many-${objectStreams}.pdf`), { objectStreams });
      const file = await signTimes(draft, 25);
      await checkFile(file, [root]);
      const { result, ms } = await costOf(() => checkFile(file, [root]));
      expect(result.signatures.map(({ verdict }) => verdict)).toEqual(Array(25).fill('valid'));
      expect(ms).toBeLessThan(1000);
    },
  );

  test('10,000 pages with five signatures are checked within three seconds', async () => {
    const draft = path.join(dir, 'pages.pdf');
    writeFileSync(draft, rawPdf(manyPages(10_000)));
    const file = await signTimes(draft, 5);
    const { result, ms } = await costOf(() => checkFile(file, [root]));
    expect(result.signatures.map(({ verdict }) => verdict)).toEqual(Array(5).fill('valid'));
    expect(ms).toBeLessThan(3000);
  });
});

describe('hostile revisions end in time, and never as valid', () => {
  const sign = async (name: string, objects: RawObjects): Promise<Buffer> => {
    const [draft, output] = [path.join(dir, `${name}.pdf`), path.join(dir, `${name}-signed.pdf`)];
    writeFileSync(draft, rawPdf(objects));
    await signFile(draft, output, { signer: signerOf(pki, 'ldld-huyen'), field: 'first', certify: 2 });
    return readFileSync(output);
  };

  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  /** Objects of which each holds the next one twice: few objects, very many paths. */
  const doubling = (from: number, count: number): RawObjects =>
    Object.fromEntries(
      [...Array(count).keys()].map((i) => [from + i, `<</A ${from + i + 1} 0 R/B ${from + i + 1} 0 R>>`]),
    );

  test.each<[string, RawObjects, RawObjects]>([
    ['a loop of references', { 30: '31 0 R', 31: '30 0 R' }, { 15: '30 0 R' }],
    ['deep nesting', {}, { 15: nested(5000) }],
    [
      'a huge array',
      {},
      { 3: `<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[${'18 0 R '.repeat(300_000)}]>>` },
    ],
    ['paths without number', doubling(30, 60), { ...doubling(130, 60), 14: '<</Dests 130 0 R>>' }],
    [
      'a form of loops',
      {},
      { 8: '<</Fields[9 0 R 10 0 R 22 0 R]/DA 8 0 R>>', 22: '<</T(group)/Kids[22 0 R]>>' },
    ],
    ['a page tree of loops', {}, { 2: '<</Type/Pages/Kids[2 0 R]/Count 2>>' }],
    [
      'many fields',
      {},
      {
        8: `<</Fields[9 0 R 10 0 R 22 0 R ${[...Array(20_000).keys()].map((i) => `${2000 + i} 0 R`).join(' ')}]>>`,
      },
    ],
  ])('%s', async (name, before, after) => {
    const file = await sign(name.replaceAll(' ', '-'), { ...contractObjects, ...before });
    const output = path.join(dir, `${name.replaceAll(' ', '-')}-later.pdf`);
    writeFileSync(output, rawUpdate(file, { objects: after }));
    const { result, ms } = await costOf(() => checkFile(output, [root]));
    expect(result.verdict).not.toBe('valid');
    expect(ms).toBeLessThan(5000);
  });

  test('a content stream without end is read as one that may hide anything', async () => {
    const drawing = rawStream(
      'q 0 0 1 1 re f Q '.repeat(200_000),
      '/Type/XObject/Subtype/Form/BBox[0 0 9 9]',
    );
    const file = await sign('long-content', { ...contractObjects });
    const objects = {
      970: drawing,
      10: (contractObjects[10] ?? '').replace('/T(place)', '/T(place)/AP<</N 970 0 R>>'),
    };
    const output = path.join(dir, 'long-content-later.pdf');
    writeFileSync(output, rawUpdate(file, { objects }));
    const { result, ms } = await costOf(() => checkFile(output, [root]));
    expect(result.verdict).toBe('invalid');
    expect(ms).toBeLessThan(5000);
  });
});
