import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { nodeCrypto } from '@shared/node/crypto-port';
import { fieldNames, newestSigningTime, signPdf } from '@shared/signing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileSource, transformFile } from '../../../electron/signing/file-bytes';
import { fonts, makeDraft, makePki, makeWorkDir, signerOf, signingTime, type TestPki } from './fixtures';

let dir: string;
let pki: TestPki;
let draft: string;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  draft = await makeDraft(join(dir, 'draft.pdf'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function newest(file: string): Promise<number | null> {
  const source = await openFileSource(file);
  try {
    return await newestSigningTime(source, nodeCrypto);
  } finally {
    await source.close();
  }
}

test('the latest of the claimed times, whatever the order of the signatures', async () => {
  const times = [signingTime + 3_600_000, signingTime];
  const signer = signerOf(pki, Object.keys(pki.p12)[0] ?? '');
  let file = draft;
  for (const [n, time] of times.entries()) {
    const next = join(dir, `${n}.pdf`);
    await transformFile(file, next, (source, sink) =>
      signPdf(source, sink, {
        crypto: nodeCrypto,
        signer,
        fonts,
        field: n === 0 ? 'one' : fieldNames.organ,
        placement: null,
        appearance: null,
        time,
      }),
    );
    file = next;
  }
  expect(await newest(draft)).toBeNull();
  expect(await newest(file)).toBe(signingTime + 3_600_000);
});
