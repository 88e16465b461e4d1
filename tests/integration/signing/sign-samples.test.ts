import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transformFile } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { AppError } from '../../../shared/result/result';
import { signPdf } from '../../../shared/signing/index';
import { costOf } from '../../processor-time';
import {
  fonts,
  makePki,
  makeWorkDir,
  pdfsigReport,
  qpdfCheck,
  removeWorkDir,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';

const folder = path.join(import.meta.dirname, 'samples');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.pdf'))
  .sort();
const places = { invisible: null, visible: { page: 0, x: 60, y: 60, w: 150, h: 50 } };

/** What is refused, by its code: attacks whose cross-reference lies, damage, passwords, and what an author forbids. */
const refused: Readonly<Record<string, readonly string[]>> = {
  CERTIFIED_NO_CHANGES: ['pyhanko/certified-with-indirect-refs-in-dir'],
  PDF_ENCRYPTED: [
    'encrypted/malformed-encrypt-dict1',
    'encrypted/malformed-encrypt-dict2',
    'encrypted/minimal-aes256-malformed-oe',
    'encrypted/minimal-pubkey-aes256',
    'encrypted/minimal-rc4',
    'pyhanko/minimal-aes256',
    'pyhanko/signed-encrypted-pubkey-with-catalog-ref',
  ],
  PDF_MALFORMED: [
    'attacks/isa_B',
    'attacks/usf_04_No_Contents_Value',
    'pyhanko/broken-objstream2',
    'pyhanko/broken-objstream3',
    'pyhanko/broken-objstream6',
  ],
  PDF_NOT_PDF: ['pyhanko/minimal-illegal-header'],
  PDF_XREF_BROKEN: [
    'attacks/isa_A',
    'attacks/isa_C',
    'attacks/isa_D',
    'attacks/isa_E',
    'attacks/isa_F',
    'attacks/isa_G',
    'attacks/isa_H',
    'attacks/isa_I',
    'attacks/siwa_B',
    'attacks/siwa_E',
    'pyhanko/broken-objstream1',
    'pyhanko/minimal-annotless',
    'pyhanko/minimal-startxref-hopeless',
    'pyhanko/minimal-startxref-hopeless3',
    'pyhanko/minimal-startxref-obo2',
    'pyhanko/minimal-startxref-obo4',
    'pyhanko/minimal-startxref-obo5',
    'pyhanko/minimal-startxref-obo6',
  ],
};

function expectedOutcome(file: string): string {
  const name = file.replaceAll(path.sep, '/').replace('.pdf', '');
  return Object.entries(refused).find(([, names]) => names.includes(name))?.[0] ?? 'signed';
}

let dir: string;
let pki: TestPki;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(path.join(dir, 'pki'));
});

afterAll(() => removeWorkDir(dir));

/** Whether poppler calls each signature valid, in the order of the file. */
function verdicts(file: string): readonly boolean[] {
  const lines = [...pdfsigReport(file).matchAll(/ {2}- Signature Validation: (.*)/g)];
  return lines.map(([, text]) => text === 'Signature is Valid.');
}

async function sign(input: string, output: string, visible: boolean): Promise<string> {
  try {
    await transformFile(input, output, (source, sink) =>
      signPdf(source, sink, {
        crypto: nodeCrypto,
        fonts,
        signer: signerOf(pki, 'ldld-huyen'),
        field: 'CongVan1',
        placement: visible ? places.visible : null,
        appearance: visible ? { kind: 'drawn-name', name: 'Nguyễn Thị Thuỳ Dương' } : null,
        time: signingTime,
      }),
    );
    return 'signed';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('an existing file of another product is signed, or refused with a code', () => {
  test.each(files.flatMap((file) => Object.keys(places).map((kind) => [file, kind] as const)))(
    '%s, %s',
    async (file, kind) => {
      const input = path.join(folder, file);
      const output = path.join(dir, `${file.replaceAll(path.sep, '-')}-${kind}.pdf`);
      const { result: outcome, ms } = await costOf(() => sign(input, output, kind === 'visible'));
      expect(ms).toBeLessThan(5_000);
      expect(outcome).toBe(expectedOutcome(file));
      if (outcome !== 'signed') return;
      const before = readFileSync(input);
      expect(readFileSync(output).subarray(0, before.length).equals(before)).toBe(true);
      expect(qpdfCheck(output) ?? 9).toBeLessThanOrEqual(qpdfCheck(input) ?? 0);
      expect(verdicts(output)).toEqual([...verdicts(input), true]);
      rmSync(output);
    },
  );
});
