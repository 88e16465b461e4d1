import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memorySource } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { signPdf } from '../../../shared/signing/index';
import {
  fonts,
  makeDraft,
  makePki,
  makeWorkDir,
  pdfsigReport,
  qpdfCheck,
  removeWorkDir,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';
import { signFile } from './sign-file';

let dir: string;
let pki: TestPki;
let draft: string;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  draft = await makeDraft(join(dir, 'draft.pdf'), { objectStreams: true });
});

afterAll(() => removeWorkDir(dir));

/** A timestamp authority whose tokens have this many bytes, the chain of a real one being what makes them long. */
const tokens = (size: number) => async (): Promise<Uint8Array> => {
  const token = new Uint8Array(size);
  token.set([0x30, 0x82, (size - 4) >> 8, (size - 4) & 0xff]);
  return token;
};

test.each([
  [6_000, 16_384],
  [20_000, 32_768],
])('a timestamp token of %i bytes gets a hole of %i', async (size, hole) => {
  const output = join(dir, `room-${size}.pdf`);
  const { byteRange } = await signFile(draft, output, {
    signer: signerOf(pki, 'cdcs'),
    timestamp: tokens(size),
  });
  expect(byteRange[2] - byteRange[1]).toBe(2 * hole + 2);
  expect(byteRange[2] + byteRange[3]).toBe(readFileSync(output).length);
  expect(qpdfCheck(output)).toBe(0);
  expect(pdfsigReport(output)).toMatch(
    /Total document signed\n {2}- Signature Validation: Signature is Valid/,
  );
});

test('a CMS that does not even fit into twice the room → CONTENTS_TOO_SMALL', async () => {
  const answer = signFile(draft, join(dir, 'none.pdf'), {
    signer: signerOf(pki, 'cdcs'),
    timestamp: tokens(40_000),
  });
  await expect(answer).rejects.toMatchObject({ code: 'CONTENTS_TOO_SMALL' });
});

test('the second attempt does not copy the document again', async () => {
  const source = memorySource(new Uint8Array(readFileSync(draft)));
  let written = 0;
  const sink = {
    write: async (bytes: Uint8Array): Promise<void> => {
      written += bytes.length;
    },
  };
  const { bytesAdded } = await signPdf(source, sink, {
    crypto: nodeCrypto,
    fonts,
    signer: signerOf(pki, 'cdcs'),
    placement: null,
    appearance: null,
    time: signingTime,
    timestamp: tokens(20_000),
  });
  expect(written).toBe(source.size + bytesAdded);
});
