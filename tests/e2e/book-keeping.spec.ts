import { expect, test } from '@playwright/test';
import { bookRows, openBook, saysContinuous } from '../driver/book-acts';
import { fillRegistration, openRegistration, register } from '../driver/incoming-acts';
import {
  askForLost,
  explainGap,
  gapLines,
  handOver,
  keepBook,
  takeFromLost,
  takeOver,
  writeFromPaper,
} from '../driver/keeping-acts';
import { Province } from '../driver/province';
import { administer, auditServer } from '../driver/server-admin';
import { networkIs } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';

const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';
const letter = {
  symbol: 'KH-LĐLĐ',
  date: '3/11',
  issuer: 'Liên đoàn Lao động tỉnh An Bình',
  type: 'Kế hoạch',
};

let province: Province;
/** The workstation that holds the books at first. */
let one: Workstation;
let two: Workstation;
let next: number;

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  // The sample province is made anew, on a machine that may have much else to do.
  test.setTimeout(300_000);
  province = await Province.start();
  one = await Workstation.open(province, 'huyen', 'MAY-MOT');
  two = await Workstation.open(province, 'huyen', 'MAY-HAI');
  await one.signIn(clerk);
  await one.settle();
  await two.signIn(clerk);
  await two.settle();
  next = (await bookRows(one, 'incoming')).length + 1;
});

test.afterAll(async () => {
  await one?.close();
  await two?.close();
  await province?.end();
});

const registerOn = async (workstation: Workstation, subject: string): Promise<void> => {
  const number = await register(workstation, { ...letter, number: String(100 + next), subject });
  expect(Number(number)).toBe(next);
  next += 1;
};

/** That the workstation gives no number and says why. */
const refusesOn = async (workstation: Workstation): Promise<void> => {
  const form = await openRegistration(workstation);
  await expect(form.getByText('Máy này chưa giữ sổ văn bản đến.')).toBeVisible();
};

test('bàn giao có mạng: máy nhận cấp số tiếp theo, máy giao không cấp được nữa', async () => {
  await registerOn(one, 'Trước khi bàn giao');
  await handOver(one, 'incoming', 'MAY-HAI');
  await one.settle();
  await two.settle();
  await registerOn(two, 'Sau khi bàn giao');
  await refusesOn(one);
  await two.settle();
  await one.settle();
  expect(await bookRows(one, 'incoming')).toEqual(await bookRows(two, 'incoming'));
  expect(await auditServer(province)).toBe('no fault');
});

test('bàn giao không mạng bằng phiếu: máy chủ nhận tin của máy nhận trước, không mất và không trùng số', async () => {
  await province.stopServer();
  await networkIs(one, 'offline');
  await networkIs(two, 'offline');
  await registerOn(two, 'Số cuối của máy giao');
  const slip = await handOver(two, 'incoming', 'MAY-MOT');
  await refusesOn(two);
  await takeOver(one, 'incoming', slip);
  await registerOn(one, 'Số đầu của máy nhận');
  await two.close();
  await province.startServer();
  await one.settle();
  expect(await auditServer(province)).toBe('no fault');
  await keepBook(one, 'incoming');
  expect((await gapLines(one)).join()).toContain('Chờ máy cũ gửi lên');
  await two.reopen();
  await two.signIn(clerk);
  await two.settle();
  await one.settle();
  const rows = await bookRows(one, 'incoming');
  expect(rows).toHaveLength(next - 1);
  await expect.poll(() => saysContinuous(one)).toBe(true);
  expect(await bookRows(two, 'incoming')).toEqual(rows);
  expect(await auditServer(province)).toBe('no fault');
});

test('sổ của máy bị mất: hai người lấy sổ về, số thiếu được bổ sung hoặc giải trình, số về muộn vào đúng chỗ', async () => {
  await province.stopServer();
  await networkIs(one, 'offline');
  await registerOn(one, 'Số máy bị mất chưa gửi');
  const lost = next - 1;
  await one.close();
  await province.startServer();
  await two.settle();
  // The paper book shows two numbers more than the one that the lost machine will send late.
  const paper = { lastNumber: lost + 2, lastDate: 'hôm nay', leader };
  const refused = await askForLost(two, 'incoming', paper, '000000');
  await expect(refused.getByText(`${leader}: Mã PIN không đúng.`)).toBeVisible();
  await expect(refused.getByText(`${clerk}: Mã PIN`)).toBeHidden();
  await two.page.keyboard.press('Escape');
  await takeFromLost(two, 'incoming', paper);
  next = lost + 3;
  await two.settle();
  expect(await gapLines(two)).toHaveLength(3);
  await explainGap(two, String(lost + 2), 'Sổ giấy ghi nhầm một dòng');
  await writeFromPaper(two, String(lost + 1), {
    date: 'hôm nay',
    symbol: '12/BC-CĐCS',
    subject: 'Báo cáo nhanh',
  });
  await registerOn(two, 'Sau khi lấy lại sổ');
  await two.settle();
  await one.reopen();
  await one.signIn(clerk);
  await one.settle();
  await two.settle();
  const rows = await bookRows(two, 'incoming');
  expect(rows[lost - 1]?.join(' ')).toContain('Số máy bị mất chưa gửi');
  expect(rows[lost]?.join(' ')).toContain('Báo cáo nhanh');
  expect(rows[lost + 1]?.join(' ')).toContain('Sổ giấy ghi nhầm một dòng');
  expect(await bookRows(one, 'incoming')).toEqual(rows);
  await refusesOn(one);
  expect(await auditServer(province)).toBe('no fault');
  await openBook(two, 'incoming');
  await expect.poll(() => saysContinuous(two)).toBe(true);
});

test('đơn vị đã kết thúc hoạt động: máy giữ sổ không cấp số sau ngày đó và nói lý do', async () => {
  await administer(province, 'units', 'edit', '--id', 'huyen', '--valid-to', '2026-03-01');
  await two.settle();
  const form = await openRegistration(two);
  await fillRegistration(form, { ...letter, number: '999', subject: 'Sau ngày kết thúc' });
  await form
    .getByLabel(/^Trích yếu/)
    .and(form.locator('textarea'))
    .press('Enter');
  await expect(form.getByRole('alert')).toContainText('Đơn vị đã kết thúc hoạt động trước ngày ghi vào sổ.');
  expect(await bookRows(two, 'incoming')).toHaveLength(next - 1);
});
