import { rmSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { bookRows, saysContinuous } from '../driver/book-acts';
import { keepBook } from '../driver/keeping-acts';
import { draftAndSubmit, openOutgoing, sign } from '../driver/outgoing-acts';
import { Province } from '../driver/province';
import { auditServer } from '../driver/server-admin';
import { importKey } from '../driver/signing-acts';
import { networkIs } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';
import { openDecision, paperFolder } from './papers';

const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';
const subject = 'Công nhận Ban Chấp hành lâm thời';
const secondSubject = 'Công nhận Ủy ban Kiểm tra';

let folder: string;
let province: Province;
let holder: Workstation;
/** A machine that has a signed document and not the book. */
let asker: Workstation;

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  // The sample province is made anew, on a machine that may have much else to do.
  test.setTimeout(300_000);
  folder = paperFolder();
  province = await Province.start();
  holder = await Workstation.open(province, 'huyen', 'GIU-SO');
  asker = await Workstation.open(province, 'huyen', 'XIN-SO');
  await holder.signIn(clerk);
  await holder.settle();
  await asker.signIn(leader);
  await importKey(asker, province, 'huyen-ct', 'person');
  await asker.changeTo(clerk);
  await asker.settle();
});

test.afterAll(async () => {
  await holder?.close();
  await asker?.close();
  await province?.end();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

test('mất máy chủ: máy xin số và máy giữ sổ trao phiếu cho nhau, văn bản có số; sau đó mọi máy như nhau', async () => {
  const before = await bookRows(holder, 'outgoing');
  await loseServer();
  await signedDecision(subject);

  await keepBook(asker, 'outgoing');
  await asker.page.getByRole('button', { name: 'Phiếu xin số' }).click();
  const request = asker.page.getByRole('textbox', { name: 'Phiếu xin số' });
  await request.waitFor();

  await keepBook(holder, 'outgoing');
  await holder.page.getByRole('button', { name: 'Cấp số theo phiếu' }).click();
  const form = holder.page.getByRole('form', { name: 'Cấp số theo phiếu' });
  await form
    .getByLabel('Phiếu xin số')
    .and(form.locator('textarea'))
    .fill(await request.inputValue());
  await expect(form.getByText(`Quyết định: ${subject}`)).toBeVisible();
  await form.getByRole('button', { name: 'Cấp số' }).click();
  await holder.page.getByRole('dialog').getByRole('button', { name: 'Cấp số' }).click();
  const answer = holder.page.getByRole('textbox', { name: 'Phiếu số đã cấp' });
  await answer.waitFor({ timeout: 30_000 });

  const slip = await answer.inputValue();
  await asker.page.getByRole('textbox', { name: 'Phiếu số đã cấp' }).fill(slip);
  await asker.page.getByRole('button', { name: 'Ghi số vào văn bản' }).click();
  await asker.page.getByText('Văn bản được cấp số').first().waitFor({ timeout: 30_000 });

  await allAgreeOn(before.length + 1, subject);
});

test('mất máy chủ: máy giữ sổ bật cấp số qua mạng nội bộ, máy kia lấy số ngay; sau đó mọi máy như nhau', async () => {
  const before = await bookRows(holder, 'outgoing');
  await loseServer();
  await signedDecision(secondSubject);

  await keepBook(holder, 'outgoing');
  await holder.page.getByLabel('lấy số qua mạng nội bộ').click({ force: true });
  const shown = holder.page.getByText('Địa chỉ của máy này').locator('strong');
  const address = ((await shown.textContent()) ?? '').split(' · ')[0] ?? '';
  // Numbers are given on whatever screen the clerk has open.
  await holder.goTo('Việc hôm nay');

  await keepBook(asker, 'outgoing');
  const field = asker.page.getByRole('textbox', { name: 'Địa chỉ máy giữ sổ' });
  const ask = asker.page.getByRole('button', { name: 'Lấy số ngay qua mạng nội bộ' });
  await field.fill('127.0.0.1:9');
  await ask.click();
  await asker.page.getByText('Không gặp được máy giữ sổ tại địa chỉ này.').waitFor();
  await field.fill(address);
  await ask.click();
  await asker.page.getByText('Văn bản được cấp số').first().waitFor({ timeout: 30_000 });
  await holder.page.getByText('cho máy khác qua mạng nội bộ').first().waitFor();

  await allAgreeOn(before.length + 1, secondSubject);
});

async function loseServer(): Promise<void> {
  await province.stopServer();
  await networkIs(holder, 'offline');
  await networkIs(asker, 'offline');
}

/** Written and signed after the server was lost: the holder of the book has never heard of the document. */
async function signedDecision(about: string): Promise<void> {
  await draftAndSubmit(asker, {
    type: 'Quyết định',
    subject: about,
    signer: leader,
    receivers: ['May Phương Nam'],
    body: await openDecision(folder, `${about}.pdf`),
  });
  await asker.changeTo(leader);
  await openOutgoing(asker, about);
  await sign(asker);
  await asker.changeTo(clerk);
}

/** The server is back: both machines and the server hold the same book, and it ends with this document. */
async function allAgreeOn(entries: number, last: string): Promise<void> {
  await province.startServer();
  await asker.settle();
  await holder.settle();
  await asker.settle();
  const rows = await bookRows(holder, 'outgoing');
  expect(rows).toHaveLength(entries);
  expect(rows.at(-1)?.join(' ')).toContain(last);
  await expect.poll(() => saysContinuous(holder)).toBe(true);
  expect(await bookRows(asker, 'outgoing')).toEqual(rows);
  expect(await auditServer(province)).toBe('no fault');
}
