import { randomBytes } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { bookRows, saysContinuous } from '../driver/book-acts';
import { register } from '../driver/incoming-acts';
import { openMeeting, prepareMeeting } from '../driver/meeting-acts';
import { Province } from '../driver/province';
import { auditServer } from '../driver/server-admin';
import { compareWithServer, waitingCount } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';
import { letter, paperFolder } from './papers';

const clerk = 'Lê Thị Thu Hằng';
const sent = ['Đã gửi một', 'Đã gửi hai'];
const unsent = ['Chưa gửi một', 'Chưa gửi hai', 'Chưa gửi ba'];
const meeting = 'Hội nghị sơ kết';
const privateNote = 'Hỏi lại số liệu quý II';

let province: Province;
let workstation: Workstation;
let copy: string;

const inProfile = (...parts: readonly string[]): string => path.join(workstation.profile, ...parts);
const databases = (): string => inProfile('IndexedDB', 'app_cong-van_0.indexeddb.leveldb');
const inDatabases = (pattern: RegExp): string[] =>
  readdirSync(databases())
    .filter((name) => pattern.test(name))
    .map((name) => path.join(databases(), name));

function overwrite4k(file: string): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, randomBytes(4096), 0, 4096, Math.floor(statSync(file).size / 3));
  closeSync(handle);
}

/** What may happen to the folder of a database, and how the program is then told of it by Chromium. */
const disasters: readonly {
  name: string;
  damage: () => void;
  sees: 'missing' | 'damaged';
  offline?: boolean;
}[] = [
  {
    name: 'the folder of the local database was deleted',
    damage: () => rmSync(inProfile('IndexedDB'), { recursive: true }),
    sees: 'missing',
    offline: true,
  },
  {
    name: '4 kB in the middle of its files were overwritten',
    damage: () => inDatabases(/\.(?:log|ldb)$/).forEach(overwrite4k),
    sees: 'missing',
  },
  {
    name: 'its MANIFEST was cut off',
    damage: () => inDatabases(/^MANIFEST/).forEach((file) => truncateSync(file, 10)),
    sees: 'missing',
  },
  {
    name: 'it cannot be opened at all',
    damage: () => writeFileSync(path.join(databases(), 'CURRENT'), 'rubbish\n'),
    sees: 'damaged',
  },
];

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  province = await Province.start();
  workstation = await Workstation.open(province, 'huyen', 'CUU-HO');
  await workstation.signIn(clerk);
  await workstation.settle();
  for (const subject of sent) await registerPaper(subject);
  await writePrivateNote();
  await workstation.settle();
  await province.stopServer();
  for (const subject of unsent) await registerPaper(subject);
  await workstation.close();
  copy = path.join(province.folder, 'copy');
  cpSync(workstation.profile, copy, { recursive: true });
});

test.afterAll(async () => {
  await workstation.close();
  await province.end();
});

