import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFileSource, transformFile } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { AppError } from '../../../shared/result/result';
import { inspectPdf, prepareForSigning, signPdf } from '../../../shared/signing/index';
import { compareFiles } from '../../unit/signing/difference/compare';
import { rawUpdate } from './attack-files';
import {
  checkFile,
  derOfPem,
  fonts,
  makeDraft,
  makePki,
  makeWorkDir,
  pdfsigReport,
  qpdfCheck,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';
import { signFile } from './sign-file';

const samples = join(import.meta.dirname, 'samples');

let dir: string;
let pki: TestPki;
let root: Uint8Array;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  root = derOfPem(pki.root);
});

afterAll(() => removeWorkDir(dir));

/** Every kind of encryption that qpdf can write, on either kind of cross-reference. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'rc4-40': ['40', '--'],
  'rc4-128': ['128', '--use-aes=n', '--'],
  'rc4-128-crypt-filters': ['128', '--force-V4', '--use-aes=n', '--'],
  'rc4-128-cleartext-metadata': ['128', '--cleartext-metadata', '--use-aes=n', '--'],
  'aes-128': ['128', '--use-aes=y', '--'],
  'aes-128-cleartext-metadata': ['128', '--use-aes=y', '--cleartext-metadata', '--'],
  'aes-256': ['256', '--'],
  'aes-256-revision-5': ['256', '--force-R5', '--'],
  'aes-256-cleartext-metadata': ['256', '--cleartext-metadata', '--'],
};
const layouts = { table: 'disable', stream: 'generate' } as const;

/** Encrypts a fresh draft; the owner password is never known to us, the user password is empty unless given. */
async function encrypt(
  name: string,
  options: readonly string[],
  layout: keyof typeof layouts,
  user = '',
): Promise<string> {
  const plain = await makeDraft(join(dir, `${name}.plain.pdf`));
  const path = join(dir, `${name}.pdf`);
  execFileSync('qpdf', [
    '--allow-weak-crypto',
    `--object-streams=${layouts[layout]}`,
    '--encrypt',
    user,
    'the-owner',
    ...options,
    plain,
    path,
  ]);
  return path;
}

test('what follows a signature does not take the encryption back (ISO 32000-2, 7.6)', async () => {
  const file = readFileSync(await encrypt('taken-back', kinds['aes-128'] ?? [], 'table'));
  const trailer = file.toString('latin1').slice(file.lastIndexOf('trailer'));
  const root = Number(/\/Root (\d+) 0 R/.exec(trailer)?.[1]);
  const encryption = /\/Encrypt \d+ 0 R/.exec(trailer)?.[0] ?? '';
  const id = /\/ID \[[^\]]+\]/.exec(trailer)?.[0] ?? '';
  const after = (entries: string): Buffer => rawUpdate(file, { free: [0], root, trailer: entries });
  expect((await compareFiles(file, after(`${encryption}${id}`))).what).toEqual([]);
  expect((await compareFiles(file, after(id))).what).toContain('/Encrypt changed');
});

test('what is no encrypted padding either is none: the contents of a signature are not encrypted', async () => {
  const [draft, signed] = [
    await encrypt('padding', kinds['aes-128'] ?? [], 'table'),
    join(dir, 'padding-signed.pdf'),
  ];
  await signFile(draft, signed, { signer: signerOf(pki, 'ldld-huyen'), field: 'first' });
  const text = readFileSync(signed).toString('latin1');
  const at = /0{40}>/.exec(text)?.index ?? Number.NaN;
  writeFileSync(signed, `${text.slice(0, at + 38)}AB${text.slice(at + 40)}`, 'latin1');
  const { signatures } = await checkFile(signed, [root]);
  expect(signatures[0]?.problems).toContain('PADDING_NOT_ZERO');
});

const variants = Object.keys(kinds).flatMap((kind) =>
  (['table', 'stream'] as const).map((layout) => ({ kind, layout })),
);

