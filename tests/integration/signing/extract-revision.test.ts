import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memorySource } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { extractRevision } from '../../../shared/signing/index';
import {
  checkFile,
  derOfPem,
  type LawOrder,
  makeDraft,
  makePki,
  makeWorkDir,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signerOf,
} from './fixtures';

let dir: string;
let order: LawOrder;
let root: Uint8Array;

beforeAll(async () => {
  dir = makeWorkDir();
  const pki = await makePki(join(dir, 'pki'));
  root = derOfPem(pki.root);
  const draft = await makeDraft(join(dir, 'draft.pdf'));
  order = await signByTheOrderOfTheLaw(
    draft,
    signerOf(pki, 'nguyen-thi-thuy-duong'),
    signerOf(pki, 'ldld-huyen'),
  );
}, 60_000);

afterAll(() => removeWorkDir(dir));

async function revisionOf(bytes: Uint8Array, field: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const sink = { write: async (part: Uint8Array) => void parts.push(part) };
  const size = await extractRevision(memorySource(bytes), sink, { crypto: nodeCrypto, field });
  const revision = Buffer.concat(parts);
  expect(revision.length).toBe(size);
  return new Uint8Array(revision);
}

describe('showing what was signed (acceptance test 26)', () => {
  it('gives the bytes of the revision that each signature covers, exactly as they were when it was made', async () => {
    const final = new Uint8Array(readFileSync(order.final));
    const [, , afterPerson = ''] = order.stages;
    expect(Buffer.from(await revisionOf(final, 'cv.person')).equals(readFileSync(afterPerson))).toBe(true);
    expect(Buffer.from(await revisionOf(final, 'cv.organ')).equals(Buffer.from(final))).toBe(true);
  });

  it('gives the same revision from a file to which somebody has added something', async () => {
    const tampered = Buffer.concat([readFileSync(order.final), Buffer.from('\n% added later\n')]);
    const revision = await revisionOf(new Uint8Array(tampered), 'cv.organ');
    expect(Buffer.from(revision).equals(readFileSync(order.final))).toBe(true);
  });

  it('the person signature covers the whole of its own revision', async () => {
    const report = await checkFile(order.stages[2] ?? '', [root]);
    expect(report.signatures[0]?.coverage).toBe('whole-file');
  });

  it('says NO_SIGNATURE for a field that is empty, missing or covers no revision', async () => {
    const final = readFileSync(order.final);
    const prepared = new Uint8Array(readFileSync(order.stages[1] ?? ''));
    await expect(revisionOf(prepared, 'cv.person')).rejects.toMatchObject({ code: 'NO_SIGNATURE' });
    await expect(revisionOf(new Uint8Array(final), 'cv.nobody')).rejects.toMatchObject({
      code: 'NO_SIGNATURE',
    });
    const broken = Buffer.from(
      final.toString('latin1').replace(/\/ByteRange \[0 \d/, '/ByteRange [1 0'),
      'latin1',
    );
    await expect(revisionOf(new Uint8Array(broken), 'cv.person')).rejects.toMatchObject({
      code: 'NO_SIGNATURE',
    });
  });
});
