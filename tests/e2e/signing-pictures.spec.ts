import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { answeringSaveDialog } from '../driver/book-acts';
import { type Box, inkBox, isBlue, isRed } from '../driver/ink';
import { draftAndSubmit, giveNumber, issue, openOutgoing, seal, sign } from '../driver/outgoing-acts';
import { paintPng, sealPicture, signaturePicture } from '../driver/pictures';
import { Province } from '../driver/province';
import { importKey, importPicture } from '../driver/signing-acts';
import { Workstation } from '../driver/workstation';
import { openDecision, paperFolder, writePaper } from './papers';
import { pdfsig, trustStore } from './signature-tools';

const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';
const subject = 'Quyết định mang hình chữ ký và hình con dấu';
const sealDiameter = (36 * 72) / 25.4;

let folder: string;
let province: Province;
let district: Workstation;

test.describe.configure({ mode: 'serial', timeout: 150_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  district = await Workstation.open(province, 'huyen', 'KY-SO');
});

test.afterAll(async () => {
  await district?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('the clerk imports the seal: no other file than PNG, a warning when its ground is not clear, true size on the screen', async () => {
  await district.signIn(clerk);
  const jpeg = writePaper(folder, 'con dau.png', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]));
  const card = await importPicture(district, jpeg, 'organ');
  await expect(card.getByRole('alert')).toContainText('không phải hình PNG');
  await expect(card.getByRole('img')).toHaveCount(0);

  const opaque = paintPng(40, 40, () => [215, 20, 20, 255]);
  await importPicture(district, writePaper(folder, 'nen trang.png', opaque), 'organ');
  await expect(card.getByText('Nền hình không trong suốt')).toBeVisible();
  await card.getByRole('button', { name: 'Xóa hình con dấu' }).click();
  await expect(card.getByText('Chưa có hình', { exact: true })).toBeVisible();

  await importPicture(district, writePaper(folder, 'dau.png', sealPicture()), 'organ');
  await expect(card.getByText('Nền hình không trong suốt')).toHaveCount(0);
  const shown = await card.getByRole('img').boundingBox();
  expect(shown?.width).toBeCloseTo((36 * 96) / 25.4, 0);
  expect(shown?.height).toBeCloseTo((36 * 96) / 25.4, 0);
});

test('a picture belongs to whoever is signed in, and only the clerk changes the seal', async () => {
  const mine = await importPicture(district, writePaper(folder, 'ky.png', signaturePicture()), 'person');
  await expect(mine.getByRole('img')).toBeVisible();
  await district.changeTo(leader);
  await district.goTo('Chữ ký của tôi');
  const own = district.page.getByRole('region', { name: 'Hình chữ ký', exact: true });
  await expect(own.getByText('Chưa có hình', { exact: true })).toBeVisible();
  const unitSeal = district.page.getByRole('region', { name: 'Hình con dấu', exact: true });
  await expect(unitSeal.getByRole('img')).toBeVisible();
  await expect(unitSeal.getByRole('button')).toHaveCount(0);
});

test('the issued document shows both: blue above the name, the red seal of 36 mm over its left third', async () => {
  await district.changeTo(clerk);
  await importKey(district, province, 'huyen', 'organ');
  await draftAndSubmit(district, {
    type: 'Quyết định',
    subject,
    signer: leader,
    receivers: ['May Phương Nam'],
    body: await openDecision(folder, 'quyet dinh.pdf'),
  });
  await district.changeTo(leader);
  await importKey(district, province, 'huyen-ct', 'person');
  await importPicture(district, path.join(folder, 'ky.png'), 'person');
  await openOutgoing(district, subject);
  await sign(district);
  await district.changeTo(clerk);
  await openOutgoing(district, subject);
  await giveNumber(district);
  await seal(district);
  await issue(district);

  const copy = path.join(folder, 'issued.pdf');
  await answeringSaveDialog(district, copy, async () => {
    await district.page.getByRole('button', { name: /^Lưu bản sao: / }).click();
    await expect.poll(() => existsSync(copy) && ink(copy).red !== null, { timeout: 30_000 }).toBe(true);
  });
  const { blue, red } = ink(copy);
  if (blue === null || red === null) throw new Error('both pictures expected');
  expect(Math.abs(red.right - red.left - sealDiameter)).toBeLessThan(1);
  expect(Math.abs(red.top - red.bottom - sealDiameter)).toBeLessThan(1);
  const covered = (red.right - blue.left) / (blue.right - blue.left);
  expect(covered).toBeGreaterThan(0.3);
  expect(covered).toBeLessThan(0.37);
  // The drawn name would be a line of letters: only the picture has these proportions.
  expect(Math.abs((blue.right - blue.left) / (blue.top - blue.bottom) - 480 / 157)).toBeLessThan(0.1);

  const verdicts = pdfsig(copy, trustStore(province.folder, path.join(province.certificates(), 'root.pem')));
  expect(verdicts.map(({ signature }) => signature)).toEqual(['Signature is Valid.', 'Signature is Valid.']);
});

/** The pictures on the page that has them. */
function ink(file: string): { readonly blue: Box | null; readonly red: Box | null } {
  for (const page of [1, 2, 3]) {
    const blue = inkBox(file, isBlue, { page, dpi: 144 });
    const red = inkBox(file, isRed, { page, dpi: 144 });
    if (blue !== null || red !== null) return { blue, red };
  }
  return { blue: null, red: null };
}
