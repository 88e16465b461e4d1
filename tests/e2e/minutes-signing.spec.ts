import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { answeringSaveDialog } from '../driver/book-acts';
import {
  closeMeeting,
  openWithEverybody,
  prepareMeeting,
  publishPack,
  switchMode,
  writeMinutes,
} from '../driver/meeting-acts';
import { keyPassword, Province } from '../driver/province';
import { answeringSecrets, importKey } from '../driver/signing-acts';
import { Workstation } from '../driver/workstation';
import { letter, paperFolder } from './papers';
import { pdfsig, qpdfComplaints, trustStore } from './signature-tools';

const title = 'Hội nghị ký biên bản';
const secretary = 'Trịnh Công Thành';
const chair = 'Phạm Quốc Tuấn';

let folder: string;
let province: Province;
let office: Workstation;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  office = await Workstation.open(province, 'huyen', 'BIEN-BAN');
});

test.afterAll(async () => {
  await office?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Signs the minutes in front in one office. */
async function signAs(role: string) {
  const { page } = office;
  return answeringSecrets(office, [keyPassword], async () => {
    await page.getByRole('button', { name: `Ký với tư cách ${role}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ký biên bản' }).click();
  });
}

/** Opens the minutes of the meeting, which is over. */
async function openPast(): Promise<void> {
  await office.goTo('Cuộc họp');
  await office.page.getByRole('button', { name: /^Đã họp/ }).click();
  await office.page.getByText(title).first().click();
  await switchMode(office, 'Biên bản');
}

const panel = () => office.page.getByRole('region', { name: 'Chữ ký biên bản' });

test('a meeting ends and its minutes are set as a PDF', async () => {
  await office.signIn(secretary);
  await prepareMeeting(office, {
    title,
    place: 'Hội trường',
    agenda: ['Thông qua báo cáo'],
    papers: [await letter(folder, '1 bao cao.pdf')],
    delegate: { name: 'Bùi Thanh Sơn', position: 'Ủy viên', unit: 'May Phương Nam' },
  });
  await publishPack(office);
  await switchMode(office, 'Điều hành');
  await openWithEverybody(office);
  await closeMeeting(office);
  await writeMinutes(office);
  await expect(panel().getByText('chưa ký')).toHaveCount(2);
});

test('the secretary signs first: the text is fixed, and only the chair is left', async () => {
  await importKey(office, province, 'huyen-pct', 'person');
  await openPast();
  const [asked] = await signAs('thư ký');
  // The certificate at hand is another person's: said before the password is given.
  expect(asked?.warnings[0]).toContain(secretary);
  await expect(panel().getByText(/đã ký \d/)).toHaveCount(1, { timeout: 60_000 });
  await expect(panel().getByRole('button', { name: /^Ký với tư cách/ })).toHaveCount(0);
  await expect(office.page.getByRole('textbox', { name: 'Biên bản' })).toHaveCount(0);
});

test('the chair signs second, and independent tools call both valid', async () => {
  await office.changeTo(chair);
  await importKey(office, province, 'huyen-ct', 'person');
  await openPast();
  const [asked] = await signAs('chủ tọa');
  expect(asked?.warnings).toEqual([]);
  await expect(panel().getByText(/đã ký \d/)).toHaveCount(2, { timeout: 60_000 });

  const file = path.join(folder, 'bien ban.pdf');
  await answeringSaveDialog(office, file, async () => {
    await office.page.getByRole('button', { name: 'Lưu bản sao biên bản' }).click();
    await expect
      .poll(() => existsSync(file) && readFileSync(file).length > 0, { timeout: 30_000 })
      .toBe(true);
  });
  const store = trustStore(folder, path.join(province.certificates(), 'root.pem'));
  const verdicts = pdfsig(file, store);
  expect(verdicts.map(({ signer }) => signer)).toEqual(['Đỗ Thị Mai', chair]);
  for (const { signature, certificate } of verdicts) {
    expect(signature).toBe('Signature is Valid.');
    expect(certificate).toBe('Certificate is Trusted.');
  }
  expect(verdicts.at(-1)?.whole).toBe(true);
  expect(qpdfComplaints(file)).toBe('');
});
