import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memorySource } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { PdfDocument } from '../../../shared/signing/pdf/pdf-document';
import { readFieldLocks, readSignatureFields } from '../../../shared/signing/pdf/pdf-fields';
import {
  checkFile,
  derOfPem,
  makeDraft,
  makePki,
  makeWorkDir,
  pdfsigReport,
  qpdfCheck,
  removeWorkDir,
  signerOf,
  type TestPki,
} from './fixtures';
import { mutoolVerify } from './independent-tools';
import { writeRawPdf } from './raw-pdf';
import { signFile } from './sign-file';

let dir: string;
let pki: TestPki;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
});

afterAll(() => removeWorkDir(dir));

const rect = '[100 100 250 160]';
const pages = '<</Type/Pages/Kids[3 0 R]/Count 1>>';
const page = (annots: string): string => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]${annots}>>`;
const widget = `/Type/Annot/Subtype/Widget/F 4/Rect${rect}`;
const merged = `<<${widget}/FT/Sig/T(Chu)/P 3 0 R>>`;
const catalog = (rest: string): string => `<</Type/Catalog/Pages 2 0 R${rest}>>`;
const form = '/AcroForm<</Fields[4 0 R]>>';

type Structure = { readonly objects: readonly string[]; readonly field: string };

/** Each with an empty signature field at the same rectangle. */
const structures: Readonly<Record<string, Structure>> = {
  'form inside the catalog, field merged with its widget': {
    objects: [catalog(form), pages, page('/Annots[4 0 R]'), merged],
    field: 'Chu',
  },
  'form as an object': {
    objects: [
      catalog('/AcroForm 5 0 R'),
      pages,
      page('/Annots[4 0 R]'),
      merged,
      '<</Fields[4 0 R]/SigFlags 1>>',
    ],
    field: 'Chu',
  },
  'fields and annotations as arrays of their own': {
    objects: [
      catalog('/AcroForm 5 0 R'),
      pages,
      page('/Annots 7 0 R'),
      merged,
      '<</Fields 6 0 R/SigFlags 3>>',
      '[4 0 R]',
      '[4 0 R]',
    ],
    field: 'Chu',
  },
  'hierarchical name': {
    objects: [
      catalog('/AcroForm<</Fields[5 0 R]>>'),
      pages,
      page('/Annots[4 0 R]'),
      `<<${widget}/T(Chu)/P 3 0 R/Parent 6 0 R>>`,
      '<</T(don)/Kids[6 0 R]>>',
      '<</T(ky)/FT/Sig/Parent 5 0 R/Kids[4 0 R]>>',
    ],
    field: 'don.ky.Chu',
  },
  'widget apart from its field': {
    objects: [
      catalog(form),
      pages,
      page('/Annots[5 0 R]'),
      '<</FT/Sig/T(Chu)/Kids[5 0 R]>>',
      `<<${widget}/Parent 4 0 R/P 3 0 R>>`,
    ],
    field: 'Chu',
  },
  'widget that does not name its page': {
    objects: [catalog(form), pages, page('/Annots[4 0 R]'), `<<${widget}/FT/Sig/T(Chu)>>`],
    field: 'Chu',
  },
  'explicit null as the value': {
    objects: [catalog(form), pages, page('/Annots[4 0 R]'), `<<${widget}/FT/Sig/T(Chu)/V null/P 3 0 R>>`],
    field: 'Chu',
  },
  'name in UTF-16': {
    objects: [catalog(form), pages, page('/Annots[4 0 R]'), `<<${widget}/FT/Sig/T<FEFF004B00FD>/P 3 0 R>>`],
    field: 'Ký',
  },
};

const appearance = { kind: 'drawn-name', name: 'Nguyễn Thị Thuỳ Dương' } as const;

async function openResult(path: string): Promise<PdfDocument> {
  return PdfDocument.open(memorySource(new Uint8Array(readFileSync(path))), nodeCrypto);
}

function expectWhole(input: string, output: string): void {
  const before = readFileSync(input);
  expect(readFileSync(output).subarray(0, before.length).equals(before)).toBe(true);
  expect(qpdfCheck(output) ?? 9).toBeLessThanOrEqual(qpdfCheck(input) ?? 0);
  expect(pdfsigReport(output)).toMatch(
    /Total document signed\n {2}- Signature Validation: Signature is Valid/,
  );
  expect(mutoolVerify(output)).toContain('unchanged since signing');
}

describe('an empty signature field is signed in place, and its rectangle stays', () => {
  test.each(Object.entries(structures))('%s', async (name, { objects, field }) => {
    const input = writeRawPdf(join(dir, `${name.replaceAll(/\W/g, '-')}.pdf`), { objects });
    const output = input.replace('.pdf', '.signed.pdf');
    const signed = await signFile(input, output, { signer: signerOf(pki, 'cdcs'), field, appearance });
    expect(signed.field).toBe(field);
    expectWhole(input, output);
    const document = await openResult(output);
    const fields = await readSignatureFields(document);
    expect(fields.map((found) => found.name)).toEqual([field]);
    const [place] = fields[0]?.widgets ?? [];
    const shown = await document.dict(place);
    expect(await document.rectangle(shown?.get('Rect'))).toEqual([100, 100, 250, 160]);
    expect(shown?.has('AP')).toBe(true);
    expect((await document.dict((await document.catalog()).get('AcroForm')))?.get('SigFlags')).toBe(3);
    expect(execFileSync('pdftotext', [output, '-'], { encoding: 'utf8' }).trim()).toBe(appearance.name);
    const { signatures } = await checkFile(output, [derOfPem(pki.root)]);
    expect(signatures[0]).toMatchObject({ field, integrity: 'ok', changesAfter: 'none' });
  });

  test('a name that another kind of field has → FIELD_NOT_FOUND', async () => {
    const objects = [catalog(form), pages, page('/Annots[4 0 R]'), `<<${widget}/FT/Tx/T(Chu)>>`];
    const input = writeRawPdf(join(dir, 'text-field.pdf'), { objects });
    const answer = signFile(input, join(dir, 'none.pdf'), { signer: signerOf(pki, 'cdcs'), field: 'Chu' });
    await expect(answer).rejects.toMatchObject({ code: 'FIELD_NOT_FOUND' });
  });
});

describe('a new field is added to whatever the document has', () => {
  const cases: Readonly<Record<string, Parameters<typeof writeRawPdf>[1]>> = {
    'page without annotations': { objects: [catalog(''), pages, page('')] },
    'no end-of-line after %%EOF': { objects: [catalog(''), pages, page('')], finalEol: false },
    'lines that end with CR': { objects: [catalog(''), pages, page('')], eol: '\r' },
    'lines that end with CR LF': { objects: [catalog(''), pages, page('')], eol: '\r\n' },
    'a page that stands twice in the tree': {
      objects: [catalog(''), '<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>', page('')],
    },
  };

  test.each(Object.entries(cases))('%s', async (name, raw) => {
    const input = writeRawPdf(join(dir, `new-${name.replaceAll(/\W/g, '-')}.pdf`), raw);
    const output = input.replace('.pdf', '.signed.pdf');
    const place = { page: 0, x: 100, y: 100, w: 150, h: 60 };
    await signFile(input, output, {
      signer: signerOf(pki, 'cdcs'),
      placement: place,
      appearance,
      certify: 2,
    });
    expectWhole(input, output);
  });

  test('a missing end-of-line is added, so that the update does not continue the last comment', async () => {
    const input = writeRawPdf(join(dir, 'eol.pdf'), {
      objects: [catalog(''), pages, page('')],
      finalEol: false,
    });
    const output = join(dir, 'eol.signed.pdf');
    await signFile(input, output, { signer: signerOf(pki, 'cdcs') });
    expect(readFileSync(output).toString('latin1')).toMatch(/%%EOF\n\d+ 0 obj/);
  });

  test('permissions that stand in an object of their own are kept beside the certification', async () => {
    const objects = [catalog('/Perms 4 0 R'), pages, page(''), '<</UR3 5 0 R>>', '<</Type/Sig>>'];
    const input = writeRawPdf(join(dir, 'permissions.pdf'), { objects });
    const output = join(dir, 'permissions.signed.pdf');
    await signFile(input, output, { signer: signerOf(pki, 'cdcs'), certify: 2 });
    expectWhole(input, output);
    const document = await openResult(output);
    const permissions = await document.dict((await document.catalog()).get('Perms'));
    expect([...(permissions?.keys() ?? [])]).toEqual(['UR3', 'DocMDP']);
  });

  test('annotations that two pages share: the signature is shown on its own page only', async () => {
    const objects = [
      catalog(''),
      '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>',
      page('/Annots 5 0 R'),
      page('/Annots 5 0 R'),
      '[]',
    ];
    const input = writeRawPdf(join(dir, 'shared-annots.pdf'), { objects });
    const output = join(dir, 'shared-annots.signed.pdf');
    const place = { page: 1, x: 100, y: 100, w: 150, h: 60 };
    await signFile(input, output, { signer: signerOf(pki, 'cdcs'), placement: place, appearance });
    expectWhole(input, output);
    const text = (n: string): string =>
      execFileSync('pdftotext', ['-f', n, '-l', n, output, '-'], { encoding: 'utf8' }).trim();
    expect([text('1'), text('2')]).toEqual(['', appearance.name]);
  });

  test('names of new fields are free ones', async () => {
    const input = await makeDraft(join(dir, 'names.pdf'));
    const signer = signerOf(pki, 'cdcs');
    const first = await signFile(input, join(dir, 'names.1.pdf'), { signer });
    const second = await signFile(join(dir, 'names.1.pdf'), join(dir, 'names.2.pdf'), { signer });
    expect([first.field, second.field]).toEqual(['Signature1', 'Signature2']);
  });

  test('bytes before the header → refused: every offset would be another one', async () => {
    const objects = [catalog(''), pages, page('')];
    const input = writeRawPdf(join(dir, 'offset.pdf'), { objects, header: 'HTTP/1.1 200 OK\n' });
    const answer = signFile(input, join(dir, 'none.pdf'), { signer: signerOf(pki, 'cdcs') });
    await expect(answer).rejects.toMatchObject({ code: expect.stringMatching(/^PDF_/) });
  });
});

describe('ISO 32000-1, 12.8.2: what a signature permits and locks', () => {
  test.each([1, 2, 3] as const)('certified with P=%i; a second certification is refused', async (level) => {
    const input = await makeDraft(join(dir, `certified-${level}.pdf`));
    const output = join(dir, `certified-${level}.signed.pdf`);
    const signer = signerOf(pki, 'cdcs');
    await signFile(input, output, { signer, certify: level });
    expectWhole(input, output);
    expect((await checkFile(output, [derOfPem(pki.root)])).signatures[0]?.docMdp).toBe(level);
    const again = signFile(output, join(dir, 'none.pdf'), { signer, certify: level });
    await expect(again).rejects.toMatchObject({
      code: level === 1 ? 'CERTIFIED_NO_CHANGES' : 'CERTIFY_NOT_FIRST',
    });
    const approval = signFile(output, join(dir, `certified-${level}.approved.pdf`), { signer });
    if (level === 1) await expect(approval).rejects.toMatchObject({ code: 'CERTIFIED_NO_CHANGES' });
    else expect((await approval).field).toBe('Signature2');
  });

  test.each([
    [{ action: 'All' } as const, [{ action: 'all-but', names: [] }]],
    [{ action: 'Include', fields: ['cv.number'] } as const, [{ action: 'include', names: ['cv.number'] }]],
    [{ action: 'Exclude', fields: ['Ghi chú'] } as const, [{ action: 'all-but', names: ['Ghi chú'] }]],
  ])('a new field with the lock %j', async (lock, expected) => {
    const input = await makeDraft(join(dir, `lock-${lock.action}.pdf`));
    const output = join(dir, `lock-${lock.action}.signed.pdf`);
    await signFile(input, output, { signer: signerOf(pki, 'cdcs'), lock });
    expectWhole(input, output);
    const document = await openResult(output);
    const [field] = await readSignatureFields(document);
    const signature = await document.dict(field?.value);
    expect(signature && (await readFieldLocks(document, signature))).toEqual(expected);
    expect((await document.dict(field?.dict.get('Lock')))?.get('Action')).toMatchObject({
      name: lock.action,
    });
  });

  test('an empty field that an earlier signature locks → PDF_FORBIDS_SIGNING', async () => {
    const [, , , field = ''] =
      structures['form inside the catalog, field merged with its widget']?.objects ?? [];
    const objects = [catalog(form), pages, page('/Annots[4 0 R]'), field];
    const input = writeRawPdf(join(dir, 'locked-field.pdf'), { objects });
    const output = join(dir, 'locked-field.signed.pdf');
    const signer = signerOf(pki, 'cdcs');
    await signFile(input, output, { signer, lock: { action: 'Include', fields: ['Chu'] } });
    const answer = signFile(output, join(dir, 'none.pdf'), { signer, field: 'Chu' });
    await expect(answer).rejects.toMatchObject({ code: 'PDF_FORBIDS_SIGNING' });
  });
});

test('reason, place, contact and name stand in the signature dictionary', async () => {
  const input = await makeDraft(join(dir, 'texts.pdf'));
  const output = join(dir, 'texts.signed.pdf');
  const texts = { reason: 'Ký ban hành', location: 'Krông Búk', contact: '0262 3', name: 'Đỗ Hữu Lộc' };
  await signFile(input, output, { signer: signerOf(pki, 'cdcs'), ...texts });
  const json = JSON.parse(
    execFileSync('qpdf', ['--json=1', output], { encoding: 'utf8', maxBuffer: 1 << 26 }),
  );
  const found = Object.values<Record<string, string>>(json.objects).find((value) => value?.['/ByteRange']);
  expect(found).toMatchObject({
    '/Reason': texts.reason,
    '/Location': texts.location,
    '/ContactInfo': texts.contact,
    '/Name': texts.name,
  });
});
