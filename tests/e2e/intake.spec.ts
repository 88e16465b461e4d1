import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { bookRows } from '../driver/book-acts';
import {
  fillRegistration,
  intakeRow,
  openIntake,
  openRegistration,
  type Registration,
  register,
  takeIn,
} from '../driver/incoming-acts';
import { Province } from '../driver/province';
import { auditServer } from '../driver/server-admin';
import { Workstation } from '../driver/workstation';
import { docx, mp4Of, pdfOf, pngOf, xlsx } from '../integration/intake/samples';
import { letter, paperFolder, sha256, writePaper } from './papers';
import { fileInPage } from './vault-page';

const clerk = 'Lê Thị Thu Hằng';

let folder: string;
let scans: string;
let province: Province;
let workstation: Workstation;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  scans = path.join(folder, 'scans');
  mkdirSync(scans);
  province = await Province.start();
  workstation = await Workstation.open(province, 'huyen', 'TIEP-NHAN', [`--scan-folder=${scans}`]);
  await workstation.signIn(clerk);
});

test.afterAll(async () => {
  await workstation?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('every kind of the office is taken in without a complaint', async () => {
  const files = [
    await letter(folder, 'thư.pdf', 2),
    writePaper(folder, 'báo cáo.docx', docx()),
    writePaper(folder, 'danh sách.xlsx', xlsx()),
    writePaper(folder, 'ảnh chụp.png', pngOf(40, 30)),
    writePaper(folder, 'phóng sự.mp4', mp4Of(20_000)),
  ];
  await takeIn(workstation, files);
  await expect(problemChip()).toHaveText('Có vấn đề');
  for (const file of files) {
    const bytes = readFileSync(file);
    expect(await fileInPage(workstation, sha256(bytes)), file).toBe(bytes.toString('base64'));
  }
});

test('a broken, locked, empty or wrong file says what is wrong and stays to be found', async () => {
  const pdf = await pdfOf(1);
  const wrong = [
    ['cụt.pdf', pdf.subarray(0, 300), 'Tệp hỏng, không mở được.'],
    ['khóa.pdf', await pdfOf(1, 'mat khau'), 'Tệp có mật khẩu, không đọc được nội dung.'],
    ['rỗng.pdf', Buffer.alloc(0), 'Tệp rỗng, không có nội dung.'],
    ['đổi tên.pdf', pngOf(20, 20), 'Nội dung tệp không đúng với phần đuôi tên tệp.'],
    ['chương trình.xyz', Buffer.from('MZ\x90\x00 not a document'), 'Loại tệp này không hiển thị được.'],
  ] as const;
  await takeIn(
    workstation,
    wrong.map(([name, bytes]) => writePaper(folder, name, bytes)),
  );
  await expect(problemChip()).toHaveText(`Có vấn đề${wrong.length}`);
  const { page } = workstation;
  for (const [name, bytes, message] of wrong) {
    await openIntake(workstation, name);
    const notice = page.getByRole('alert');
    await expect(notice, name).toContainText(message);
    await expect(notice, name).toContainText('Cần làm:');
    if (bytes.length > 0)
      expect(await fileInPage(workstation, sha256(bytes)), name).toBe(Buffer.from(bytes).toString('base64'));
  }
  await problemChip().click();
  await expect(page.getByRole('option')).toHaveCount(wrong.length);
});

test('the same bytes under another name are reported, and both files are kept', async () => {
  const twin = writePaper(folder, 'thư gửi lại.pdf', readFileSync(path.join(folder, 'thư.pdf')));
  await takeIn(workstation, [twin]);
  await openIntake(workstation, twin);
  const { page } = workstation;
  await expect(page.getByText('Tệp này giống hệt từng byte với “thư.pdf”.')).toBeVisible();
  await expect(intakeRow(workstation, 'thư.pdf')).toBeVisible();
});

test('the same number, symbol and issuer are reported and may be registered all the same', async () => {
  const first: Registration = {
    number: '35',
    symbol: 'KH-LĐLĐ',
    date: '4/11',
    issuer: 'Liên đoàn Lao động tỉnh An Bình',
    type: 'Kế hoạch',
    subject: 'Kế hoạch gửi lần đầu.',
  };
  const second = { ...first, fileName: 'thư.pdf', subject: 'Kế hoạch gửi lần hai.' };
  const number = await register(workstation, first);
  const form = await openRegistration(workstation, second.fileName);
  await fillRegistration(form, second);
  await expect(form).toContainText(`đã vào sổ: số đến ${number}`);
  await form.getByLabel('Trích yếu').and(form.locator('textarea')).press('Enter');
  await expect(workstation.page.getByRole('status', { name: 'Số đến vừa cấp' })).toHaveCount(0);
  expect(Number(await register(workstation, { ...second, despiteTwin: true }))).toBe(Number(number) + 1);
});

test('a slowly growing scan is taken once it stands still, exactly once', async () => {
  const scan = await pdfOf(12);
  const file = path.join(scans, 'quét chậm.pdf');
  const pieces = 8;
  for (let piece = 0; piece < pieces; piece += 1) {
    const [from, to] = [piece, piece + 1].map((at) => Math.round((scan.length * at) / pieces));
    appendFileSync(file, scan.subarray(from, to));
    await pause(500);
    await workstation.goTo('Hộp tiếp nhận');
    await expect(intakeRow(workstation, 'quét chậm.pdf')).toHaveCount(0);
  }
  await expect(intakeRow(workstation, 'quét chậm.pdf')).toHaveCount(1, { timeout: 30_000 });
  await openIntake(workstation, 'quét chậm.pdf');
  await expect(workstation.page.getByText(/^Quét · 12 trang/).first()).toBeVisible();
  await expect.poll(() => readdirSync(path.join(scans, 'Đã nhận'))).toEqual(['quét chậm.pdf']);
  expect(readdirSync(scans)).toEqual(['Đã nhận']);
  expect(readFileSync(path.join(scans, 'Đã nhận', 'quét chậm.pdf')).equals(scan)).toBe(true);
});

test('a SIGKILL between the scan and the box takes every scan exactly once', async () => {
  const names = ['a', 'b', 'c', 'd'].map((letterOf) => `quét ${letterOf}.pdf`);
  // The claim is in the journal some milliseconds before the box has the item and the original is moved.
  for (const [index, name] of names.entries()) {
    await letter(scans, name, index + 1);
    await pause(2000 + index * 60);
    await workstation.kill();
    await workstation.reopen();
    await workstation.signIn(clerk);
  }
  await workstation.goTo('Hộp tiếp nhận');
  for (const name of names) await expect(intakeRow(workstation, name)).toHaveCount(1, { timeout: 30_000 });
  await expect
    .poll(() => readdirSync(path.join(scans, 'Đã nhận')).sort(), { timeout: 30_000 })
    .toEqual([...names, 'quét chậm.pdf'].sort());
  await pause(3000);
  for (const name of names) await expect(intakeRow(workstation, name)).toHaveCount(1);
});

test('choosing Mật says what to do on paper and leaves nothing of what was typed, here or on the server', async () => {
  const secrets = ['TrichYeuBiMatKhongLuu', 'CoQuanBiMatKhongLuu'];
  const ordinary = 'TrichYeuThuongVanLuu';
  const common = { symbol: 'CV', date: '5/11', type: 'Công văn' };
  await register(workstation, { ...common, number: '91', issuer: 'Huyện ủy', subject: ordinary });
  const before = await bookRows(workstation, 'incoming');

  const form = await openRegistration(workstation);
  await fillRegistration(form, {
    ...common,
    number: '92',
    issuer: secrets[1] ?? '',
    subject: secrets[0] ?? '',
  });
  // A person types for longer than the browser waits before it writes what a page asked it to keep.
  await pause(7000);
  await form.getByLabel('Độ mật').selectOption({ label: 'Mật' });
  const { page } = workstation;
  await expect(page.getByText('Văn bản Mật: không đưa vào máy')).toBeVisible();
  await expect(page.getByText('Vào Sổ đăng ký văn bản mật đến bằng giấy', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ghi & Thêm mới' })).toHaveCount(0);
  await expect(page.getByText('Vùng tệp đã đóng vì văn bản có độ mật.')).toBeVisible();
  await page.getByRole('button', { name: 'Xóa biểu mẫu và quay lại' }).click();
  expect(await bookRows(workstation, 'incoming')).toEqual(before);
  await workstation.settle();
  await workstation.close();
  await province.stopServer();
  expect(await auditServer(province)).toBe('no fault');

  // The search itself: what was registered must be found, or it would prove nothing.
  expect(filesWith(workstation.profile, ordinary)).not.toEqual([]);
  for (const secret of secrets) {
    expect(filesWith(workstation.profile, secret)).toEqual([]);
    expect(filesWith(path.join(province.folder, 'server'), secret)).toEqual([]);
  }
});

function problemChip() {
  return workstation.page.getByRole('button', { name: /^Có vấn đề/ });
}

/** Files below a folder that hold a text, in one or two bytes a letter. */
function filesWith(place: string, text: string): readonly string[] {
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return forms.some((form) => bytes.includes(form));
    });
}
