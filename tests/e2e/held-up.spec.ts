import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect as expectNow, type Locator, type Page, test } from '@playwright/test';
import { writeBigPdf } from '../driver/big-pdf';
import { register, takeIn } from '../driver/incoming-acts';
import { pressByKey, tabByKeys, tabTo } from '../driver/keys';
import { Province } from '../driver/province';
import { putSeeded, removeSeeded, setSubjectOfSeeded } from '../driver/seed-documents';
import { inStorage } from '../driver/server-storage';
import { SpoiledLine } from '../driver/spoiled-line';
import { compareWithServer, waitingCount } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';
import { letter, paperFolder, sha256 } from './papers';

// What synchronisation holds until a person has decided, and that nothing else waits for it.

const clerk = 'Lê Thị Thu Hằng';
const expect = expectNow.configure({ timeout: 30_000 });
/** Seeded documents: one of them is spoilt, those from `firstGone` on are told to be gone. */
const seeded = 40;
const spoilt = 7;
const firstGone = 11;
/** No server takes what holds these words. */
const refusedWords = 'chuyển khoản gấp';

let folder: string;
let province: Province;
let line: SpoiledLine;
let workstation: Workstation;
let page: Page;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = paperFolder();
  province = await Province.start();
  await province.stopServer();
  await inStorage(province, async (tx) => {
    await putSeeded(tx, 'huyen', seeded);
    await setSubjectOfSeeded(tx, spoilt, 7);
  });
  await province.startServer();
  line = await SpoiledLine.open(() => province.url);
  workstation = await Workstation.open(province, 'huyen', 'MAY-MOT', [`--server-url=${line.url}`]);
  ({ page } = workstation);
  await workstation.signIn(clerk);
  await workstation.settle();
});

