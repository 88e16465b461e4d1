import path from 'node:path';
import { prepareForSigning } from '@shared/signing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transformFile } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { extractText, fonts, makeDraft, makeWorkDir, qpdfCheck, removeWorkDir } from './fixtures';

let dir = '';
beforeAll(() => {
  dir = makeWorkDir();
});
afterAll(() => removeWorkDir(dir));

const room = { page: 0, x: 350, y: 200, w: 130, h: 65 };
const signingPage = {
  symbol: '/KH-LĐLĐ',
  title: ['CHỦ TỊCH'],
  name: 'Người Chỉ Có Ở Trang Ký',
  placeName: 'Vĩnh Hòa',
};

async function prepare(
  name: string,
  places: { readonly number: boolean; readonly signature: boolean },
): Promise<string> {
  const draft = await makeDraft(path.join(dir, `${name}.pdf`));
  const prepared = path.join(dir, `${name}-prepared.pdf`);
  await transformFile(draft, prepared, (source, sink) =>
    prepareForSigning(source, sink, {
      crypto: nodeCrypto,
      fonts,
      numberField: places.number ? { page: 0, x: 100, y: 700, w: 40, h: 16 } : null,
      dateField: places.number ? { page: 0, x: 300, y: 700, w: 130, h: 16 } : null,
      personSignature: places.signature ? room : null,
      organSignature: null,
      sealDiameter: 36,
      signingPage,
    }),
  );
  expect(qpdfCheck(prepared)).toBe(0);
  return extractText(prepared).replace(/\s+/g, ' ');
}

test('trang ký chỉ có phần mà văn bản thiếu: số và ngày', async () => {
  const text = await prepare('number-missing', { number: false, signature: true });
  expect(text).toContain('TRANG KÝ');
  expect(text).toContain('/KH-LĐLĐ');
  expect(text).not.toContain(signingPage.name);
});

test('trang ký chỉ có phần mà văn bản thiếu: chỗ ký', async () => {
  const text = await prepare('signature-missing', { number: true, signature: false });
  expect(text).toContain(signingPage.name);
  expect(text).not.toContain('Vĩnh Hòa, ngày');
});

test('không thêm trang khi văn bản đủ chỗ; con dấu theo chữ ký cá nhân', async () => {
  const text = await prepare('nothing-missing', { number: true, signature: true });
  expect(text).not.toContain('TRANG KÝ');
});
