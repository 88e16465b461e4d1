import { expect as expectNow, type Page, test } from '@playwright/test';
import { correct, openIncoming, register, shownFact, shownNote } from '../driver/incoming-acts';
import { Province } from '../driver/province';
import { auditServer } from '../driver/server-admin';
import { SpoiledLine } from '../driver/spoiled-line';
import { compareWithServer, networkIs, waitingCount } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';

// The ways in which replications are known to lose work without a word; each one here on the real engine, in the real
// application, against the real server.

const clerk = 'Lê Thị Thu Hằng';
const subject = 'Văn bản thử các cách mất dữ liệu';
/** News of the other machine may take a round. */
const expect = expectNow.configure({ timeout: 60_000 });
const twoDaysMs = 2 * 24 * 3_600_000;

let province: Province;
let line: SpoiledLine;
/** Goes to the server over the line that can be spoiled. */
let one: Workstation;
let two: Workstation;
let documents = 0;

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  province = await Province.start();
  line = await SpoiledLine.open(() => province.url);
  one = await Workstation.open(province, 'huyen', 'MAY-MOT', [`--server-url=${line.url}`]);
  two = await Workstation.open(province, 'huyen', 'MAY-HAI');
  await one.signIn(clerk);
  await two.signIn(clerk);
  await one.settle();
  await registerOne(one, subject);
  await one.settle();
  await two.settle();
  await openIncoming(one, subject);
  await openIncoming(two, subject);
});

test.afterAll(async () => {
  await one?.close();
  await two?.close();
  await line?.close();
  await province?.end();
});

test('H1: a clock that ran two days ahead and was set right: what was written before and after is on the server', async () => {
  await province.stopServer();
  await networkIs(one, 'offline');
  const ahead = Date.now() + twoDaysMs;
  await one.page.clock.setFixedTime(ahead);
  await one.syncPage.clock.setFixedTime(ahead);
  await correct(one, 'Ghi chú', 'viết khi đồng hồ chạy trước');
  await restart(one);
  await openIncoming(one, subject);
  await correct(one, 'Nơi để bản giấy', 'tủ 2, viết khi đồng hồ đã đúng');
  await province.startServer();
  await bothSettle();
  await expect(shownNote(two)).toContainText('viết khi đồng hồ chạy trước');
  await expect(shownFact(two, 'Nơi để bản giấy')).toContainText('tủ 2');
});

test('H2: two machines change different fields with no network: both changes stay, and nobody is asked', async () => {
  await province.stopServer();
  await networkIs(one, 'offline');
  await networkIs(two, 'offline');
  await correct(one, 'Ghi chú', 'của máy một');
  await correct(two, 'Nơi để bản giấy', 'tủ của máy hai');
  await province.startServer();
  await bothSettle();
  for (const machine of [one, two]) {
    await expect(shownNote(machine)).toContainText('của máy một');
    await expect(shownFact(machine, 'Nơi để bản giấy')).toContainText('tủ của máy hai');
    await expect(conflictsOf(machine)).toHaveCount(0);
  }
});

test('H3: the answer to a push is lost, the same field is changed again, the machine is cut off: the last change stays', async () => {
  line.spoilNext('/v1/sync/push', 'lose');
  await correct(one, 'Ghi chú', 'lần một');
  await expect.poll(() => line.spoiled.length, { timeout: 60_000 }).toBe(1);
  await correct(one, 'Ghi chú', 'lần hai');
  await one.kill();
  await openAgain(one);
  await openIncoming(one, subject);
  await bothSettle();
  for (const machine of [one, two]) {
    await expect(shownNote(machine)).toContainText('lần hai');
    await expect(conflictsOf(machine)).toHaveCount(0);
  }
});

test('H4: a defect in the middle of sending, at the server or in the local database, leaves no work behind', async () => {
  line.spoilNext('/v1/sync/push', 'fail');
  await correct(one, 'Ghi chú', 'máy chủ hỏng giữa chừng');
  await expect.poll(() => line.spoiled.length, { timeout: 60_000 }).toBe(2);
  await failNextWrite(one.syncPage, 'UnknownError');
  await correct(one, 'Nơi để bản giấy', 'tủ 4');
  await writeHasFailed(one.syncPage);
  await restart(one);
  await openIncoming(one, subject);
  await bothSettle();
  await expect(shownNote(two)).toContainText('máy chủ hỏng giữa chừng');
  await expect(shownFact(two, 'Nơi để bản giấy')).toContainText('tủ 4');
});

test('H5: a page that came could not be stored, for want of room: nothing of it is passed over', async () => {
  await failNextWrite(two.syncPage, 'QuotaExceededError');
  const first = await registerOne(one);
  await one.settle();
  await two.page.keyboard.press('F9');
  await writeHasFailed(two.syncPage);
  const second = await registerOne(one);
  await bothSettle();
  await restart(two);
  await two.settle();
  for (const came of [first, second]) await openIncoming(two, came);
  expect(await compareWithServer(two)).toBe(true);
});

test('H6: no word of a change comes over the open stream: the next round brings it all the same', async () => {
  await two.app.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      const send = webContents.send.bind(webContents);
      webContents.send = (channel, ...words) =>
        channel === 'net:poke' ? undefined : send(channel, ...words);
    }
  });
  const unheard = await registerOne(one);
  await one.settle();
  await two.settle();
  await openIncoming(two, unheard);
});

test('after all of it both machines and the server hold the same, and every book is whole', async () => {
  await bothSettle();
  for (const machine of [one, two]) {
    expect(await waitingCount(machine)).toBe(0);
    expect(await compareWithServer(machine)).toBe(true);
  }
  expect(await auditServer(province)).toBe('no fault');
});

async function bothSettle(): Promise<void> {
  await one.settle();
  await two.settle();
  await one.settle();
}

async function restart(machine: Workstation): Promise<void> {
  await machine.close();
  await openAgain(machine);
}

async function openAgain(machine: Workstation): Promise<void> {
  await machine.reopen();
  await machine.signIn(clerk);
}

/** Registers one more document; gives its trích yếu. */
async function registerOne(machine: Workstation, about?: string): Promise<string> {
  documents += 1;
  const text = about ?? `Văn bản thử số ${documents}`;
  await register(machine, {
    number: String(900 + documents),
    symbol: 'CV-LĐLĐ',
    date: '2/11',
    issuer: 'Liên đoàn Lao động tỉnh An Bình',
    type: 'Công văn',
    subject: text,
  });
  return text;
}

/** Ghi chú or another field lost a merge: the footer says so. */
const conflictsOf = ({ page }: Workstation) =>
  page.getByRole('contentinfo', { name: 'Trạng thái' }).getByText(/xung đột/i);

/** The next write of this window to IndexedDB fails as the browser makes it fail. */
async function failNextWrite(page: Page, name: string): Promise<void> {
  await page.evaluate((error) => {
    const before = Object.getOwnPropertyDescriptors(IDBObjectStore.prototype);
    Object.assign(globalThis, { writeFailed: false });
    const failing = (): never => {
      Object.defineProperties(IDBObjectStore.prototype, { put: before.put, add: before.add });
      Object.assign(globalThis, { writeFailed: true });
      throw new DOMException('planned', error);
    };
    Object.assign(IDBObjectStore.prototype, { put: failing, add: failing });
  }, name);
}

async function writeHasFailed(page: Page): Promise<void> {
  await page.waitForFunction(() => (globalThis as { writeFailed?: boolean }).writeFailed === true, null, {
    timeout: 60_000,
  });
}
