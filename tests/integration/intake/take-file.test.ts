import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIntake, type Intake } from '../../../electron/intake/take-file';
import { openVault, type Vault } from '../../../electron/vault/vault';
import { inspect } from '../../../electron/workers/documents/jobs/inspect';
import { compoundOf, docx, jpegOf, mp4Of, pdfOf, pngOf, tiffOf, xlsx, zipOf } from './samples';

let dir: string;
let vault: Vault;
let intake: Intake;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cong-van-intake-'));
  vault = await openVault({ dir: join(dir, 'vault'), masterKey: randomBytes(32) });
  const context = { signal: new AbortController().signal, progress: () => undefined };
  // The real job in this process; document-worker.test.ts runs it in one of its own.
  intake = createIntake({ vault, inspect: (input) => inspect(input, context) });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function take(name: string, bytes: Buffer) {
  const path = join(dir, name);
  await writeFile(path, bytes);
  const { existed: _, ...taken } = await intake.takeFile(path);
  expect(taken.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(taken.size).toBe(bytes.length);
  const file = await vault.open(taken.sha256);
  expect((await file.read(0, file.size)).equals(bytes)).toBe(true);
  await file.close();
  return taken;
}

describe('good files', () => {
  it('PDF with its pages; the name is composed Unicode', async () => {
    const taken = await take('Công văn số 5.pdf'.normalize('NFD'), await pdfOf(4));
    expect(taken).toMatchObject({
      kind: 'pdf',
      mime: 'application/pdf',
      pages: 4,
      name: 'Công văn số 5.pdf'.normalize('NFC'),
    });
    expect(taken.problem).toBeUndefined();
  });

  it('a PDF that only restricts printing opens without a password', async () => {
    expect(await take('hạn chế in.pdf', await pdfOf(2, ''))).toMatchObject({ pages: 2 });
  });

  it('a PDF with bytes before its header and zeros after its end', async () => {
    const bytes = Buffer.concat([await pdfOf(1), Buffer.alloc(3000)]);
    expect(await take('máy quét.pdf', bytes)).toMatchObject({ kind: 'pdf', pages: 1 });
  });

  it('DOCX, XLSX, MP4, and pictures with their size', async () => {
    expect(await take('dự thảo.docx', docx())).toMatchObject({ kind: 'docx' });
    expect(await take('dự toán.xlsx', xlsx())).toMatchObject({ kind: 'xlsx' });
    expect(await take('hội nghị.mp4', mp4Of(100_000))).toMatchObject({ kind: 'mp4', mime: 'video/mp4' });
    expect(await take('ảnh.png', pngOf(30, 20))).toMatchObject({ kind: 'png', width: 30, height: 20 });
    expect(await take('ảnh.JPG', jpegOf(640, 480))).toMatchObject({ kind: 'jpeg', width: 640, height: 480 });
    expect(await take('quét.tif', tiffOf(2480, 3508, 3))).toMatchObject({
      kind: 'tiff',
      width: 2480,
      pages: 3,
    });
  });

  it('the same bytes again are reported as known', async () => {
    const path = join(dir, 'bản sao.pdf');
    await writeFile(path, await pdfOf(9));
    expect((await intake.takeFile(path)).existed).toBe(false);
    expect((await intake.takeFile(path)).existed).toBe(true);
  });
});

describe('bad files are kept and named', () => {
  it('empty', async () => {
    expect(await take('trống.pdf', Buffer.alloc(0))).toMatchObject({ kind: 'pdf', problem: 'FILE_EMPTY' });
  });

  it.each([
    ['pdf', async () => (await pdfOf(3)).subarray(0, 600)],
    [
      'pdf',
      async () =>
        Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(5000), Buffer.from('\nstartxref\n9\n%%EOF')]),
    ],
    ['pdf', async () => randomBytes(5000)],
    ['docx', async () => docx().subarray(0, -30)],
    ['xlsx', async () => xlsx().subarray(0, 200)],
    ['png', async () => pngOf(50, 50).subarray(0, -12)],
    ['jpg', async () => jpegOf(10, 10).subarray(0, 1500)],
    ['tif', async () => tiffOf(10, 10, 3).subarray(0, 50)],
    ['mp4', async () => mp4Of(5000).subarray(0, 3000)],
    ['mp4', async () => mp4Of(5000).subarray(0, 32 + 5008)],
  ])('broken %s', async (extension, bytes) => {
    expect((await take(`hỏng.${extension}`, await bytes())).problem).toBe('FILE_BROKEN');
  });

  it('a DOCX with one changed byte inside its text', async () => {
    const bytes = docx();
    const at = bytes.indexOf('word/document.xml') + 'word/document.xml'.length + 5;
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    expect((await take('đổi một byte.docx', bytes)).problem).toBe('FILE_BROKEN');
  });

  it('a part that unpacks to more than it says is not unpacked to its end', async () => {
    const bytes = zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': ' '.repeat(50_000_000) });
    const at = bytes.lastIndexOf('PK\x01\x02');
    bytes.writeUInt32LE(1000, at + 24);
    expect((await take('bom.docx', bytes)).problem).toBe('FILE_BROKEN');
  });

  it('password needed: PDF and office files', async () => {
    expect((await take('mật khẩu.pdf', await pdfOf(2, 'bí mật'))).problem).toBe('FILE_ENCRYPTED');
    const streams = [
      '\u0006DataSpaces',
      'Version',
      'DataSpaceMap',
      'TransformInfo',
      'EncryptionInfo',
      'EncryptedPackage',
    ];
    expect(await take('lương.xlsx', compoundOf(streams))).toMatchObject({
      kind: 'xlsx',
      problem: 'FILE_ENCRYPTED',
    });
  });

  it('the name promises something else', async () => {
    expect(await take('ảnh.pdf', jpegOf(8, 8))).toMatchObject({
      kind: 'jpeg',
      problem: 'FILE_TYPE_MISMATCH',
      width: 8,
    });
    expect(await take('trang.pdf', Buffer.from('<!DOCTYPE html><script>1</script>'))).toMatchObject({
      kind: 'other',
      mime: 'application/octet-stream',
      problem: 'FILE_TYPE_MISMATCH',
    });
    expect(await take('cũ.docx', compoundOf(['WordDocument']))).toMatchObject({
      problem: 'FILE_TYPE_MISMATCH',
    });
    expect(await take('thật ra là.exe', await pdfOf(1))).toMatchObject({
      kind: 'pdf',
      problem: 'FILE_TYPE_MISMATCH',
    });
  });

  it('types the office does not work with', async () => {
    expect(await take('cũ.doc', compoundOf(['WordDocument']))).toMatchObject({
      kind: 'other',
      problem: 'FILE_TYPE_UNSUPPORTED',
    });
    expect(await take('ghi chú.txt', Buffer.from('xin chào'))).toMatchObject({
      problem: 'FILE_TYPE_UNSUPPORTED',
    });
    expect(await take('nén.zip', zipOf({ 'a.txt': 'a' }))).toMatchObject({
      problem: 'FILE_TYPE_UNSUPPORTED',
    });
  });

  it('a worker that dies or gives up over a file: taken all the same', async () => {
    const { AppError } = await import('@shared/result/result');
    for (const code of ['TIMEOUT', 'WORKER_CRASHED'] as const) {
      const fragile = createIntake({ vault, inspect: () => Promise.reject(new AppError(code)) });
      const path = join(dir, 'khó đọc.pdf');
      await writeFile(path, await pdfOf(1));
      expect(await fragile.takeFile(path)).toMatchObject({ kind: 'pdf', problem: code });
    }
  });
});

describe('what cannot be taken', () => {
  it('missing files and folders', async () => {
    await expect(intake.takeFile(join(dir, 'không có.pdf'))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
    await expect(intake.takeFile(dir)).rejects.toMatchObject({ code: 'IO' });
  });

  it('a file that somebody writes to meanwhile', async () => {
    const path = join(dir, 'đang ghi.pdf');
    await writeFile(path, randomBytes(4 * 1024 * 1024));
    let grown = false;
    const onProgress = () => {
      if (!grown) void appendFile(path, 'more');
      grown = true;
    };
    await expect(intake.takeFile(path, { onProgress })).rejects.toMatchObject({
      code: 'IO',
      detail: 'changed while read',
    });
  });
});