async function writePrivateNote(): Promise<void> {
  const delegate = { name: 'Nguyễn Văn Bình', position: 'Chủ tịch', unit: 'Công đoàn cơ sở' };
  const paper = await letter(paperFolder(), '1 báo cáo.pdf');
  const agenda = ['Báo cáo'];
  await prepareMeeting(workstation, {
    title: meeting,
    place: 'Phòng họp',
    agenda,
    papers: [paper],
    delegate,
  });
  await openMeeting(workstation, meeting, 'Đọc');
  const { page } = workstation;
  await page.getByRole('textbox', { name: 'Ghi chú cho trang 1' }).fill(privateNote);
  await page.getByRole('button', { name: 'Ghi chú', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Sửa ghi chú trang 1' })).toHaveValue(privateNote);
}

let papers = 0;
function registerPaper(subject: string): Promise<string> {
  papers += 1;
  const number = String(100 + papers);
  return register(workstation, {
    number,
    symbol: 'CV-LĐLĐ',
    date: '05/03/2026',
    issuer: 'Liên đoàn Lao động tỉnh',
    type: 'Công văn',
    subject,
  });
}

async function begin(damage: () => void): Promise<void> {
  await workstation.close();
  rmSync(workstation.profile, { recursive: true, force: true });
  cpSync(copy, workstation.profile, { recursive: true });
  damage();
  await workstation.reopen();
}

/** Chooses to rebuild. The driver makes the restart itself: it cannot follow a relaunch. */
async function rebuild(): Promise<void> {
  await workstation.app.evaluate(({ app }) => {
    app.relaunch = () => undefined;
  });
  const ended = workstation.app.waitForEvent('close');
  await workstation.page.getByRole('button', { name: 'Dựng lại cơ sở dữ liệu' }).click();
  await ended;
  await workstation.reopen();
}

for (const { name, damage, sees, offline = false } of disasters) {
  test(`${name}: the rescue mode says what is safe and loses no acknowledged work`, async () => {
    if (province.running) await province.stopServer();
    await begin(damage);
    const { page } = workstation;
    await expect(page.getByText('Chế độ cứu hộ')).toBeVisible();
    await expect(page.getByText(/^\d+ việc, trong đó 3 việc chưa chắc đã tới máy chủ$/)).toBeVisible();
    if (!offline) await province.startServer();
    await rebuild();
    await expect(workstation.page.getByRole('heading', { name: 'Đã dựng lại xong' })).toBeVisible({
      timeout: 60_000,
    });
    await expect(workstation.page.getByText('Không mất việc nào đã ghi trên máy này.')).toBeVisible();
    const aside = readdirSync(workstation.profile).filter((entry) => entry.startsWith('hư hỏng-'));
    expect(aside).toHaveLength(sees === 'damaged' ? 1 : 0);
    if (sees === 'damaged') await expect(workstation.page.getByText(aside[0] ?? '-')).toBeVisible();
    await expect(workstation.page.getByText('Chưa nối được máy chủ.')).toBeVisible({ visible: offline });
    await workstation.page.getByRole('button', { name: 'Vào làm việc' }).click();
    await workstation.signIn(clerk);
    if (offline) {
      await expectOwnWork();
      await province.startServer();
    }
    await workstation.settle();
    await expectNothingLost();
  });
}

/** With no network there is what the journal has: the work of this machine. */
async function expectOwnWork(): Promise<void> {
  expect(await waitingCount(workstation)).toBeGreaterThanOrEqual(unsent.length);
  await workstation.goTo('Văn bản đến');
  for (const subject of [...sent, ...unsent])
    await expect(workstation.page.getByText(subject).first()).toBeVisible();
}

async function expectNothingLost(): Promise<void> {
  const rows = await bookRows(workstation, 'incoming');
  const subjects = rows.map((row) => row.join(' | '));
  for (const subject of [...sent, ...unsent])
    expect(subjects.filter((row) => row.includes(subject))).toHaveLength(1);
  expect(await saysContinuous(workstation)).toBe(true);
  expect(await compareWithServer(workstation)).toBe(true);
  expect(existsSync(inProfile('IndexedDB'))).toBe(true);
  await openMeeting(workstation, meeting, 'Đọc');
  await expect(workstation.page.getByRole('textbox', { name: 'Sửa ghi chú trang 1' })).toHaveValue(
    privateNote,
  );
  await auditServer(province);
}

test('afterwards the program opens as ever, and numbers go on', async () => {
  await workstation.close();
  await workstation.reopen();
  await expect(workstation.page.getByText('Chế độ cứu hộ')).toHaveCount(0);
  await workstation.signIn(clerk);
  await workstation.settle();
  const next = Number(await registerPaper('Sau cứu hộ'));
  const rows = await bookRows(workstation, 'incoming');
  expect(rows.filter((row) => row.join(' | ').includes('Sau cứu hộ'))).toHaveLength(1);
  expect(next).toBe(rows.length);
});