describe('an encrypted file that opens without a password is signed like any other (ISO 32000-2, 7.6)', () => {
  test.each(variants)('$kind, $layout: certified, filled and signed again', async ({ kind, layout }) => {
    const draft = await encrypt(`${kind}-${layout}`, kinds[kind] ?? [], layout);
    const before = readFileSync(draft);
    const { final, stages } = await signByTheOrderOfTheLaw(
      draft,
      signerOf(pki, 'nguyen-thi-thuy-duong'),
      signerOf(pki, 'ldld-huyen'),
    );

    expect(readFileSync(final).subarray(0, before.length).equals(before)).toBe(true);
    const report = await checkFile(final, [root]);
    expect(
      report.signatures.map(({ field, verdict, changesAfter }) => ({ field, verdict, changesAfter })),
    ).toEqual([
      { field: 'cv.person', verdict: 'valid', changesAfter: 'form-fill' },
      { field: 'cv.organ', verdict: 'valid', changesAfter: 'none' },
    ]);
    expect(report.verdict).toBe('valid');

    // Other software reads the same: the structure, both signatures, and the filled texts.
    for (const stage of stages) expect(qpdfCheck(stage), stage).toBe(0);
    const verdicts = pdfsigReport(final).match(/Signature Validation: .*/g);
    expect(verdicts).toEqual([
      'Signature Validation: Signature is Valid.',
      'Signature Validation: Signature is Valid.',
    ]);
    expect(pdfsigReport(final)).toMatch(/Total document signed/);
    const shown = spawnSync('mutool', ['draw', '-F', 'txt', final], { encoding: 'utf8' });
    expect(shown.stderr.replace('warning: ICC support is not available', '').trim()).toBe('');
    expect(shown.stdout.replace(/\s+/g, ' ')).toContain('35');
  });
});

type Act = {
  readonly field: string;
  readonly placement?: { page: number; x: number; y: number; w: number; h: number };
};
const newField: Act = { field: 'Them', placement: { page: 0, x: 20, y: 20, w: 80, h: 80 } };
const existingField: Act = { field: 'cv.person' };

function sign(input: string, output: string, act: Act): Promise<unknown> {
  return transformFile(input, output, (source, sink) =>
    signPdf(source, sink, {
      crypto: nodeCrypto,
      fonts,
      signer: signerOf(pki, 'ldld-huyen'),
      appearance: { kind: 'drawn-seal', organisation: 'Liên đoàn Lao động huyện', superior: null },
      time: signingTime,
      ...act,
    }),
  );
}

/** A draft with empty fields, encrypted afterwards. */
async function encryptPrepared(name: string, options: readonly string[]): Promise<string> {
  const draft = await makeDraft(join(dir, `${name}.plain.pdf`));
  const prepared = join(dir, `${name}.prepared.pdf`);
  await transformFile(draft, prepared, (source, sink) =>
    prepareForSigning(source, sink, {
      crypto: nodeCrypto,
      fonts,
      numberField: null,
      dateField: null,
      personSignature: { page: 0, x: 300, y: 100, w: 120, h: 60 },
      organSignature: null,
      sealDiameter: 36,
      signingPage: null,
    }),
  );
  const path = join(dir, `${name}.pdf`);
  execFileSync('qpdf', ['--allow-weak-crypto', '--encrypt', '', 'the-owner', ...options, prepared, path]);
  return path;
}

