import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { keptReportSchema } from '@shared/ipc/signature-report';
import { nodeCrypto } from '@shared/node/crypto-port';
import { placeAnnexText, signPdf } from '@shared/signing/index';
import { transformFile } from '../../electron/signing/file-bytes';
import { openPkcs12 } from '../../electron/signing/pkcs12';
import { answeringSaveDialog } from '../driver/book-acts';
import { intakeRow, openIncoming, openIntake, register, takeIn } from '../driver/incoming-acts';
import { keyPassword, Province } from '../driver/province';
import { importTrialLists, trustTrialAnchor } from '../driver/signing-acts';
import { Workstation } from '../driver/workstation';
import { fonts } from '../integration/signing/fixtures';
import { openDecision, paperFolder, sha256 } from './papers';
import { fileInPage } from './vault-page';

const clerk = 'Lê Thị Thu Hằng';
const attacks = path.resolve(import.meta.dirname, '../integration/signing/samples/attacks');
const organisation = 'Liên đoàn Lao động tỉnh An Bình';

let folder: string;
let province: Province;
let workstation: Workstation;
/** Signed once, and the same signed again by a second organisation. */
let genuine: string;
let twice: string;
let attack: string;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  const draft = await openDecision(folder, 'quyet dinh.pdf');
  genuine = path.join(folder, 'quyết định của tỉnh.pdf');
  twice = path.join(folder, 'quyết định hai chữ ký.pdf');
  attack = path.join(folder, 'văn bản bị sửa.pdf');
  await signAs('tinh', draft, genuine);
  await signAs('huyen', genuine, twice);
  copyFileSync(path.join(attacks, 'isa_A.pdf'), attack);
  workstation = await Workstation.open(province, 'huyen', 'KIEM-TRA');
  await workstation.signIn(clerk);
});

