import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { answeringSaveDialog, bookRows, saysContinuous } from '../driver/book-acts';
import {
  assign,
  checkSignatures,
  finish,
  openIncoming,
  receiveArrived,
  register,
  startWork,
  submitTo,
  takeIn,
} from '../driver/incoming-acts';
import { draftAndSubmit, giveNumber, issue, openOutgoing, seal, sign } from '../driver/outgoing-acts';
import { Province } from '../driver/province';
import { importKey, trustTrialRoot } from '../driver/signing-acts';
import { compareWithServer } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';
import { letter, openDecision, paperFolder, sha256 } from './papers';
import { pdfsig, qpdfComplaints, trustStore } from './signature-tools';
import { fileInPage } from './vault-page';

const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';
const officer = 'Trịnh Công Thành';
const subject = 'Công nhận bổ sung Ủy viên Ban Chấp hành nhiệm kỳ mới';

let folder: string;
let province: Province;
let district: Workstation;
let grassroots: Workstation;
/** The issued document as the district union keeps it. */
let issued: Buffer;

test.describe.configure({ mode: 'serial', timeout: 150_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  district = await Workstation.open(province, 'huyen', 'VANTHU-HUYEN');
  grassroots = await Workstation.open(province, 'coso-a', 'COSO-A');
});

test.afterAll(async () => {
  await district?.close();
  await grassroots?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

test('an incoming letter goes from the intake box through the register and an opinion to its result', async () => {
  const files = [await letter(folder, 'cong van tinh.pdf', 3), await letter(folder, 'giay moi.pdf')];
  await district.signIn(clerk);
  const before = (await bookRows(district, 'incoming')).length;
  await takeIn(district, files);
  const numbers = [];
  for (const [index, file] of files.entries())
    numbers.push(
      await register(district, {
        fileName: path.basename(file),
        number: String(411 + index),
        symbol: 'CV-LĐLĐ',
        date: '2/11',
        issuer: 'Liên đoàn Lao động tỉnh An Bình',
        type: 'Công văn',
        subject: `Chuẩn bị hội nghị tổng kết phần ${index + 1}`,
      }),
    );
  expect(numbers.map(Number)).toEqual([before + 1, before + 2]);

  await openIncoming(district, 'Chuẩn bị hội nghị tổng kết phần 1');
  await submitTo(district, leader);
  await district.changeTo(leader);
  await openIncoming(district, 'Chuẩn bị hội nghị tổng kết phần 1');
  await assign(district, {
    text: 'Giao đồng chí Thành chủ trì, báo cáo trước hạn.',
    lead: officer,
    due: '30/11',
  });
  await district.changeTo(officer);
  await openIncoming(district, 'Chuẩn bị hội nghị tổng kết phần 1');
  await startWork(district);
  await finish(district, 'Đã gửi báo cáo số liệu.');

  const original = readFileSync(files[0] ?? '');
  expect(await fileInPage(district, sha256(original))).toBe(original.toString('base64'));
});

test('a draft is signed by the person, numbered, sealed and issued', async () => {
  const decision = await openDecision(folder, 'quyet dinh.pdf');
  await district.changeTo(clerk);
  await importKey(district, province, 'huyen', 'organ');
  await draftAndSubmit(district, {
    type: 'Quyết định',
    subject,
    signer: leader,
    receivers: ['May Phương Nam'],
    body: decision,
  });
  await district.changeTo(leader);
  await importKey(district, province, 'huyen-ct', 'person');
  await openOutgoing(district, subject);
  await sign(district);
  await district.changeTo(clerk);
  await openOutgoing(district, subject);
  const number = await giveNumber(district);
  await seal(district);
  await issue(district);
  const rows = await bookRows(district, 'outgoing');
  expect(rows.at(-1)?.join(' ')).toContain(subject);
  expect(rows.at(-1)?.[0]).toContain(number);
});

test('pdfsig trusts both signatures of the issued file, the last one covers all of it, and qpdf has nothing to say', async () => {
  const copy = path.join(folder, 'issued.pdf');
  await openOutgoing(district, subject);
  await answeringSaveDialog(district, copy, async () => {
    await district.page.getByRole('button', { name: /^Lưu bản sao: / }).click();
    await expect.poll(() => pdfOrNothing(copy)).toBe('%PDF-');
  });
  issued = readFileSync(copy);
  const verdicts = pdfsig(copy, trustStore(folder, path.join(province.certificates(), 'root.pem')));
  expect(verdicts.map(({ signer }) => signer)).toEqual([leader, 'Liên đoàn Lao động huyện Vĩnh Hòa']);
  for (const verdict of verdicts) {
    expect(verdict.signature).toBe('Signature is Valid.');
    expect(verdict.certificate).toBe('Certificate is Trusted.');
  }
  expect(verdicts.at(-1)?.whole).toBe(true);
  expect(qpdfComplaints(copy)).toBe('');
});

test('it arrives at the grassroots union, whose machine trusts the signatures once it trusts their root', async () => {
  await district.settle();
  await grassroots.signIn('Bùi Thanh Sơn');
  await grassroots.settle();
  await openIncoming(grassroots, subject);
  await expect.poll(() => fileInPage(grassroots, sha256(issued)), { timeout: 30_000 }).not.toBe('');
  expect(await checkSignatures(grassroots)).toBe('Chưa đủ căn cứ');
  await trustTrialRoot(grassroots, province);
  await openIncoming(grassroots, subject);
  expect(await checkSignatures(grassroots)).toBe('Hợp lệ');
});

test('the bytes that arrived are the bytes that were issued', async () => {
  expect(await fileInPage(grassroots, sha256(issued))).toBe(issued.toString('base64'));
});

test('the sender sees how far the document has come at the receiver', async () => {
  const number = await receiveArrived(grassroots, subject);
  expect(Number(number)).toBe((await bookRows(grassroots, 'incoming')).length);
  await grassroots.settle();
  await senderSees('đã tiếp nhận');

  await openIncoming(grassroots, subject);
  await submitTo(grassroots, 'Hoàng Thị Nguyệt');
  await grassroots.changeTo('Hoàng Thị Nguyệt');
  await openIncoming(grassroots, subject);
  await assign(grassroots, { text: 'Triển khai ngay.', lead: 'Bùi Thanh Sơn' });
  await grassroots.changeTo('Bùi Thanh Sơn');
  await openIncoming(grassroots, subject);
  await startWork(grassroots);
  await grassroots.settle();
  await senderSees('đang xử lý');
  await openIncoming(grassroots, subject);
  await finish(grassroots, 'Đã công bố quyết định.');
  await grassroots.settle();
  await senderSees('hoàn thành');
});

test('the registers run on without a gap, and both machines hold what the server holds', async () => {
  for (const workstation of [district, grassroots]) {
    const rows = await bookRows(workstation, 'incoming');
    expect(rows.map((row) => Number(row[1]))).toEqual(rows.map((_, index) => index + 1));
    expect(await saysContinuous(workstation)).toBe(true);
    await workstation.settle();
    expect(await compareWithServer(workstation)).toBe(true);
  }
});

async function senderSees(status: string): Promise<void> {
  await district.settle();
  await openOutgoing(district, subject);
  const receivers = district.page.getByRole('list', { name: 'Nơi nhận và tình trạng' });
  await expect(receivers.getByText(status)).toBeVisible({ timeout: 30_000 });
}

function pdfOrNothing(file: string): string {
  try {
    return readFileSync(file).subarray(0, 5).toString('latin1');
  } catch {
    return '';
  }
}
