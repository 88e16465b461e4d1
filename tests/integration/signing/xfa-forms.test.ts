import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport } from '../../../shared/signing/index';
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
const signed = new Map<string, Buffer>();

const xfa = '/XFA[(template)30 0 R(datasets)31 0 R(form)32 0 R]';

beforeAll(async () => {
  dir = makeWorkDir();
  const pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
  const draft = path.join(dir, 'draft.pdf');
  writeFileSync(
    draft,
    rawPdf({
      ...contractObjects,
      8: changedText(contractObjects[8] ?? '', '<<', `<<${xfa}`),
      30: rawStream('<template/>'),
      31: rawStream('<xfa:datasets>100</xfa:datasets>'),
      32: rawStream('<form/>'),
    }),
  );
  const signer = signerOf(pki, 'nguyen-thi-thuy-duong');
  for (const certify of [undefined, 2] as const) {
    const output = path.join(dir, 'signed.pdf');
    await signFile(draft, output, { signer, field: 'first', ...(certify ? { certify } : {}) });
    signed.set(certify ? 'P=2' : 'none', readFileSync(output));
  }
});

afterAll(() => removeWorkDir(dir));

type Change = (file: Buffer) => RawObjects;

async function firstAfter(base: 'none' | 'P=2', change: Change): Promise<SignatureReport> {
  const file = signed.get(base) ?? Buffer.alloc(0);
  const output = path.join(dir, 'changed.pdf');
  writeFileSync(output, rawUpdate(file, { objects: change(file) }));
  const first = (await checkFile(output, [root])).signatures.find(({ field }) => field === 'first');
  if (!first) throw new Error('signature expected');
  return first;
}

const newData = rawStream('<xfa:datasets>900</xfa:datasets>');
const formWith =
  (part: string, by: string, packet = ''): Change =>
  (file) => ({ 8: changedText(objectText(file, 8), part, by), ...(packet ? { 970: packet } : {}) });

describe('an XFA form keeps what is filled in beside the fields (ISO 32000-1, 12.7.8)', () => {
  test.each<[string, Change]>([
    ['data replaced where they stand', () => ({ 31: newData, 32: rawStream('<form checksum="1"/>') })],
    ['data stored anew', formWith('31 0 R', '970 0 R', newData)],
  ])('%s: form filling under P=2, not allowed without certification', async (_how, change) => {
    expect(await firstAfter('P=2', change)).toMatchObject({ changesAfter: 'form-fill', verdict: 'valid' });
    expect(await firstAfter('none', change)).toMatchObject({ changesAfter: 'form-fill', verdict: 'invalid' });
  });

  test.each<[string, Change]>([
    ['its template is replaced', () => ({ 30: rawStream('<template>other</template>') })],
    ['another template is named', formWith('30 0 R', '970 0 R', rawStream('<template>x</template>'))],
    ['a packet is added', formWith('32 0 R', '32 0 R(template)970 0 R', rawStream('<template/>'))],
    ['the template is called data', formWith('(template)', '(datasets)')],
  ])('%s: never', async (_how, change) => {
    expect(await firstAfter('P=2', change)).toMatchObject({ changesAfter: 'disallowed', verdict: 'invalid' });
  });
});
