import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { writeBigPdf } from '../driver/big-pdf';
import { openIntake, takeIn } from '../driver/incoming-acts';
import { Province } from '../driver/province';
import { Workstation } from '../driver/workstation';
import { paperFolder, sha256 } from './papers';

const clerk = 'Lê Thị Thu Hằng';
/** Large enough to be met on its way. */
const megabytes = 60;

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

const uploads = (): string => path.join(province.folder, 'server', 'uploads');
const onServer = (): string =>
  path.join(province.folder, 'server', 'files', digest.slice(0, 2), digest.slice(2, 4), digest);
const inVault = ({ profile }: Workstation): string =>
  path.join(profile, 'vault', 'blobs', digest.slice(0, 2), digest.slice(2, 4), digest);
const partial = ({ profile }: Workstation): string => path.join(profile, 'vault', 'partial', digest);
const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);
/** Bytes of uploads that are on their way. */
const arriving = (): number =>
  readdirSync(uploads())
    .filter((name) => !name.endsWith('.json'))
    .reduce((sum, name) => sum + sizeOf(path.join(uploads(), name)), 0);

/** Waits until a transfer is under way, as its bytes on a disk show. */
async function underWay(bytes: () => number): Promise<void> {
  await expect.poll(bytes, { intervals: [10], timeout: 60_000 }).toBeGreaterThan(1_000_000);
}

test('SIGKILL while a file is sent: it goes on, and the server has it whole', async () => {
  await takeIn(first, [scan]);
  await underWay(arriving);
  await first.kill();
  expect(existsSync(onServer()), 'killed on its way').toBe(false);
  const before = arriving();
  expect(before).toBeGreaterThan(1_000_000);
  await first.reopen();
  await first.signIn(clerk);
  await expect.poll(() => existsSync(onServer()), { timeout: 60_000 }).toBe(true);
  expect(sha256(readFileSync(onServer()))).toBe(digest);
  expect(arriving(), 'nothing was begun anew').toBe(0);
});

test('SIGKILL while a file is fetched: it is not shown as present, goes on, and comes whole', async () => {
  second = await Workstation.open(province, 'huyen', 'MAY-HAI');
  await second.signIn(clerk);
  await underWay(() => sizeOf(partial(second)));
  await second.kill();
  expect(existsSync(inVault(second)), 'killed on its way').toBe(false);
  expect(sizeOf(partial(second))).toBeGreaterThan(1_000_000);
  await second.reopen();
  await second.signIn(clerk);
  await expect.poll(() => existsSync(inVault(second)), { timeout: 60_000 }).toBe(true);
  expect(existsSync(partial(second))).toBe(false);
});

test('Giải phóng dung lượng says how much, removes what the server has, and an opened file comes again', async () => {
  const { page } = second;
  await second.goTo('Đồng bộ');
  await page.getByRole('tab', { name: /^Tệp/ }).click();
  const files = page.getByRole('region', { name: 'Tệp trên máy này' });
  await files.getByRole('button', { name: 'Tính dung lượng có thể giải phóng' }).click();
  await expect(files.getByRole('status')).toContainText(/Có thể giải phóng \d+ MB của \d+ tệp/);
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
