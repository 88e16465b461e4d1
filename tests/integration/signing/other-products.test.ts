import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport, Signer } from '../../../shared/signing/index';
import { changedText, contractObjects, rawPdf } from './attack-files';
import {
  checkFile,
  derOfPem,
  makeDraft,
  makePki,
  makeWorkDir,
  pdfsigReport,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signerOf,
} from './fixtures';
import { pdfBoxJars } from './independent-tools';
import { signFile } from './sign-file';

let dir: string;
let nss: string;
let root: Uint8Array;
const bases = new Map<string, string>();

/** Where a key database has the organisation's key, for poppler to sign with. */
function importKey(p12: string, password: string): string {
  const folder = path.join(dir, 'nss');
  const passwordFile = path.join(dir, 'password');
  mkdirSync(folder);
  writeFileSync(passwordFile, password);
  execFileSync('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password']);
  execFileSync('pk12util', ['-i', p12, '-d', `sql:${folder}`, '-w', passwordFile, '-K', '']);
  return folder;
}

async function addBase(name: string, file: string, signer: Signer, certify?: 2): Promise<void> {
  const output = path.join(dir, `${name}.signed.pdf`);
  await signFile(file, output, { signer, field: 'first', ...(certify ? { certify } : {}) });
  bases.set(name, output);
}

beforeAll(async () => {
  dir = makeWorkDir();
  const pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
  nss = importKey(pki.p12['ldld-huyen'] ?? '', pki.password);
  const program = path.join(import.meta.dirname, 'tools', 'ChangeWithPdfBox.java');
  execFileSync('javac', ['-cp', pdfBoxJars, '-d', dir, program], { stdio: 'pipe' });
  const person = signerOf(pki, 'nguyen-thi-thuy-duong');
  const draft = (name: string, options: Parameters<typeof makeDraft>[1] = {}): Promise<string> =>
    makeDraft(path.join(dir, `${name}.pdf`), options);
  await addBase('table', await draft('table'), person);
  await addBase('streams', await draft('streams', { objectStreams: true }), person);
  await addBase('turned', await draft('turned', { rotate: 90, crop: true }), person, 2);
  const linearized = path.join(dir, 'linearized.pdf');
  execFileSync('qpdf', ['--linearize', path.join(dir, 'table.pdf'), linearized]);
  await addBase('linearized', linearized, person);
  const form = path.join(dir, 'form.pdf');
  // Its form has fonts of its own, as other products grow what it shares with the page.
  writeFileSync(
    form,
    rawPdf({
      ...contractObjects,
      8: changedText(contractObjects[8] ?? '', '/DR 6 0 R', '/DR<</Font<</F 5 0 R>>>>'),
    }),
  );
  await addBase('form', form, person, 2);
  const law = await signByTheOrderOfTheLaw(await draft('law'), person, signerOf(pki, 'ldld-huyen'));
  bases.set('certified decision', law.stages[2] ?? '');
}, 60_000);

afterAll(() => removeWorkDir(dir));

const names = ['table', 'streams', 'turned', 'linearized', 'form', 'certified decision'];

async function firstAfter(
  name: string,
  change: (input: string, output: string) => void,
): Promise<SignatureReport> {
  const output = path.join(dir, `${name}.changed.pdf`);
  change(bases.get(name) ?? '', output);
  const [first] = (await checkFile(output, [root])).signatures;
  if (!first) throw new Error('signature expected');
  return first;
}

function pdfBox(mode: string, input: string, output: string, ...more: readonly string[]): void {
  const classPath = `${pdfBoxJars}:${dir}`;
  execFileSync('java', ['-cp', classPath, 'ChangeWithPdfBox', mode, input, output, ...more], {
    stdio: 'pipe',
  });
}

describe('PDFBox updates a file that was signed before', () => {
  test.each(names.flatMap((name) => [[name, 'invisible'] as const, [name, 'visible'] as const]))(
    '%s: an %s signature is a signature and nothing else',
    async (name, mode) => {
      const first = await firstAfter(name, (input, output) => pdfBox(mode, input, output));
      expect(first).toMatchObject({ integrity: 'ok', changesAfter: 'signatures', verdict: 'valid' });
    },
    20_000,
  );

  test.each([
    ['form', 'amount'],
    ['certified decision', 'cv.number'],
  ])(
    '%s: filling %s in is form filling',
    async (name, field) => {
      const first = await firstAfter(name, (input, output) => pdfBox('fill', input, output, field, '77'));
      expect(first).toMatchObject({ integrity: 'ok', changesAfter: 'form-fill', verdict: 'valid' });
    },
    20_000,
  );
});

test.each(['128', '256'])(
  'PDFBox encrypts the hole of a signature before it fills it (AES-%s), which is no foreign data',
  async (bits) => {
    const [plain, encrypted] = [path.join(dir, 'table.pdf'), path.join(dir, `encrypted-${bits}.pdf`)];
    const options = ['--encrypt', '', 'owner', bits, ...(bits === '128' ? ['--use-aes=y'] : []), '--'];
    execFileSync('qpdf', [...options, plain, encrypted]);
    const output = path.join(dir, `encrypted-${bits}.pdfbox.pdf`);
    pdfBox('invisible', encrypted, output);
    const report = async (): Promise<readonly string[]> =>
      (await checkFile(output, [root])).signatures.flatMap(({ problems }) => problems);
    expect(await report()).not.toContain('PADDING_NOT_ZERO');
    const file = readFileSync(output);
    file.write('0123456789abcdef', file.indexOf('/Contents <') + 200, 'latin1');
    writeFileSync(output, file);
    expect(await report()).toContain('PADDING_NOT_ZERO');
  },
  20_000,
);

describe('poppler signs a file that was signed before', () => {
  test.each(names)('%s: both signatures are found, listed in the form or not', async (name) => {
    const output = path.join(dir, `${name}.poppler.pdf`);
    const input = bases.get(name) ?? '';
    execFileSync('pdfsig', ['-nssdir', nss, '-add-signature', '-nick', 'ldld-huyen', input, output], {
      stdio: 'pipe',
    });
    const { signatures } = await checkFile(output, [root]);
    expect(pdfsigReport(output).match(/Signature is Valid/g)?.length).toBe(signatures.length);
    expect(signatures.map(({ integrity }) => integrity)).toEqual(['ok', 'ok']);
    expect(signatures[0]).toMatchObject({ changesAfter: 'signatures', verdict: 'valid' });
  });
});
