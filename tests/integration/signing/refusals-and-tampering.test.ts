import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fontkit from '@cantoo/fontkit';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transformFile } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  fillNumberAndDate,
  prepareForSigning,
  type SignOptions,
  signPdf,
} from '../../../shared/signing/index';
import { PdfDocument } from '../../../shared/signing/pdf/pdf-document';
import { type FormField, readFields } from '../../../shared/signing/pdf/pdf-fields';
import { isDict, type PdfDict, pdfText, withEntries } from '../../../shared/signing/pdf/pdf-objects';
import { IncrementalUpdate } from '../../../shared/signing/update/incremental-update';
import {
  checkFile,
  derOfPem,
  fonts,
  type LawOrder,
  makeDraft,
  makePki,
  makeWorkDir,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';

let dir: string;
let pki: TestPki;
let root: Uint8Array;
let signed: LawOrder;
const common = { crypto: nodeCrypto, fonts };

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  root = derOfPem(pki.root);
  const draft = await makeDraft(join(dir, 'draft.pdf'));
  signed = await signByTheOrderOfTheLaw(
    draft,
    signerOf(pki, 'nguyen-thi-thuy-duong'),
    signerOf(pki, 'ldld-huyen'),
  );
});

afterAll(() => removeWorkDir(dir));

let copies = 0;
function newPath(): string {
  copies += 1;
  return join(dir, `copy-${copies}.pdf`);
}

function sign(input: string, output: string, options: Partial<SignOptions> = {}): Promise<unknown> {
  return transformFile(input, output, (source, sink) =>
    signPdf(source, sink, {
      ...common,
      signer: signerOf(pki, 'ldld-huyen'),
      field: 'Signature9',
      placement: null,
      appearance: null,
      time: signingTime,
      ...options,
    }),
  );
}

/** Changes one field of a signed file by an incremental update, as a careless or hostile program would. */
async function changeField(
  input: string,
  name: string,
  change: (field: FormField) => PdfDict,
): Promise<string> {
  const output = newPath();
  await transformFile(input, output, async (source, sink) => {
    const document = await PdfDocument.open(source, nodeCrypto);
    const field = (await readFields(document)).find((candidate) => candidate.name === name);
    if (!field?.ref) throw new Error(`no field ${name}`);
    const update = new IncrementalUpdate(document);
    update.set(field.ref, change(field));
    const { bytes } = await update.build();
    await sink.write(await source.read(0, source.size));
    await sink.write(bytes);
  });
  return output;
}

describe('refusals carry a code and leave no file behind', () => {
  const refused: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    [
      'certifying after another signature',
      'CERTIFY_NOT_FIRST',
      () => sign(signed.final, newPath(), { certify: 2 }),
    ],
    [
      'signing a field twice',
      'FIELD_ALREADY_SIGNED',
      () => sign(signed.final, newPath(), { field: 'cv.organ' }),
    ],
    [
      'signing a field that is not there',
      'FIELD_NOT_FOUND',
      () =>
        transformFile(signed.final, newPath(), (source, sink) =>
          signPdf(source, sink, {
            ...common,
            signer: signerOf(pki, 'ldld-huyen'),
            field: 'cv.nobody',
            appearance: null,
            time: signingTime,
          }),
        ),
    ],
    [
      'signing on a page that is not there',
      'BAD_PAGE',
      () => sign(signed.final, newPath(), { placement: { page: 7, x: 0, y: 0, w: 9, h: 9 } }),
    ],
    [
      'an expired certificate',
      'CERT_EXPIRED',
      () => sign(signed.final, newPath(), { time: signingTime + 9e11 }),
    ],
    [
      'a certificate that is not valid yet',
      'CERT_NOT_YET_VALID',
      () => sign(signed.final, newPath(), { time: signingTime - 9e11 }),
    ],
    [
      'the certificate of an authority',
      'CERT_WRONG_USAGE',
      () => sign(signed.final, newPath(), { signer: { ...signerOf(pki, 'ldld-huyen'), certificate: root } }),
    ],
    [
      'a key that does not belong to the certificate',
      'SIGNER_MISMATCH',
      () => {
        const { certificate } = signerOf(pki, 'nguyen-thi-thuy-duong');
        return sign(signed.final, newPath(), { signer: { ...signerOf(pki, 'ldld-huyen'), certificate } });
      },
    ],
    [
      'filling in number and date after the organisation has locked them',
      'WRONG_STATE',
      () =>
        transformFile(signed.final, newPath(), (source, sink) =>
          fillNumberAndDate(source, sink, { ...common, number: '99', date: '2026-11-21' }),
        ),
    ],
    [
      'preparing a signed document',
      'WRONG_STATE',
      () =>
        transformFile(signed.final, newPath(), (source, sink) =>
          prepareForSigning(source, sink, {
            ...common,
            numberField: null,
            dateField: null,
            personSignature: null,
            organSignature: null,
            sealDiameter: 36,
            signingPage: null,
          }),
        ),
    ],
  ];
  test.each(refused)('%s → %s', async (_name, code, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ code });
    const output = join(dir, `copy-${copies}.pdf`);
    expect([existsSync(output), existsSync(`${output}.part`)]).toEqual([false, false]);
  });

  test('a document certified with P=1 takes no further signature', async () => {
    const certified = newPath();
    await sign(signed.stages[0] ?? '', certified, { certify: 1 });
    await expect(sign(certified, newPath())).rejects.toMatchObject({ code: 'CERTIFIED_NO_CHANGES' });
  });

  test('a document that opens only with a password is refused, not damaged', async () => {
    const encrypted = newPath();
    execFileSync('qpdf', ['--encrypt', 'mở', 'chu', '256', '--', signed.stages[0] ?? '', encrypted]);
    await expect(sign(encrypted, newPath())).rejects.toMatchObject({ code: 'PDF_ENCRYPTED' });
  });

  test('a broken cross-reference is refused and never repaired', async () => {
    const broken = newPath();
    const bytes = readFileSync(signed.stages[0] ?? '').toString('latin1');
    writeFileSync(broken, bytes.replace(/startxref\n\d+/, 'startxref\n77'), 'latin1');
    await expect(sign(broken, newPath())).rejects.toMatchObject({ code: 'PDF_XREF_BROKEN' });
  });
});