test.afterAll(async () => {
  await workstation?.close();
  await line?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('one bad row never stops the rest: it is set aside and named, every other document is here', async () => {
  await expect(footer()).toContainText('Không qua được 1');
  expect(await seededHere()).toBe(seeded - 1);
  await openProblems();
  const aside = page.getByRole('region', { name: 'Mục nhận về bị để riêng (1)' });
  await expect(aside.getByRole('listitem')).toHaveText(
    `Văn bản đến, mã seeded-${spoilt} · Trường sai: Trích yếu`,
  );
});

test('work that the server does not take is named; the work before it goes out, nothing is lost', async () => {
  line.refuseWords(refusedWords);
  await registerPaper('301', 'Việc trước nó');
  await registerPaper('302', `Đề nghị ${refusedWords}`);
  await registerPaper('303', 'Việc sau nó');
  await page.keyboard.press('F9');
  await expect(footer()).toContainText('Không qua được 2');
  await expect.poll(() => waitingCount(workstation)).toBe(2);
  await openProblems();
  const notice = page.getByRole('alert').filter({ hasText: 'Máy chủ chưa nhận việc' });
  await expect(notice).toContainText(`"Vào sổ văn bản đến: 302/CV-LĐLĐ – Đề nghị ${refusedWords}"`);
  await expect(notice).toContainText('Việc này và các việc sau nó (2 việc chờ gửi) nằm an toàn trên máy');
  await tabTo(page, notice.getByRole('button', { name: 'Thử lại' }));
  line.refuseWords('');
  await page.keyboard.press('Enter');
  await expect(notice).toHaveCount(0);
  await expect.poll(() => waitingCount(workstation)).toBe(0);
});

test('Mạng tính phí: a file above 5 MB waits and is named, a small one goes', async () => {
  await openTab(/^Tệp/);
  await pressByKey(page, page.getByRole('switch', { name: 'Mạng tính phí' }), 'Space');
  const big = path.join(folder, 'bản quét lớn.pdf');
  writeBigPdf(big, 6);
  const small = await letter(folder, 'thư nhỏ.pdf');
  await takeIn(workstation, [big, small]);
  await page.keyboard.press('F9');
  await expect.poll(() => onServer(small)).toBe(true);
  await openTab(/^Tệp/);
  await expect(files()).toContainText('1 tệp trên 5 MB đang chờ mạng không tính phí.');
  await expect(paused()).toContainText('bản quét lớn.pdf');
  expect(onServer(big)).toBe(false);
});

test('Giải phóng dung lượng keeps the only copy, what was sent from here and what is to be kept on this machine', async () => {
  await page.keyboard.press('Control+4');
  const keep = page.getByRole('switch', { name: 'Giữ tệp trên máy' });
  await pressByKey(page, keep, 'Space');
  await expect(keep).toBeChecked();
  const before = inVault();
  await openTab(/^Tệp/);
  await pressByKey(page, files().getByRole('button', { name: 'Tính dung lượng có thể giải phóng' }));
  await expect(files().getByRole('status')).toContainText(/Có thể giải phóng .* của \d+ tệp/);
  await pressByKey(page, files().getByRole('button', { name: 'Giải phóng dung lượng' }));
  await expect(files().getByRole('status')).toContainText('Đã giải phóng');
  const after = inVault();
  expect(after.length).toBeLessThan(before.length);
  for (const own of ['bản quét lớn.pdf', 'thư nhỏ.pdf']) expect(after).toContain(digestOf(own));
  // Besides these two only the file of the document that is kept.
  expect(after).toHaveLength(3);
  await page.keyboard.press('Control+4');
  await page.locator('canvas').first().waitFor();
});

test('Vẫn chuyển: the big file goes over the paid network because a person says so', async () => {
  await openTab(/^Tệp/);
  await pressByKey(page, paused().getByRole('button', { name: 'Vẫn chuyển' }));
  await expect.poll(() => onServer(path.join(folder, 'bản quét lớn.pdf'))).toBe(true);
  await expect(paused()).toHaveCount(0);
});

test('a server that takes away many rows at once: they are held and shown, stay when a person declines, go when she agrees', async () => {
  await province.stopServer();
  await inStorage(province, async (tx) => {
    await removeSeeded(tx, 'huyen', firstGone);
    await setSubjectOfSeeded(tx, spoilt, `Văn bản lưu số ${spoilt}, đã sửa`);
  });
  await province.startServer();
  await page.keyboard.press('F9');
  await expect(footer()).toContainText('Không qua được 2');
  await openProblems();
  const notice = page.getByRole('alert').filter({ hasText: 'Dữ liệu của đơn vị' });
  await expect(notice).toContainText(`Sẽ xóa ${seeded - firstGone + 1} trong`);
  await pressByKey(page, notice.getByRole('button', { name: 'Giữ lại và báo quản trị' }));
  await expect(notice.getByLabel('Nội dung báo quản trị')).toHaveValue(/LĐLĐ|Liên đoàn/);
  await pressByKey(page, notice.getByRole('button', { name: 'Đồng ý xóa' }));
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await workstation.settle();
  expect(await seededHere()).toBe(seeded - 1);
  await openProblems();
  await pressByKey(page, notice.getByRole('button', { name: 'Đồng ý xóa' }));
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await expect(notice).toHaveCount(0);
  expect(await seededHere()).toBe(firstGone - 2);
});

test('what was set aside is read again once it is mended; then the machine and the server hold the same', async () => {
  await openProblems();
  await pressByKey(page, page.getByRole('button', { name: 'Đọc lại từ máy chủ' }));
  await expect(footer()).not.toContainText('Không qua được');
  expect(await seededHere()).toBe(firstGone - 1);
  expect(await compareWithServer(workstation)).toBe(true);
});

const footer = (): Locator => page.getByRole('contentinfo', { name: 'Trạng thái' });
const files = (): Locator => page.getByRole('region', { name: 'Tệp trên máy này' });
const paused = (): Locator => files().getByRole('listitem').filter({ hasText: 'bản quét lớn.pdf' });

/** Shift+F9 leads to what waits; the arrows to another tab. */
async function openTab(name: RegExp): Promise<void> {
  await page.keyboard.press('Shift+F9');
  await page.getByRole('heading', { name: 'Đồng bộ' }).waitFor();
  await tabByKeys(page, name);
}

const openProblems = (): Promise<void> => openTab(/^Không qua được/);

/** How many of the seeded documents the list shows. */
async function seededHere(): Promise<number> {
  await page.keyboard.press('Control+3');
  const list = page.getByRole('listbox', { name: 'Danh sách văn bản đến' });
  await page.getByRole('searchbox', { name: 'Lọc danh sách' }).fill('Văn bản lưu số');
  const row = list.getByRole('option').filter({ hasText: 'Văn bản lưu số' }).first();
  return Number(await row.getAttribute('aria-setsize'));
}

async function registerPaper(number: string, subject: string): Promise<void> {
  await register(workstation, {
    number,
    symbol: 'CV-LĐLĐ',
    date: '2/11',
    issuer: 'Liên đoàn Lao động tỉnh An Bình',
    type: 'Công văn',
    subject,
  });
}

const digestOf = (file: string): string => sha256(readFileSync(path.resolve(folder, file)));
const filesBelow = (place: string): readonly string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => path.basename(name));
const onServer = (file: string): boolean =>
  filesBelow(path.join(province.folder, 'server', 'files')).includes(digestOf(file));
/** SHA-256 of the files whose bytes are on this machine. */
const inVault = (): readonly string[] =>
  filesBelow(path.join(workstation.profile, 'vault', 'blobs')).filter((name) => name.length === 64);
