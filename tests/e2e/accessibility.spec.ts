import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { bookRows } from '../driver/book-acts';
import { openIntake, openRegistration, takeIn } from '../driver/incoming-acts';
import { Province } from '../driver/province';
import { comparisonWithServer } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';
import { expectAccessible } from './accessible';
import { letter, paperFolder, writePaper } from './papers';

let folder: string;
let province: Province;
let workstation: Workstation;
let page: Page;

test.describe.configure({ timeout: 150_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  workstation = await Workstation.open(province, 'huyen', 'DE-DUNG');
  ({ page } = workstation);
});

test.afterAll(async () => {
  await workstation?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('no screen violates WCAG 2.2 A or AA', async () => {
  await test.step('sign-in', async () => {
    await page.getByRole('radio').first().waitFor();
    await expectAccessible(page);
    await workstation.signIn('Lê Thị Thu Hằng');
  });

  await test.step('Việc hôm nay', async () => {
    await expectAccessible(page);
  });

  await test.step('Hộp tiếp nhận, with a file, a broken file and a copy', async () => {
    const file = await letter(folder, 'thư.pdf');
    const copy = writePaper(folder, 'bản sao.pdf', readFileSync(file));
    await takeIn(workstation, [
      file,
      copy,
      writePaper(folder, 'hỏng.pdf', Buffer.from('%PDF-1.7 rest is lost')),
    ]);
    for (const name of ['thư.pdf', 'bản sao.pdf', 'hỏng.pdf']) {
      await openIntake(workstation, name);
      await expectAccessible(page);
    }
  });

  await test.step('Vào sổ, empty, with its faults, and for a secret document', async () => {
    const form = await openRegistration(workstation, path.basename('thư.pdf'));
    await expectAccessible(page);
    await form.getByRole('button', { name: 'Ghi & Thêm mới' }).click();
    await form.getByText('Chưa điền: Cơ quan ban hành').waitFor();
    await expectAccessible(page);
    await form.getByLabel('Độ mật').selectOption({ label: 'Mật' });
    await page.getByText('Văn bản Mật: không đưa vào máy').waitFor();
    await expectAccessible(page);
  });

  await test.step('Văn bản đến, and the form of an act', async () => {
    await workstation.goTo('Văn bản đến');
    await page.locator('.cv-doc-subject').waitFor();
    await expectAccessible(page);
    await page
      .getByRole('option', { name: /Đã trình$/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Ghi ý kiến' }).click();
    await page.getByRole('form', { name: 'Ghi ý kiến' }).waitFor();
    await expectAccessible(page);
  });

  await test.step('Văn bản đi, and drafting', async () => {
    await workstation.goTo('Văn bản đi');
    await page.getByRole('region', { name: 'Thuộc tính' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Soạn văn bản đi' }).click();
    await page.getByRole('textbox', { name: 'Trích yếu' }).waitFor();
    await expectAccessible(page);
  });

  await test.step('Cuộc họp: the list, and each mode of a meeting', async () => {
    await workstation.goTo('Cuộc họp');
    const first = page.getByRole('option').first();
    await first.waitFor();
    await expectAccessible(page);
    await first.click();
    const modes = page.getByRole('group', { name: 'Việc với cuộc họp' }).getByRole('button');
    await modes.first().waitFor();
    const names = await modes.allTextContents();
    expect(names).toContain('Đọc');
    for (const name of names) {
      await modes.filter({ hasText: name }).first().click();
      await expectAccessible(page);
    }
  });

  await test.step('Sổ', async () => {
    for (const kind of ['incoming', 'outgoing'] as const) {
      expect((await bookRows(workstation, kind)).length).toBeGreaterThan(0);
      await expectAccessible(page);
    }
  });

  await test.step('Đồng bộ, each of its tabs', async () => {
    await comparisonWithServer(workstation);
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await expectAccessible(page);
    }
  });

  await test.step('Chữ ký của tôi', async () => {
    await workstation.goTo('Chữ ký của tôi');
    await page.getByRole('heading', { name: 'Chữ ký của tôi' }).waitFor();
    await expectAccessible(page);
  });

  await test.step('the palette, the table of keys, and the dark look', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Tìm mọi thứ' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await page.getByRole('dialog', { name: 'Bảng phím tắt' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Người dùng/ }).click();
    await page.getByText('Tối', { exact: true }).click();
    await page.keyboard.press('Escape');
    for (const area of ['Việc hôm nay', 'Văn bản đến', 'Văn bản đi', 'Sổ']) {
      await workstation.goTo(area);
      await page.getByRole('heading').first().waitFor();
      await expectAccessible(page);
    }
  });
});
