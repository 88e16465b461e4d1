import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { bookRows, openBook, saysContinuous } from '../driver/book-acts';
import {
  comment,
  correctNote,
  openIncoming,
  openRegistration,
  register,
  shownNote,
  takeIn,
} from '../driver/incoming-acts';
import { draftAndSubmit, giveNumber, openOutgoing, sign } from '../driver/outgoing-acts';
import { Province } from '../driver/province';
import { administer, auditServer } from '../driver/server-admin';
import { importKey } from '../driver/signing-acts';
import { compareWithServer, networkIs, openConflicts, sideOf, waitingCount } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';
import { PlainClient } from '../integration/server/plain-client';
import { expectAccessible } from './accessible';
import { letter, openDecision, paperFolder, sha256 } from './papers';
import { fileInPage } from './vault-page';

const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';
const outgoingSubject = 'Công nhận Ủy viên Ban Chấp hành bổ sung';
const subjects = ['Kế hoạch kiểm tra khi mất mạng', 'Báo cáo nhanh khi mất mạng'] as const;

let folder: string;
let province: Province;
/** The workstation that holds both books. */
let keeper: Workstation;
/** A second workstation of the same office. */
let other: Workstation;
/** The office of the province, with one machine. */
let above: Workstation;
let paper: string;
let numbers: string[];

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  keeper = await Workstation.open(province, 'huyen', 'GIU-SO');
  other = await Workstation.open(province, 'huyen', 'MAY-HAI');
  await keeper.signIn(leader);
  await importKey(keeper, province, 'huyen-ct', 'person');
  await keeper.changeTo(clerk);
  await draftAndSubmit(keeper, {
    type: 'Quyết định',
    subject: outgoingSubject,
    signer: leader,
    receivers: ['May Phương Nam'],
    body: await openDecision(folder, 'quyet dinh.pdf'),
  });
  await keeper.changeTo(leader);
  await openOutgoing(keeper, outgoingSubject);
  await sign(keeper);
  await keeper.changeTo(clerk);
  await keeper.settle();
  await other.signIn(clerk);
  await other.settle();
});

