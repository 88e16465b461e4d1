import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { answeringSaveDialog } from '../driver/book-acts';
import { draftAndSubmit, giveNumber, issue, openOutgoing, seal, sign } from '../driver/outgoing-acts';
import { Province } from '../driver/province';
import { importKey, setTimestampService, trustTrialRoot } from '../driver/signing-acts';
import { Workstation } from '../driver/workstation';
import { type Services, startServices } from '../integration/signing/services/services';
import { openDecision, paperFolder } from './papers';
import { pdfsig, qpdfComplaints, trustStore } from './signature-tools';

const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';
const subject = 'Quyết định sẽ được sao và bổ sung dấu thời gian';

let folder: string;
let province: Province;
let office: Workstation;
let services: Services;
let store: string;
let issued: Buffer;
let number: string;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  const dir = province.certificates();
  const pem = (id: string) => path.join(dir, `${id}.pem`);
  services = await startServices({ dir, root: pem('root'), issuing: pem('issuing'), password: '', p12: {} });
  services.faults.tsa = 'down';
  store = trustStore(folder, pem('root'));
  office = await Workstation.open(province, 'huyen', 'SAO-Y');
});

test.afterAll(async () => {
  await office?.close();
  await services?.stop();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Saves a file of the open document whose button carries this name. */
async function save(name: RegExp): Promise<Buffer> {
  const file = path.join(folder, `${Math.random()}.pdf`);
  await answeringSaveDialog(office, file, async () => {
    await office.page.getByRole('button', { name }).first().click();
    await expect
      .poll(() => existsSync(file) && readFileSync(file).length > 0, { timeout: 30_000 })
      .toBe(true);
  });
  return readFileSync(file);
}

function verdictsOf(bytes: Buffer): readonly string[] {
  const file = path.join(folder, 'checked.pdf');
  rmSync(file, { force: true });
  writeFileSync(file, bytes);
  expect(qpdfComplaints(file)).toBe('');
  return pdfsig(file, store).map(({ signature }) => signature);
}

test('signed and issued while the timestamp authority cannot be reached: B-B, and the card says that it waits', async () => {
  await office.signIn(clerk);
  await importKey(office, province, 'huyen', 'organ');
  await trustTrialRoot(office, province);
  await setTimestampService(office, services.tsaUrl);
  await draftAndSubmit(office, {
    type: 'Quyết định',
    subject,
    signer: leader,
    receivers: ['May Phương Nam'],
    body: await openDecision(folder, 'quyet dinh.pdf'),
  });
  await office.changeTo(leader);
  await importKey(office, province, 'huyen-ct', 'person');
  await openOutgoing(office, subject);
  await sign(office);
  await office.changeTo(clerk);
  await openOutgoing(office, subject);
  number = await giveNumber(office);
  await seal(office);
  await issue(office);
  await expect(office.page.getByText('B-B · chưa có dấu thời gian').first()).toBeVisible();
  await expect(office.page.getByText(/đang chờ mạng · thử lại lúc/).first()).toBeVisible({ timeout: 60_000 });
  issued = await save(/^Lưu bản sao: quyet dinh/);
});

test('SAO Y: the organisation signs a new file, the original stays as it is', async () => {
  await office.page.getByRole('button', { name: 'Sao văn bản' }).click();
  const form = office.page.getByRole('form', { name: 'Sao văn bản' });
  await office.withKeyPassword(async () => {
    await form.getByRole('button', { name: 'Ký bản sao' }).click();
    await office.page.getByRole('dialog').getByRole('button', { name: 'Ký bản sao' }).click();
  });
  const copy = await save(/^Lưu bản sao: SAO Y - /);
  expect(copy.subarray(0, issued.length).equals(issued)).toBe(true);
  expect(verdictsOf(copy)).toEqual(Array(3).fill('Signature is Valid.'));
  expect((await save(/^Lưu bản sao: quyet dinh/)).equals(issued)).toBe(true);
});

test('TRÍCH SAO: a new PDF of the chosen pages with one signature', async () => {
  await office.page.getByRole('button', { name: 'Sao văn bản' }).click();
  const form = office.page.getByRole('form', { name: 'Sao văn bản' });
  await form.getByRole('combobox', { name: 'Hình thức sao' }).selectOption({ label: 'TRÍCH SAO' });
  await form.getByRole('textbox', { name: 'Trang trích' }).fill('9');
  await expect(form.getByRole('button', { name: 'Ký bản sao' })).toBeDisabled();
  await form.getByRole('textbox', { name: 'Trang trích' }).fill('1');
  await office.withKeyPassword(async () => {
    await form.getByRole('button', { name: 'Ký bản sao' }).click();
    await office.page.getByRole('dialog').getByRole('button', { name: 'Ký bản sao' }).click();
  });
  const extract = await save(/^Lưu bản sao: TRÍCH SAO - /);
  expect(verdictsOf(extract)).toEqual(['Signature is Valid.']);
  // The number stood in a field, which an extract does not have: it is drawn into the page.
  const text = execFileSync('pdftotext', ['-layout', path.join(folder, 'checked.pdf'), '-'], {
    encoding: 'utf8',
  });
  expect(text).toMatch(new RegExp(`Số: *${number} */QĐ-LĐLĐ`));
  expect(text).toContain('Trích sao');
});

test('when the authority answers, "Bổ sung ngay" raises the signatures to B-LTA; the issued bytes are the beginning', async () => {
  services.faults.tsa = null;
  await office.goTo('Chữ ký của tôi');
  await office.page.getByRole('list', { name: 'Chữ ký chờ bổ sung' }).getByText(subject).waitFor();
  await office.page.getByRole('button', { name: 'Bổ sung ngay' }).click();
  await office.page.getByText('Mọi chữ ký đã đạt mức mong muốn.').waitFor({ timeout: 60_000 });
  await openOutgoing(office, subject);
  await expect(office.page.getByText('B-LTA · lưu trữ lâu dài').first()).toBeVisible();
  const raised = await save(/^Lưu bản sao: quyet dinh/);
  expect(raised.subarray(0, issued.length).equals(issued)).toBe(true);
  expect(raised.length).toBeGreaterThan(issued.length);
  const trail = office.page.getByRole('region', { name: 'Quá trình' });
  await expect(trail.getByText('Bổ sung giá trị lâu dài cho chữ ký')).toBeVisible();
  expect(services.requests.filter((asked) => asked === '/tsa').length).toBeGreaterThanOrEqual(2);
});

test('with the authority in reach a signature is B-T at once', async () => {
  const fresh = 'Quyết định ký khi có dịch vụ dấu thời gian';
  await draftAndSubmit(office, {
    type: 'Quyết định',
    subject: fresh,
    signer: leader,
    receivers: ['May Phương Nam'],
    body: await openDecision(folder, 'quyet dinh moi.pdf'),
  });
  await office.changeTo(leader);
  await openOutgoing(office, fresh);
  await sign(office);
  await expect(office.page.getByText('B-T · có dấu thời gian').first()).toBeVisible();
});
