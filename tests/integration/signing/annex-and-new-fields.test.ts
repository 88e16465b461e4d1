import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileSource, transformFile } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  fieldNames,
  inspectPdf,
  placeAnnexText,
  signPdf,
  vietnamIsoTime,
} from '../../../shared/signing/index';
import {
  checkFile,
  derOfPem,
  extractText,
  fonts,
  makeDraft,
  makeNssDatabase,
  makePki,
  makeWorkDir,
  pdfsig,
  qpdfCheck,
  removeWorkDir,
  signByTheOrderOfTheLaw,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';

let dir: string;
let pki: TestPki;

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
});

afterAll(() => removeWorkDir(dir));

test('Phụ lục I: văn bản kèm theo chỉ có số, ký hiệu và thời gian ký ISO 8601 ở góc trên bên phải trang 1', async () => {
  const draft = await makeDraft(join(dir, 'annex.pdf'));
  const output = join(dir, 'annex.signed.pdf');
  await transformFile(draft, output, async (source, sink) => {
    const [page] = (await inspectPdf(source, nodeCrypto)).pages;
    if (!page) throw new Error('page expected');
    return signPdf(source, sink, {
      crypto: nodeCrypto,
      fonts,
      signer: signerOf(pki, 'ldld-huyen'),
      field: fieldNames.organ,
      placement: placeAnnexText(page),
      appearance: { kind: 'annex-text', numberAndSymbol: '35/KH-LĐLĐ' },
      time: signingTime,
    });
  });
  const [firstLine = '', secondLine = ''] = extractText(output)
    .split('\n')
    .filter((line) => line.trim() !== '');
  expect(firstLine.trim()).toBe('35/KH-LĐLĐ');
  expect(secondLine.trim()).toBe(vietnamIsoTime(signingTime));
  expect(secondLine).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
  expect(qpdfCheck(output)).toBe(0);
  expect((await checkFile(output, [derOfPem(pki.root)])).verdict).toBe('valid');
});

test('người không có ảnh chữ ký: họ tên in nghiêng; 5 người ký lần lượt trên cùng một văn bản', async () => {
  const nss = makeNssDatabase(dir, pki.root);
  let current = await makeDraft(join(dir, 'minutes.pdf'), { objectStreams: true });
  for (let i = 1; i <= 5; i++) {
    const next = join(dir, `minutes.${i}.pdf`);
    await transformFile(current, next, (source, sink) =>
      signPdf(source, sink, {
        crypto: nodeCrypto,
        fonts,
        signer: signerOf(pki, i % 2 === 0 ? 'pham-ky-ec' : 'nguyen-thi-thuy-duong'),
        field: `NguoiKy${i}`,
        placement: { page: 0, x: 210, y: 90 * i, w: 120, h: 50 },
        appearance: { kind: 'drawn-name', name: 'Nguyễn Thị Thuỳ Dương' },
        time: signingTime,
        hash: i % 2 === 0 ? 'sha384' : 'sha512',
      }),
    );
    current = next;
  }
  expect(pdfsig(current, nss).match(/Signature is Valid/g)).toHaveLength(5);
  const { verdict, signatures } = await checkFile(current, [derOfPem(pki.root)]);
  expect(verdict).toBe('valid');
  expect(signatures.map(({ changesAfter }) => changesAfter)).toEqual([
    ...Array(4).fill('signatures'),
    'none',
  ]);
  expect(signatures[0]?.changes.filter(({ rect }) => rect !== undefined)).toHaveLength(4);
  expect(extractText(current).match(/Nguyễn Thị Thuỳ Dương/g)).toHaveLength(6);
});

test('a further signature is added to the group of the fields of a prepared document', async () => {
  const draft = await makeDraft(join(dir, 'group.pdf'));
  const people = ['nguyen-thi-thuy-duong', 'ldld-huyen'] as const;
  const { final } = await signByTheOrderOfTheLaw(draft, signerOf(pki, people[0]), signerOf(pki, people[1]));
  const output = join(dir, 'group.more.pdf');
  await transformFile(final, output, (source, sink) =>
    signPdf(source, sink, {
      crypto: nodeCrypto,
      fonts,
      signer: signerOf(pki, 'cdcs'),
      field: 'cv.received',
      placement: { page: 0, x: 40, y: 40, w: 80, h: 80 },
      appearance: { kind: 'drawn-seal', organisation: 'Công đoàn cơ sở thử nghiệm', superior: null },
      time: signingTime,
    }),
  );
  const { verdict, signatures } = await checkFile(output, [derOfPem(pki.root)]);
  expect(verdict).toBe('valid');
  expect(signatures.map(({ field }) => field)).toEqual(['cv.person', 'cv.organ', 'cv.received']);
  expect(qpdfCheck(output)).toBe(0);
});

test('inspectPdf tells pages as displayed, signatures, certification and kind of cross-reference', async () => {
  const draft = await makeDraft(join(dir, 'inspect.pdf'), { rotate: 90, objectStreams: true });
  const source = await openFileSource(draft);
  try {
    expect(await inspectPdf(source, nodeCrypto)).toEqual({
      encrypted: false,
      permissions: null,
      pages: [{ w: 595.28, h: 841.89, rotate: 90 }],
      signatures: 0,
      emptySignatureFields: [],
      emptyFields: [],
      certified: null,
      xref: 'stream',
    });
  } finally {
    await source.close();
  }
});
