import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Desktop } from '@shared/ipc/desktop';
import { answeringSaveDialog, bookRows, saysContinuous } from '../driver/book-acts';
import { register, takeIn } from '../driver/incoming-acts';
import { Province } from '../driver/province';
import { auditServer } from '../driver/server-admin';
import { compareWithServer } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';
import { type LaunchedApp, launchApp } from './launch';
import { letter, paperFolder } from './papers';

const clerk = 'Lê Thị Thu Hằng';
const sent = 'Đã gửi trước khi máy hỏng';
const unsent = 'Chưa gửi khi máy hỏng';

let province: Province;
let old: Workstation;
let usb: string;
/** The rows of each sheet, as a person reads them off the paper. */
let sheets: readonly string[];

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  province = await Province.start();
  usb = path.join(province.folder, 'usb');
  mkdirSync(usb);
  old = await Workstation.open(province, 'huyen', 'MAY-CU');
  await old.signIn(clerk);
  await old.settle();
  const paper = await letter(paperFolder(), 'quet.pdf');
  await takeIn(old, [paper]);
  await registerPaper(old, '1', sent);
  await old.settle();
});

test.afterAll(async () => {
  await old.close();
  await province.end();
});

function registerPaper(workstation: Workstation, number: string, subject: string): Promise<string> {
  const issuer = 'Liên đoàn Lao động tỉnh';
  return register(workstation, {
    number,
    symbol: 'CV',
    date: '05/03/2026',
    issuer,
    type: 'Công văn',
    subject,
  });
}

/** Answers the system's dialog for folders, which no driver can reach. */
async function answerFolderDialog(app: LaunchedApp['app'], folder: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
}

async function openBackup({ page }: Workstation): Promise<void> {
  await page.getByRole('button', { name: /^Người dùng/ }).click();
  await page.getByRole('menuitem', { name: 'Sao lưu và khôi phục' }).click();
  await page.getByRole('heading', { name: 'Sao lưu và khôi phục' }).waitFor();
}

function readSheets(pdf: string): readonly string[] {
  const pages = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
    .split('\f')
    .slice(0, 2);
  return pages.map((page) =>
    [...page.matchAll(/^\s*[1-9]\.\s+([0-9A-Z]{4}\s+[0-9A-Z]{4})\s*$/gm)]
      .map((row) => row[1] ?? '')
      .join('\n'),
  );
}

async function typeHalves(page: Page, [first = '', second = '']: readonly string[]): Promise<void> {
  await page.getByLabel('Phần của văn thư (chín dòng)').fill(first);
  await page.getByLabel('Phần của lãnh đạo (chín dòng)').fill(second);
}

test('without a kit that was typed in there is no backup; the first screen says that backups are off', async () => {
  await expect(old.page.getByText('Máy này chưa bật sao lưu.')).toHaveCount(0);
  await old.goTo('Việc hôm nay');
  await expect(old.page.getByText(/Máy này chưa bật sao lưu/)).toBeVisible();
  await openBackup(old);
  await expect(old.page.getByRole('button', { name: 'Chọn thư mục hoặc ổ USB…' })).toBeDisabled();
});

test('the kit is printed on two sheets of nine rows, and counts once both are typed in', async () => {
  const { page } = old;
  const nowhere = path.join(province.folder, 'gone', 'kit.pdf');
  await answeringSaveDialog(old, nowhere, async () => {
    await page.getByRole('button', { name: 'Lập và in bộ khóa' }).click();
    await page.getByText('Không đọc hoặc ghi được trên ổ đĩa.').waitFor();
  });
  const pdf = path.join(province.folder, 'kit.pdf');
  await answeringSaveDialog(old, pdf, async () => {
    await page.getByRole('button', { name: 'Lập và in bộ khóa' }).click();
    await page.getByText('Đã lưu hai tờ').first().waitFor({ timeout: 60_000 });
  });
  sheets = readSheets(pdf);
  expect(sheets.map((sheet) => sheet.split('\n').length)).toEqual([9, 9]);
  const prove = page.getByRole('button', { name: 'Kiểm tra và dùng bộ khóa này' });
  const wrong = (sheets[0] ?? '').replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
  await typeHalves(page, [wrong, sheets[1] ?? '']);
  await expect(page.getByText('Dòng 1 chưa đúng hoặc còn thiếu.')).toBeVisible();
  await expect(prove).toBeDisabled();
  await typeHalves(page, [sheets[1] ?? '', sheets[1] ?? '']);
  await expect(page.getByText('Đây là phần của người kia.')).toBeVisible();
  await typeHalves(page, sheets);
  await prove.click();
  await expect(page.getByText(/đã gõ thử\.$/)).toBeVisible();
});

