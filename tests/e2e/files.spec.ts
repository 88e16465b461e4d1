import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { writeBigPdf } from '../driver/big-pdf';
import { openIntake, takeIn } from '../driver/incoming-acts';
import { Province } from '../driver/province';
import { Workstation } from '../driver/workstation';
import { paperFolder, sha256 } from './papers';
import { digestInPage } from './vault-page';

const clerk = 'Lê Thị Thu Hằng';
/** Large enough to be counted in megabytes. */
const megabytes = 8;

let folder: string;
let scan: string;
let digest: string;
let province: Province;
let first: Workstation;
let second: Workstation;

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = paperFolder();
  scan = path.join(folder, 'ban quet lon.pdf');
  writeBigPdf(scan, megabytes);
  digest = sha256(readFileSync(scan));
  province = await Province.start();
  first = await Workstation.open(province, 'huyen', 'MAY-MOT');
  await first.signIn(clerk);
});

test.afterAll(async () => {
  await first?.close();
  await second?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

const inVault = ({ profile }: Workstation): string =>
  path.join(profile, 'vault', 'blobs', digest.slice(0, 2), digest.slice(2, 4), digest);

test('a file that one machine takes in is on the other, byte for byte', async () => {
  await takeIn(first, [scan]);
  second = await Workstation.open(province, 'huyen', 'MAY-HAI');
  await second.signIn(clerk);
  await expect.poll(() => existsSync(inVault(second)), { timeout: 60_000 }).toBe(true);
  expect(await digestInPage(second, digest)).toBe(digest);
});

test('Giải phóng dung lượng says how much, removes what the server has, and an opened file comes again', async () => {
  const { page } = second;
  await second.goTo('Đồng bộ');
  await page.getByRole('tab', { name: /^Tệp/ }).click();
  const files = page.getByRole('region', { name: 'Tệp trên máy này' });
  await files.getByRole('button', { name: 'Tính dung lượng có thể giải phóng' }).click();
  await expect(files.getByRole('status')).toContainText(/Có thể giải phóng [\d,]+ MB của \d+ tệp/);
  expect(existsSync(inVault(second))).toBe(true);
  await files.getByRole('button', { name: 'Giải phóng dung lượng' }).click();
  await expect(files.getByRole('status')).toContainText('Đã giải phóng');
  expect(existsSync(inVault(second))).toBe(false);
  await second.settle();
  expect(existsSync(inVault(second)), 'it does not come by itself').toBe(false);
  await openIntake(second, scan);
  await expect.poll(() => existsSync(inVault(second)), { timeout: 60_000 }).toBe(true);
  await expect(page.getByText('Tệp này chưa có trên máy.')).toBeHidden();
});

test('the machine that sent a file keeps it: a server restored to yesterday must get it again', async () => {
  const { page } = first;
  await first.goTo('Đồng bộ');
  await page.getByRole('tab', { name: /^Tệp/ }).click();
  const files = page.getByRole('region', { name: 'Tệp trên máy này' });
  await files.getByRole('button', { name: 'Tính dung lượng có thể giải phóng' }).click();
  await expect(files.getByRole('status')).toContainText('Có thể giải phóng');
  await files.getByRole('button', { name: 'Giải phóng dung lượng' }).click();
  await expect(files.getByRole('status')).toContainText('Đã giải phóng');
  expect(existsSync(inVault(first))).toBe(true);
});