test.afterAll(async () => {
  await workstation?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('what comes in carries its verdict in the list and while it is registered; a forged file is never passed over', async () => {
  await takeIn(workstation, [genuine, attack]);
  await expect(intakeRow(workstation, attack)).toContainText('Chữ ký không hợp lệ', { timeout: 30_000 });
  await expect(intakeRow(workstation, genuine)).toContainText('Chữ ký chưa đủ căn cứ');
  await openIntake(workstation, attack);
  const { page } = workstation;
  await page.getByRole('button', { name: 'Vào sổ', exact: true }).click();
  const form = page.getByRole('form', { name: 'Vào sổ văn bản đến' });
  await expect(form.getByText('Chữ ký không hợp lệ')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a forged file goes back in two clicks with the reason written already', async () => {
  await openIntake(workstation, attack);
  const { page } = workstation;
  await page.getByRole('button', { name: 'Trả lại nơi gửi' }).click();
  await expect(page.getByLabel(/^Lý do/)).toHaveValue(/Chữ ký số không hợp lệ/);
  await page.getByRole('button', { name: 'Trả lại nơi gửi' }).click();
  await expect(intakeRow(workstation, attack)).toHaveCount(0);
});

test('an authority is trusted only after its fingerprint was shown, and its removal takes the trust away', async () => {
  const { page } = workstation;
  await workstation.goTo('Chữ ký của tôi');
  const root = path.join(province.certificates(), 'root.pem');
  const fingerprint = execFileSync('openssl', ['x509', '-in', root, '-noout', '-fingerprint', '-sha256'], {
    encoding: 'utf8',
  });
  const pairs = fingerprint.trim().replace(/^.*=/, '').replaceAll(':', ' ');
  await page.locator('[data-file-for="Nhập chứng thư gốc"]').setInputFiles(root);
  const preview = page.getByRole('region', { name: 'Đối chiếu vân tay trước khi tin cậy' });
  await expect(preview).toContainText(pairs);
  await expect(page.getByText('Chưa tin cậy tổ chức chứng thực nào.')).toBeVisible();
  await preview.getByRole('button', { name: 'Thôi' }).click();
  await expect(preview).toHaveCount(0);

  await trustTrialAnchor(workstation, province);
  const anchors = page.getByRole('list', { name: 'Danh sách chứng thư gốc' }).getByRole('listitem');
  await expect(anchors).toContainText(pairs);
  await expect(anchors).toContainText(clerk);
  await anchors.getByRole('button', { name: /^Bỏ tin cậy/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Bỏ tin cậy' }).click();
  await expect(anchors).toHaveCount(0);
});

test('with the root alone the check lacks grounds; with the revocation lists it says Hợp lệ', async () => {
  const { page } = workstation;
  await trustTrialAnchor(workstation, province);
  await openReport(genuine);
  await expect(verdict()).toHaveText('Chưa đủ căn cứ');
  await expect(pane()).toContainText('Chưa kiểm tra được chứng thư có bị thu hồi hay không.');

  await importTrialLists(workstation, province);
  await openReport(genuine);
  await expect(verdict()).toHaveText('Hợp lệ');
  await expect(pane()).toContainText('danh sách thu hồi ngày');
  await expect(pane()).toContainText('chưa được chứng minh');
  await expect(pane()).toContainText('Toàn bộ tệp');
  await page.keyboard.press('Escape');
  await expect(intakeRow(workstation, genuine)).toContainText('Chữ ký hợp lệ');
});

test('the printed report says the seven things that the circular asks for', async () => {
  await openReport(genuine);
  const saved = path.join(folder, 'phieu.pdf');
  await saveBy('Lưu phiếu (PDF)', saved);
  const text = execFileSync('pdftotext', ['-layout', saved, '-'], { encoding: 'utf8' }).replaceAll(
    /\s+/g,
    ' ',
  );
  for (const field of [
    'Tổ chức chứng thực cấp',
    'Người ký',
    'Cơ quan, tổ chức quản lý',
    'Thời gian ký, dấu thời gian',
    'Tính toàn vẹn của văn bản',
    'Hiệu lực của chữ ký tại',
    'Thời hạn hiệu lực của',
  ])
    expect(text).toContain(field);
  expect(text).toContain('PHIẾU KIỂM TRA CHỮ KÝ SỐ');
  expect(text).toContain('KẾT LUẬN: HỢP LỆ');
  expect(text).toContain(organisation);
  expect(text).toContain('Nội dung còn nguyên');
});

test('the report for other programs holds the certificates and revocation lists that it rests on', async () => {
  const saved = path.join(folder, 'phieu.json');
  await saveBy('Lưu phiếu (JSON)', saved);
  const kept = keptReportSchema.parse(JSON.parse(readFileSync(saved, 'utf8')));
  expect(kept.verdict).toBe('valid');
  expect(kept.file.sha256).toBe(sha256(readFileSync(genuine)));
  expect(kept.evidence.crls.length).toBeGreaterThanOrEqual(1);
  expect(kept.evidence.certificates.length).toBeGreaterThanOrEqual(2);
});

test('a document in the register keeps its report, and shows exactly what each signature covers', async () => {
  await takeIn(workstation, [twice]);
  const subject = 'Quyết định có hai chữ ký.';
  await register(workstation, {
    fileName: twice,
    number: '12',
    symbol: 'QĐ-LĐLĐ',
    date: '5/11',
    issuer: organisation,
    type: 'Quyết định',
    subject,
  });
  await openIncoming(workstation, subject);
  const { page } = workstation;
  const files = page.getByRole('group', { name: 'Chữ ký số' });
  await expect(files).toContainText('Kiểm tra ngày', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Mở phiếu kiểm tra' }).click();
  await expect(verdict()).toHaveText('Hợp lệ', { timeout: 30_000 });
  await expect(pane()).toContainText('được lưu kèm văn bản');
  const first = page.getByRole('article', { name: 'Chữ ký 1/2' });
  await expect(first).toContainText('Một phần: phiên bản 1/2 của tệp');
  await first.getByRole('button', { name: 'Xem trên trang 1' }).click();
  await expect(page.getByRole('img', { name: 'Thêm chữ ký' })).toBeVisible();
  await first.getByRole('button', { name: 'Xem bản đã ký' }).click();
  await expect(page.getByText('Bản đã ký, phiên bản 1/2')).toBeVisible();
  const signed = readFileSync(genuine);
  expect(await fileInPage(workstation, sha256(signed))).toBe(signed.toString('base64'));
  await page.getByRole('button', { name: 'Xem bản hiện tại' }).click();

  await page.getByRole('button', { name: 'Xóa dữ liệu kiểm tra đã lưu' }).click();
  await expect(pane()).not.toContainText('được lưu kèm văn bản');
});

test('any PDF can be checked where it lies, and nothing of it comes in', async () => {
  const { page } = workstation;
  await workstation.goTo('Chữ ký của tôi');
  await page.getByRole('button', { name: 'Kiểm tra chữ ký của một tệp PDF' }).click();
  const outside = path.join(folder, 'tệp ngoài.pdf');
  copyFileSync(path.join(attacks, 'siwa_A.pdf'), outside);
  await page.locator('[data-file-for="Chọn tệp PDF"]').setInputFiles(outside);
  await expect(verdict()).toHaveText('Không hợp lệ', { timeout: 30_000 });
  await expect(page.getByText('không lưu vào máy')).toBeVisible();
  expect(await fileInPage(workstation, sha256(readFileSync(outside)))).toBe('');
  await workstation.goTo('Hộp tiếp nhận');
  await expect(intakeRow(workstation, outside)).toHaveCount(0);
});

test('the screen works with the keyboard alone and fits the smallest screen', async () => {
  await openReport(genuine);
  const { page } = workstation;
  await expect(verdict()).toHaveText('Hợp lệ');
  await page.getByRole('button', { name: 'Kiểm tra lại' }).focus();
  await page.keyboard.press('Enter');
  await expect(verdict()).toHaveText('Hợp lệ');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(overflow).toBe(false);
  for (const name of ['Kiểm tra lại', 'Kiểm tra trên mạng', 'Lưu phiếu (PDF)', 'Lưu phiếu (JSON)']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeInViewport();
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Hộp tiếp nhận' })).toBeVisible();
});

const pane = () => workstation.page.getByRole('region', { name: 'Biểu mẫu' });
const verdict = () => workstation.page.locator('.cv-check-verdict .cv-notice-title');

/** Opens the checking screen for a file in the intake box. */
async function openReport(file: string): Promise<void> {
  await openIntake(workstation, file);
  await workstation.page.getByRole('button', { name: 'Mở phiếu kiểm tra' }).click();
  await verdict().waitFor({ timeout: 30_000 });
}

async function saveBy(button: string, file: string): Promise<void> {
  await answeringSaveDialog(workstation, file, async () => {
    await workstation.page.getByRole('button', { name: button, exact: true }).click();
    await expect.poll(() => existsSync(file) && statSync(file).size > 0, { timeout: 60_000 }).toBe(true);
  });
}

/** Signs with the trial key of an organisation, as its own program would. */
async function signAs(id: string, from: string, to: string): Promise<void> {
  const p12 = new Uint8Array(readFileSync(path.join(province.certificates(), `${id}.p12`)));
  const [signer] = openPkcs12(p12, keyPassword);
  if (signer === undefined) throw new Error(`no key ${id}`);
  await transformFile(from, to, (source, sink) =>
    signPdf(source, sink, {
      crypto: nodeCrypto,
      fonts,
      signer,
      field: `chu ky ${id}`,
      placement: { ...placeAnnexText({ w: 595, h: 842 }), y: id === 'tinh' ? 40 : 80 },
      appearance: { kind: 'annex-text', numberAndSymbol: '12/QĐ-LĐLĐ' },
      time: Date.now(),
    }),
  );
}
