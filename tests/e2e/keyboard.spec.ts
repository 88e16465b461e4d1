import { rmSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { intakeRow } from '../driver/incoming-acts';
import { pressByKey, tabTo } from '../driver/keys';
import { Province, samplePin } from '../driver/province';
import { Workstation } from '../driver/workstation';
import { letter, paperFolder } from './papers';

const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';
const subject = 'Triệu tập hội nghị ban chấp hành mở rộng';

let folder: string;
let province: Province;
let workstation: Workstation;
let page: Page;

test.describe.configure({ mode: 'serial', timeout: 90_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  workstation = await Workstation.open(province, 'huyen', 'BAN-PHIM');
  ({ page } = workstation);
  await page.evaluate(() => {
    const counted = window as unknown as { presses: number };
    counted.presses = 0;
    window.addEventListener('pointerdown', () => (counted.presses += 1), true);
  });
});

test.afterAll(async () => {
  await workstation?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('a clerk signs in, takes a file in and registers it', async () => {
  await signInByKeys(clerk);
  await page.keyboard.press('Control+2');
  await page.getByRole('heading', { name: 'Hộp tiếp nhận' }).waitFor();
  const file = await letter(folder, 'giấy triệu tập.pdf');
  // On a loaded machine the screen may be drawn a moment before it hears its keys; a person presses again.
  await expect(async () => {
    const asked = page.waitForEvent('filechooser', { timeout: 3_000 });
    await page.keyboard.press('Control+n');
    await (await asked).setFiles(file);
  }).toPass({ timeout: 30_000 });
  await intakeRow(workstation, 'giấy triệu tập.pdf').waitFor();
  await tabToRole('listbox');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: 'Vào sổ văn bản đến' }).waitFor();
  // The cursor waits in "Số"; Tab goes on in the order of the page.
  for (const text of ['417', 'GTT-LĐLĐ', '6/11', 'Liên đoàn Lao động tỉnh An Bình', 'Giấy triệu tập']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type(subject);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: 'Số đến vừa cấp' })).toContainText(/Số đến \d+/);
});