describe('a change after signing is found', () => {
  test('one flipped byte in each part of the signed bytes', async () => {
    const original = readFileSync(signed.final);
    // What the last CMS carries unsigned may change without harm; the fuzz test goes through it.
    const [, holeStart = 0, holeEnd = 0] =
      /\/ByteRange \[0 (\d+) (\d+) \d+\s*\](?![\s\S]*\/ByteRange)/
        .exec(original.toString('latin1'))
        ?.map(Number) ?? [];
    for (let at = 100; at < original.length; at += 3571) {
      if (at >= holeStart && at < holeEnd) continue;
      const copy = newPath();
      const bytes = Buffer.from(original);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(copy, bytes);
      const { verdict } = await checkFile(copy, [root]);
      expect(['invalid', 'indeterminate'], `offset ${at}`).toContain(verdict);
    }
  });

  test('bytes appended after the last signature', async () => {
    const copy = newPath();
    copyFileSync(signed.final, copy);
    appendFileSync(copy, 'x = 1 0 obj, mà không có bảng tham chiếu');
    expect((await checkFile(copy, [root])).verdict).toBe('invalid');
  });

  test('white space appended: the end of a line is none, a page of it is a revision without a section', async () => {
    const [little, much] = [newPath(), newPath()];
    for (const copy of [little, much]) copyFileSync(signed.final, copy);
    appendFileSync(little, '\r\n\r\n');
    appendFileSync(much, '\n'.repeat(100));
    expect((await checkFile(little, [root])).verdict).toBe('valid');
    const { verdict, signatures } = await checkFile(much, [root]);
    expect(verdict).toBe('invalid');
    expect(signatures.at(-1)?.changes.map(({ what }) => what)).toEqual([
      'bytes appended without a cross-reference section',
    ]);
  });

  test('bytes in the padding of the signature', async () => {
    const copy = newPath();
    const text = readFileSync(signed.final).toString('latin1');
    writeFileSync(copy, text.replace(/0000>\n\/Type/, '00AB>\n/Type'), 'latin1');
    const { signatures } = await checkFile(copy, [root]);
    expect(signatures.some(({ problems }) => problems.includes('PADDING_NOT_ZERO'))).toBe(true);
    expect(signatures.every(({ verdict }) => verdict === 'valid')).toBe(false);
  });

  test.each([
    ['the locked number', 'cv.number', (field: FormField) => withEntries(field.dict, { V: pdfText('99') })],
    ['the flags of a field', 'cv.number', (field: FormField) => withEntries(field.dict, { Ff: 1 })],
    [
      'the place of a field',
      'cv.number',
      (field: FormField) => withEntries(field.dict, { Rect: [0, 0, 300, 300] }),
    ],
    [
      'the picture of a signed field',
      'cv.person',
      (field: FormField) => withEntries(field.dict, { AP: new Map() }),
    ],
  ])('%s', async (_name, field, change) => {
    const copy = await changeField(signed.final, field, change);
    const { verdict, signatures } = await checkFile(copy, [root]);
    expect(verdict).toBe('invalid');
    expect(signatures.at(-1)?.problems).toContain('CHANGED_AFTER_SIGNING');
    expect(signatures.map(({ integrity }) => integrity)).toEqual(['ok', 'ok']);
  });

  test('read-only flags set while filling are a change, the values alone are not', async () => {
    const [, , certified = '', filled = ''] = signed.stages;
    expect((await checkFile(filled, [root])).verdict).toBe('valid');
    const frozen = await changeField(certified, 'cv.number', ({ dict }) =>
      withEntries(dict, { V: pdfText('35'), Ff: 1 }),
    );
    expect((await checkFile(frozen, [root])).verdict).toBe('invalid');
  });

  test('a page added by an incremental update of another program', async () => {
    const copy = newPath();
    const pdf = await PDFDocument.load(readFileSync(signed.final), { forIncrementalUpdate: true });
    pdf.registerFontkit(fontkit);
    pdf.addPage([300, 300]);
    writeFileSync(copy, await pdf.save());
    const { verdict, signatures } = await checkFile(copy, [root]);
    expect(verdict).toBe('invalid');
    expect(signatures[0]?.changesAfter).toBe('disallowed');
  });

  test('text drawn over a page by an object that replaces its content', async () => {
    const copy = newPath();
    await transformFile(signed.final, copy, async (source, sink) => {
      const document = await PdfDocument.open(source, nodeCrypto);
      const pages = await document.dict((await document.catalog()).get('Pages'));
      const [page] = (await document.array(pages?.get('Kids'))) ?? [];
      const dict = await document.dict(page);
      if (!isDict(dict ?? undefined) || !page || typeof page !== 'object' || !('num' in page))
        throw new Error('page');
      const update = new IncrementalUpdate(document);
      update.set(page, withEntries(dict ?? new Map(), { Contents: [] }));
      await sink.write(await source.read(0, source.size));
      await sink.write((await update.build()).bytes);
    });
    const { verdict, signatures } = await checkFile(copy, [root]);
    expect(verdict).toBe('invalid');
    expect(signatures[0]?.changes.map(({ what }) => what)).toContain('page /Contents changed');
  });

  test('a file rewritten by another program', async () => {
    const copy = newPath();
    execFileSync('qpdf', [signed.final, copy]);
    expect((await checkFile(copy, [root])).verdict).toBe('invalid');
  });

  test('a signed file that is cut off or damaged is never called unsigned', async () => {
    const original = readFileSync(signed.final);
    for (const length of [original.length - 100, original.length - 30_000, 40_000]) {
      const copy = newPath();
      writeFileSync(copy, original.subarray(0, length));
      expect((await checkFile(copy, [root])).verdict, String(length)).not.toBe('unsigned');
    }
    const hidden = newPath();
    writeFileSync(hidden, original.toString('latin1').replaceAll('/AcroForm', '/AcroFork'), 'latin1');
    expect(await checkFile(hidden, [root])).toMatchObject({
      verdict: 'invalid',
      problems: ['SIGNATURE_NOT_REACHABLE'],
    });
  });
});