describe('what the author forbids is refused (ISO 32000-1, table 22)', () => {
  test.each([
    { options: ['40', '--modify=n', '--annotate=n', '--'], existing: false, added: false },
    { options: ['40', '--modify=n', '--'], existing: true, added: false },
    { options: ['128', '--use-aes=y', '--modify=none', '--'], existing: false, added: false },
    { options: ['128', '--use-aes=n', '--modify=assembly', '--'], existing: false, added: false },
    { options: ['256', '--modify=form', '--'], existing: true, added: false },
    { options: ['256', '--modify=annotate', '--'], existing: true, added: false },
    { options: ['256', '--modify=all', '--annotate=n', '--form=n', '--'], existing: false, added: false },
    { options: ['256', '--print=none', '--extract=n', '--'], existing: true, added: true },
  ])('$options: existing field $existing, new field $added', async ({ options, existing, added }) => {
    const path = await encryptPrepared(options.join('').replace(/[^a-z0-9]/g, ''), options);
    for (const [act, isPermitted] of [
      [existingField, existing],
      [newField, added],
    ] as const) {
      const output = path.replace(/\.pdf$/, `.${act.field}.pdf`);
      const outcome = await sign(path, output, act).then(
        () => 'signed',
        (error: unknown) => (error instanceof AppError ? error.code : error),
      );
      expect(outcome, act.field).toBe(isPermitted ? 'signed' : 'PDF_FORBIDS_SIGNING');
      expect(existsSync(output)).toBe(isPermitted);
      if (isPermitted) expect((await checkFile(output, [root])).verdict).toBe('valid');
    }
  });

  test('permissions that were widened afterwards do not count', async () => {
    for (const [bits, code] of [
      ['256', 'PDF_FORBIDS_SIGNING'],
      ['128', 'PDF_ENCRYPTED'],
    ] as const) {
      const path = await encryptPrepared(`widened${bits}`, [bits, '--modify=none', '--']);
      const text = readFileSync(path, 'latin1');
      const widened = text.replace(/\/P -\d+/, (entry) => '/P -4'.padEnd(entry.length));
      expect(widened).not.toBe(text);
      writeFileSync(path, widened, 'latin1');
      await expect(sign(path, `${path}.signed`, existingField)).rejects.toMatchObject({ code });
    }
  });

  test('a document with a message authentication code (ISO/TS 32004) is not changed', async () => {
    const path = await encryptPrepared('mac', ['256', '--']);
    const text = readFileSync(path, 'latin1');
    writeFileSync(path, text.replace(/trailer <</, 'trailer << /AuthCode << >>'), 'latin1');
    await expect(sign(path, `${path}.signed`, existingField)).rejects.toMatchObject({
      code: 'PDF_FORBIDS_SIGNING',
    });
  });
});

describe('a document that needs a password or a private key stays closed', () => {
  test.each(['40', '128', '256'])('%s bits', async (bits) => {
    const path = await encrypt(`locked${bits}`, [bits, '--'], 'table', 'the-user');
    await expect(sign(path, `${path}.signed`, newField)).rejects.toMatchObject({ code: 'PDF_ENCRYPTED' });
    expect(await checkFile(path, [root])).toMatchObject({
      verdict: 'indeterminate',
      problems: ['ENCRYPTED'],
    });
    const source = await openFileSource(path);
    expect(await inspectPdf(source, nodeCrypto)).toMatchObject({ encrypted: true, pages: [] });
    await source.close();
  });

  test.each(readdirSync(join(samples, 'encrypted')))('%s', async (name) => {
    const path = join(samples, 'encrypted', name);
    await expect(sign(path, join(dir, name), newField)).rejects.toMatchObject({ code: 'PDF_ENCRYPTED' });
    expect(await checkFile(path, [root])).toMatchObject({
      verdict: 'indeterminate',
      problems: ['ENCRYPTED'],
    });
  });
});

test('one changed byte of an encrypted signed file makes it invalid', async () => {
  const draft = await encrypt('tampered', kinds['aes-128'] ?? [], 'table');
  await sign(draft, `${draft}.signed`, newField);
  const bytes = readFileSync(`${draft}.signed`);
  const at = bytes.indexOf('stream') + 20;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(`${draft}.signed`, bytes);
  expect((await checkFile(`${draft}.signed`, [root])).verdict).toBe('invalid');
});

test('no text of the update stands in the clear', async () => {
  const draft = await encrypt('clear', kinds['aes-256'] ?? [], 'table');
  const signer = signerOf(pki, 'ldld-huyen');
  const { final } = await signByTheOrderOfTheLaw(draft, signerOf(pki, 'nguyen-thi-thuy-duong'), signer);
  const added = readFileSync(final).subarray(readFileSync(draft).length).toString('latin1');
  expect([...added.matchAll(/\/(?:T|M|Reason|V|DA) \(/g)]).toEqual([]);
});