test('a backup goes to the chosen drive and can be read back', async () => {
  const { page } = old;
  await answerFolderDialog(old.app, usb);
  await page.getByRole('button', { name: 'Chọn thư mục hoặc ổ USB…' }).click();
  await expect(page.getByText('Chưa sao lưu lần nào')).toBeVisible();
  await province.stopServer();
  await registerPaper(old, '2', unsent);
  await openBackup(old);
  await page.getByRole('button', { name: 'Sao lưu ngay' }).click();
  await expect(page.getByText(/^Sao lưu lần cuối \d\d:\d\d/)).toBeVisible({ timeout: 60_000 });
  expect(readdirSync(usb)).toHaveLength(1);
  await page.getByRole('button', { name: 'Kiểm tra ngay' }).click();
  await expect(page.getByText(/đọc lại được [1-9]\d* tệp và [1-9]\d* việc/)).toBeVisible({ timeout: 60_000 });
});

test('a drive that is not there is said, and nothing else changes', async () => {
  const { page } = old;
  await answerFolderDialog(old.app, path.join(province.folder, 'gone'));
  await page.getByRole('button', { name: 'Đổi nơi sao lưu…' }).click();
  await page.getByRole('button', { name: 'Sao lưu ngay' }).click();
  await expect(page.getByText('Không thấy thư mục hoặc ổ USB dùng để sao lưu.')).toBeVisible();
  await expect(page.getByText(/^Sao lưu lần cuối \d\d:\d\d/)).toBeVisible();
  await old.close();
});

test('a new machine with the drive and both sheets goes on with everything, also what was never sent', async () => {
  const profile = path.join(province.folder, 'MAY-MOI');
  let machine = await launchApp({ profile });
  await machine.page.getByRole('button', { name: 'Khôi phục từ bản sao lưu' }).click();
  await answerFolderDialog(machine.app, usb);
  await machine.page.getByRole('button', { name: 'Chọn ổ hoặc thư mục sao lưu…' }).click();
  await expect(machine.page.getByText(/^Máy MAY-CU, /)).toBeVisible();
  await typeHalves(machine.page, sheets);
  await machine.app.evaluate(({ app }) => {
    app.relaunch = () => undefined;
  });
  const ended = machine.app.waitForEvent('close', { timeout: 60_000 });
  await machine.page.getByRole('button', { name: 'Khôi phục', exact: true }).click();
  await ended;
  await province.startServer();
  machine = await launchApp({ profile, args: [`--server-url=${province.url}`] });
  await expect(machine.page.getByRole('heading', { name: 'Đã dựng lại xong' })).toBeVisible({
    timeout: 60_000,
  });
  await machine.close();

  // Shown until somebody has read it.
  machine = await launchApp({ profile, args: [`--server-url=${province.url}`] });
  await machine.page.getByRole('button', { name: 'Vào làm việc' }).click();
  await machine.page.getByRole('radio').first().waitFor();
  await machine.close();

  const restored = await Workstation.open(province, 'huyen', 'MAY-MOI');
  try {
    await restored.signIn(clerk);
    await restored.settle();
    const rows = (await bookRows(restored, 'incoming')).map((row) => row.join(' | '));
    for (const subject of [sent, unsent]) expect(rows.filter((row) => row.includes(subject))).toHaveLength(1);
    expect(await saysContinuous(restored)).toBe(true);
    expect(Number(await registerPaper(restored, '3', 'Sau khi khôi phục'))).toBe(rows.length + 1);
    await restored.settle();
    expect(await compareWithServer(restored)).toBe(true);
    await auditServer(province);
  } finally {
    await restored.close();
  }
});

test('the old machine, should it come back, is told that it was replaced, and can write no more', async () => {
  await old.reopen();
  const enrolment = () =>
    old.page.evaluate(async () => {
      const { desktop } = globalThis as unknown as { desktop: Desktop };
      const status = await desktop.invoke('device:status', undefined);
      return status.ok ? status.value.enrolment : status.error.code;
    });
  await expect.poll(enrolment, { timeout: 60_000 }).toBe('revoked');
  await old.close();
  await old.reopen();
  await expect(old.page.getByText(/^Máy này đã bị thu hồi quyền/)).toBeVisible();
});