describe('the verdict has three values', () => {
  test('no chosen anchor: indeterminate', async () => {
    const { verdict, signatures } = await checkFile(signed.final, []);
    expect(verdict).toBe('indeterminate');
    expect(signatures[0]).toMatchObject({
      integrity: 'ok',
      path: { status: 'untrusted', code: 'NO_PATH_TO_ANCHOR' },
    });
  });

  test('certificate status unknown: not enough information, whatever else is right', async () => {
    const { verdict, signatures } = await checkFile(signed.final, [root], { crls: [] });
    expect(verdict).toBe('indeterminate');
    expect(signatures[0]).toMatchObject({ integrity: 'ok', problems: ['REVOCATION_UNKNOWN'] });
    expect((await checkFile(signed.final, [root])).verdict).toBe('valid');
  });

  test('certificate expired since, signing time not proven: indeterminate', async () => {
    const { verdict, signatures } = await checkFile(signed.final, [root], {
      now: signingTime + 4 * 366 * 864e5,
    });
    expect(verdict).toBe('indeterminate');
    expect(signatures[0]?.problems).toContain('CERT_EXPIRED');
  });

  test('a signer that only calls itself trusted: indeterminate with another root of the same name', async () => {
    const other = await makePki(join(dir, 'other-pki'));
    const { verdict, signatures } = await checkFile(signed.final, [derOfPem(other.root)]);
    expect(verdict).toBe('indeterminate');
    expect(signatures[0]?.path?.code).toBe('NO_PATH_TO_ANCHOR');
  });

  test('an unsigned draft: unsigned', async () => {
    expect(await checkFile(signed.stages[1] ?? '', [root])).toMatchObject({
      verdict: 'unsigned',
      signatures: [],
      problems: [],
    });
  });
});