test.afterAll(async () => {
  await keeper?.close();
  await other?.close();
  await above?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('without the server, documents get their numbers at once and everything waits to be sent', async () => {
  const before = await bookRows(keeper, 'incoming');
  await province.stopServer();
  await networkIs(keeper, 'offline');
  paper = await letter(folder, 'nhan khi mat mang.pdf', 2);
  await takeIn(keeper, [paper]);
  const common = {
    symbol: 'KH-LĐLĐ',
    date: '3/11',
    issuer: 'Liên đoàn Lao động tỉnh An Bình',
    type: 'Kế hoạch',
  };
  numbers = [
    await register(keeper, { ...common, fileName: path.basename(paper), number: '71', subject: subjects[0] }),
    await register(keeper, { ...common, number: '72', subject: subjects[1] }),
  ];
  expect(numbers.map(Number)).toEqual([before.length + 1, before.length + 2]);
  await openIncoming(keeper, subjects[0]);
  await comment(keeper, 'Đã báo lãnh đạo qua điện thoại.');
  expect(await waitingCount(keeper)).toBe(4);
  // D03: to be offline is no news; the footer says it.
  await expect(keeper.page.locator('.cv-banners')).toBeEmpty();
});

test('a start of the application without the server keeps it all and lets people in by their PIN', async () => {
  await keeper.close();
  await keeper.reopen();
  await keeper.signIn(clerk);
  expect(await waitingCount(keeper)).toBe(4);
  await openIncoming(keeper, subjects[0]);
  await expect(keeper.page.locator('.cv-opinion')).toContainText('Đã báo lãnh đạo qua điện thoại.');
  expect(await fileInPage(keeper, sha256(readFileSync(paper)))).toBe(readFileSync(paper).toString('base64'));
});

test('a machine without the book gives no number: Chờ cấp số for what was signed, and a reason at Vào sổ', async () => {
  await networkIs(other, 'offline');
  await openOutgoing(other, outgoingSubject);
  const { page } = other;
  await expect(page.getByRole('button', { name: 'Chờ cấp số', exact: true }).last()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cấp số', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Chờ cấp số', exact: true }).last().click();
  await page.getByText('Đã chuyển sang chờ cấp số').waitFor();

  const before = await bookRows(other, 'incoming');
  const form = await openRegistration(other);
  await expect(form.getByText('Máy này chưa giữ sổ văn bản đến.')).toBeVisible();
  await form.getByLabel('Cơ quan ban hành').and(form.locator('input')).fill('Huyện ủy Vĩnh Hòa');
  await form.getByLabel('Trích yếu').and(form.locator('textarea')).fill('Thử vào sổ ở máy không giữ sổ');
  await form.getByLabel('Trích yếu').and(form.locator('textarea')).press('Enter');
  await expect(page.getByRole('status', { name: 'Số đến vừa cấp' })).toHaveCount(0);
  expect(await bookRows(other, 'incoming')).toEqual(before);
});

test('once the server is back everything is sent once, and all three hold the same', async () => {
  await province.startServer();
  await other.settle();
  await keeper.settle();
  expect(await waitingCount(keeper)).toBe(0);
  await openOutgoing(keeper, outgoingSubject);
  expect(Number(await giveNumber(keeper))).toBeGreaterThan(0);
  await keeper.settle();
  await other.settle();
  const rows = await bookRows(keeper, 'incoming');
  expect(await saysContinuous(keeper)).toBe(true);
  for (const subject of subjects)
    expect(rows.filter((row) => row.join(' ').includes(subject))).toHaveLength(1);
  expect(await bookRows(other, 'incoming')).toEqual(rows);
  expect(await bookRows(other, 'outgoing')).toEqual(await bookRows(keeper, 'outgoing'));
  expect(await auditServer(province)).toBe('no fault');
  expect(await compareWithServer(keeper)).toBe(true);
  expect(await compareWithServer(other)).toBe(true);
});

test('the file that was taken in without the server is on the other machine, byte for byte', async () => {
  const bytes = readFileSync(paper);
  await expect
    .poll(() => fileInPage(other, sha256(bytes)), { timeout: 30_000 })
    .toBe(bytes.toString('base64'));
});

test('D05: a field that both machines changed offline keeps both values, is decided on one, and may be decided again', async () => {
  await province.stopServer();
  for (const [machine, note] of [
    [keeper, 'Gọi lại cho huyện'],
    [other, 'Đã gọi cho huyện'],
  ] as const) {
    await openIncoming(machine, subjects[0]);
    await correctNote(machine, note);
  }
  await province.startServer();
  await keeper.settle();
  await other.settle();
  await keeper.settle();

  await test.step('both machines show it, with both values', async () => {
    for (const machine of [keeper, other]) {
      await expect(machine.page.getByRole('contentinfo')).toContainText('Xung đột 1');
      const list = await openConflicts(machine, 'Chờ chọn');
      await expect(list.getByRole('option')).toHaveText(new RegExp(`${subjects[0]}.*Ghi chú`));
      await expect(sideOf(machine, 'Giá trị hiện tại')).toContainText('Gọi lại cho huyện');
      await expect(sideOf(machine, 'Giá trị kia')).toContainText('Đã gọi cho huyện');
      await expect(sideOf(machine, 'Giá trị kia')).toContainText(clerk);
    }
    await expectAccessible(keeper.page);
  });

  await test.step('decided with the keyboard on one, it is gone on the other', async () => {
    await (await openConflicts(other, 'Chờ chọn')).focus();
    await other.page.keyboard.press('2');
    await other.page.getByText('Không có xung đột nào chờ chọn.').waitFor();
    await other.settle();
    await keeper.settle();
    await keeper.page.getByText('Không có xung đột nào chờ chọn.').waitFor();
    await expect(keeper.page.getByRole('contentinfo')).not.toContainText('Xung đột');
    await openIncoming(keeper, subjects[0]);
    await expect(shownNote(keeper)).toContainText('Đã gọi cho huyện');
  });

  await test.step('the history is searched, and the decision undone', async () => {
    const list = await openConflicts(keeper, 'Đã chọn');
    const search = keeper.page.getByRole('searchbox', { name: 'Tìm trong các xung đột' });
    await search.fill('không có chữ này');
    await expect(list).toHaveCount(0);
    await search.fill('goi lai');
    await expect(list.getByRole('option')).toHaveCount(1);
    await list.focus();
    await keeper.page.keyboard.press('1');
    await expect(sideOf(keeper, 'Giá trị hiện tại')).toContainText('Đã chọn');
    await keeper.settle();
    await other.settle();
    await openIncoming(other, subjects[0]);
    await expect(shownNote(other)).toContainText('Gọi lại cho huyện');
  });
});

test('a restored server gives no free book before it has heard every machine: the missing one is named, until it is revoked', async () => {
  const silent = new PlainClient(province.url, Date.now);
  await silent.enrol(province.enrolmentCode('tinh'));
  await administer(province, 'devices', 'rename', '--id', silent.device, '--name', 'MAY-VANG');
  await administer(province, 'new-epoch');
  above = await Workstation.open(province, 'tinh', 'TINH');
  const { page } = above;
  await above.signIn('Vũ Thị Hòa');
  await above.settle();
  await above.goTo('Đồng bộ');
  await page.getByRole('tab', { name: 'Không qua được' }).click();
  const missing = 'Máy chủ mới được khôi phục, còn chờ tin các máy của đơn vị. Còn thiếu: MAY-VANG.';
  await expect(page.getByText(missing, { exact: true })).toBeVisible();
  await openBook(above, 'outgoing');
  const take = page.getByRole('button', { name: 'Nhận giữ sổ' });
  await take.click();
  await expect(page.getByRole('alert')).toContainText(missing);
  await expectAccessible(page);
  await administer(province, 'devices', 'revoke', '--id', silent.device);
  await take.click();
  await expect(page.getByText('Sổ VB đi 2026: máy này giữ')).toBeVisible();
});

test('D04: people of the province see when each unit was last in touch', async () => {
  await above.goTo('Đồng bộ');
  await above.page.getByRole('tab', { name: 'Các đơn vị' }).click();
  const rows = above.page.getByRole('grid', { name: 'Các đơn vị và lần liên lạc cuối' }).getByRole('row');
  await expect(rows.filter({ hasText: 'huyện Vĩnh Hòa' })).toContainText('Đều đặn');
  await expect(rows.last()).toContainText('Chưa có máy');
  await expectAccessible(above.page);
  await keeper.goTo('Đồng bộ');
  await expect(keeper.page.getByRole('tab', { name: 'Báo cáo' })).toBeVisible();
  await expect(keeper.page.getByRole('tab', { name: 'Các đơn vị' })).toHaveCount(0);
});