test('she submits it, and the leader writes the opinion', async () => {
  await page.keyboard.press('Control+3');
  await page.getByRole('option', { name: new RegExp(subject) }).waitFor();
  await expect(page.locator('.cv-doc-subject')).toHaveText(subject);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('form', { name: 'Trình lãnh đạo' }).waitFor();
  await expect(page.getByRole('combobox', { name: 'Trình ai' })).not.toHaveValue('');
  await tabToRole('combobox');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('pqt');
  await page.getByRole('option', { name: new RegExp(leader) }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.cv-doc-head')).toContainText('Đã trình');

  await page.keyboard.press('Control+l');
  await signInByKeys(leader);
  await page.keyboard.press('Control+3');
  await expect(page.locator('.cv-doc-subject')).toHaveText(subject);
  await page.keyboard.press('b');
  await page.getByRole('form', { name: 'Bút phê' }).waitFor();
  await page.keyboard.type('Đồng chí Thành chuẩn bị, dự cùng.');
  await tabToRole('combobox');
  await page.keyboard.type('Thành');
  await page.getByRole('option', { name: /Trịnh Công Thành/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.cv-doc-head')).toContainText('Đã phân phối');
});

test('Ctrl+K finds a document by its number, with or without its marks, and Ctrl+F narrows the list', async () => {
  for (const query of ['417/GTT', 'trieu tap hoi nghi']) {
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { name: 'Việc hôm nay' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type(query);
    await expect(page.getByRole('option', { name: new RegExp(subject) })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.locator('.cv-doc-subject')).toHaveText(subject);
  }
  await page.keyboard.press('Control+f');
  await page.keyboard.type('khong co van ban nay');
  await expect(page.getByText('Không có văn bản nào ở mục này.')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('option', { name: new RegExp(subject) })).toBeVisible();
});

test('all of it was done without a pointer', async () => {
  expect(await page.evaluate(() => (window as unknown as { presses: number }).presses)).toBe(0);
});

test('no screen uses Ctrl+Shift or Alt+Z, which belong to Vietnamese typing', async () => {
  const areas = await page.getByRole('navigation').getByRole('link').count();
  expect(areas).toBeGreaterThanOrEqual(7);
  for (let area = 1; area <= areas; area += 1) {
    await page.keyboard.press(`Control+${area}`);
    await page.keyboard.press('F1');
    const sheet = page.getByRole('dialog', { name: 'Bảng phím tắt' });
    await sheet.waitFor();
    const keys = await sheet.locator('kbd').allTextContents();
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter((key) => /Ctrl.*Shift|Shift.*Ctrl|Alt\+Z/i.test(key))).toEqual([]);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  }
});

test('Ctrl+Shift and Alt+Z do nothing here even with the letters of other commands', async () => {
  await page.keyboard.press('Control+3');
  await page.locator('.cv-doc-subject').waitFor();
  const address = page.url();
  for (const keys of ['Control+Shift+K', 'Control+Shift+N', 'Control+Shift+L', 'Control+Shift+2', 'Alt+z'])
    await page.keyboard.press(keys);
  expect(page.url()).toBe(address);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('while Vietnamese is being composed, Enter and letters belong to the typing tool', async () => {
  await page.keyboard.press('Control+3');
  await page.locator('.cv-doc-subject').waitFor();
  const typing = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    typing.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });

  // In the palette, Enter would open what is marked.
  await page.keyboard.press('Control+k');
  await compose('417');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Tìm mọi thứ' })).toBeVisible();
  await typing.send('Input.insertText', { text: '417' });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Tìm mọi thứ' })).toHaveCount(0);

  // In the form, Ctrl+Enter would save the opinion.
  await tabTo(page, page.getByRole('button', { name: 'Ghi ý kiến', exact: true }));
  await page.keyboard.press('Enter');
  const form = page.getByRole('form', { name: 'Ghi ý kiến' });
  await form.waitFor();
  await page.keyboard.type('Đã đọc ');
  await compose('kỹ');
  await page.keyboard.press('Control+Enter');
  await expect(form).toBeVisible();
  await typing.send('Input.insertText', { text: 'kỹ' });
  await page.keyboard.press('Control+Enter');
  await form.waitFor({ state: 'detached' });
  await expect(page.locator('.cv-opinion').first()).toContainText('Đã đọc kỹ');
});

test('a form takes the cursor when it opens, and Esc leads back to the button that opened it', async () => {
  await page.keyboard.press('Control+l');
  await signInByKeys(clerk);
  await page.keyboard.press('Control+6');
  await pressByKey(page, page.getByRole('button', { name: 'Giữ sổ, bàn giao…' }));
  for (const act of ['Hủy số', 'Sửa loạt số']) {
    const button = page.getByRole('button', { name: act, exact: true }).first();
    await pressByKey(page, button);
    const form = page.getByRole('form', { name: act });
    await expect(form.locator(':focus')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(form).toHaveCount(0);
    await expect(button).toBeFocused();
  }
});

async function signInByKeys(person: string): Promise<void> {
  const wanted = page.getByRole('radio', { name: new RegExp(person) });
  await wanted.waitFor();
  await tabToRole('radio');
  for (let step = 0; step < 10; step += 1) await page.keyboard.press('ArrowRight');
  for (let step = 0; step < 10 && (await wanted.getAttribute('aria-checked')) !== 'true'; step += 1)
    await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Tab');
  await page.keyboard.type(samplePin);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Việc hôm nay' }).waitFor();
}

/** Presses Tab until the focus is on an element of this role, whichever comes first. */
async function tabToRole(role: string): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    if (await page.evaluate(isInFocus, role)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to a ${role}`);
}

function isInFocus(role: string): boolean {
  const { activeElement } = document;
  return (
    activeElement?.getAttribute('role') === role ||
    (role === 'combobox' && activeElement?.getAttribute('aria-haspopup') === 'listbox')
  );
}
