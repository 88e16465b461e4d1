import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { answeringSaveDialog } from '../driver/book-acts';
import { draftAndSubmit, openOutgoing } from '../driver/outgoing-acts';
import { Province } from '../driver/province';
import { answeringSecrets, batchSummary, openBatch, signAll } from '../driver/signing-acts';
import { Workstation } from '../driver/workstation';
import { makeToken, pin, type SoftToken, softHsm } from '../integration/tokens/fixtures';
import { openDecision, paperFolder } from './papers';
import { pdfsig, trustStore } from './signature-tools';

const leader = 'Phạm Quốc Tuấn';
const clerk = 'Lê Thị Thu Hằng';
const subjects = ['Quyết định ký bằng token một', 'Quyết định ký bằng token hai'];

let folder: string;
let province: Province;
let office: Workstation;
let token: SoftToken;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  const dir = province.certificates();
  const pem = (id: string) => path.join(dir, `${id}.pem`);
  const pki = { dir, root: pem('root'), issuing: pem('issuing'), password: '', p12: {} };
  token = makeToken(folder, 'Ký số LĐLĐ', pki, [{ id: 'huyen-ct', keyId: 'a1' }]);
  Object.assign(process.env, token.environment);
  office = await Workstation.open(province, 'huyen', 'TOKEN');
});

test.afterAll(async () => {
  await office?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

const keyCard = () =>
  office.page.getByRole('list', { name: 'Danh sách chứng thư', exact: true }).getByRole('listitem');

test('the leader chooses the driver of her token and takes its certificate, without a PIN', async () => {
  await office.signIn(clerk);
  for (const [n, subject] of subjects.entries())
    await draftAndSubmit(office, {
      type: 'Quyết định',
      subject,
      signer: leader,
      receivers: ['May Phương Nam'],
      body: await openDecision(folder, `${n}.pdf`),
    });
  await office.changeTo(leader);
  await office.goTo('Chữ ký của tôi');
  await office.app.evaluate(({ dialog }, driver) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [driver] });
  }, softHsm);
  await office.page.getByRole('button', { name: 'Thêm từ USB token' }).click();
  await office.page.getByRole('button', { name: 'Chọn tệp trình điều khiển…' }).click();
  await office.page.getByRole('button', { name: 'Dùng làm chứng thư cá nhân' }).click({ timeout: 30_000 });
  await expect(keyCard()).toContainText(`USB token ${token.label}`, { timeout: 30_000 });
  await expect(keyCard()).toContainText(leader);
});

test('one PIN signs both; a wrong one is asked again with the warning of the token', async () => {
  await openBatch(office);
  const asked = await answeringSecrets(office, ['sai', pin], () => signAll(office));
  expect(asked.map(({ again, documents }) => [again, documents.length])).toEqual([
    [false, 2],
    [true, 2],
  ]);
  expect(await batchSummary(office)).toBe('Đã ký 2 văn bản');
  await openOutgoing(office, subjects[0] ?? '');
  const file = path.join(folder, 'signed.pdf');
  await answeringSaveDialog(office, file, async () => {
    await office.page.getByRole('button', { name: /^Lưu bản sao: / }).click();
    await expect
      .poll(() => existsSync(file) && readFileSync(file).length > 0, { timeout: 30_000 })
      .toBe(true);
  });
  const [verdict] = pdfsig(file, trustStore(folder, path.join(province.certificates(), 'root.pem')));
  expect(verdict).toMatchObject({
    signer: leader,
    signature: 'Signature is Valid.',
    certificate: 'Certificate is Trusted.',
    whole: true,
  });
});

test('a token that was pulled out is named, and nothing is asked; a removed certificate is gone', async () => {
  renameSync(token.folder, `${token.folder}-out`);
  await office.changeTo(clerk);
  await draftAndSubmit(office, {
    type: 'Quyết định',
    subject: 'Quyết định khi token đã rút',
    signer: leader,
    receivers: ['May Phương Nam'],
    body: await openDecision(folder, '3.pdf'),
  });
  await office.changeTo(leader);
  await openBatch(office);
  await signAll(office);
  await expect(office.page.getByRole('alert').first()).toContainText('token', { timeout: 30_000 });
  await office.goTo('Chữ ký của tôi');
  await office.page.getByRole('button', { name: `Gỡ chứng thư: ${leader}` }).click();
  await keyCard().getByRole('button', { name: 'Gỡ chứng thư', exact: true }).click();
  await expect(office.page.getByText('Chưa có chứng thư nào trên máy này.')).toBeVisible();
});
