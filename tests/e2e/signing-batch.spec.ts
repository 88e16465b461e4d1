import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { draftAndSubmit, giveNumber, openOutgoing } from '../driver/outgoing-acts';
import { keyPassword, Province } from '../driver/province';
import { answeringSecrets, batchSummary, importKey, openBatch, signAll } from '../driver/signing-acts';
import { Workstation } from '../driver/workstation';
import { openDecision, paperFolder } from './papers';

const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';
const subjects = [1, 2, 3, 4, 5].map((n) => `Quyết định ký theo lô số ${n}`);
const bad = 'Tệp đã mang chữ ký của nơi khác';
const signedElsewhere = path.resolve(
  import.meta.dirname,
  '../integration/signing/samples/pyhanko/minimal-signed-twice-both-created.pdf',
);

let folder: string;
let province: Province;
let office: Workstation;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

test.beforeAll(async () => {
  folder = paperFolder();
  province = await Province.start();
  office = await Workstation.open(province, 'huyen', 'KY-LO');
});

test.afterAll(async () => {
  await office?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

/** The row of a document on the signing screen. */
const row = (subject: string) => office.page.getByRole('option', { name: new RegExp(subject) });

test('five documents and one that cannot be signed wait for the leader', async () => {
  await office.signIn(clerk);
  const receivers = ['May Phương Nam'];
  const body = async (subject: string, n: number) => {
    if (subject !== bad) return openDecision(folder, `quyet dinh ${n}.pdf`);
    const copy = path.join(folder, 'da ky.pdf');
    copyFileSync(signedElsewhere, copy);
    return copy;
  };
  // The bad one stands in the middle: what comes after it must be signed all the same.
  for (const [n, subject] of [...subjects.slice(0, 2), bad, ...subjects.slice(2)].entries())
    await draftAndSubmit(office, {
      type: 'Quyết định',
      subject,
      signer: leader,
      receivers,
      body: await body(subject, n),
    });
  await office.changeTo(leader);
  await importKey(office, province, 'huyen-ct', 'person');
  await openBatch(office);
  for (const subject of [...subjects, bad]) await expect(row(subject)).toBeVisible();
  await office.page.getByText('Chữ ký ở đây').waitFor({ timeout: 30_000 });
});

test('a cancelled window signs nothing; a wrong password is asked again and names the documents', async () => {
  await answeringSecrets(office, [null], () => signAll(office));
  await expect(office.page.getByText(/^Đã ký/)).toHaveCount(0);
  const waiting = Number(
    /\((\d+)\)/.exec(await office.page.getByRole('button', { name: /^Ký tất cả/ }).innerText())?.[1],
  );

  const asked = await answeringSecrets(office, ['sai mat khau', keyPassword], () => signAll(office));
  expect(asked.map(({ again }) => again)).toEqual([false, true]);
  expect(asked[0]?.documents).toHaveLength(waiting);
  expect(asked[0]?.documents).toEqual(expect.arrayContaining([...subjects, bad]));
  expect(asked[0]?.title).toContain(leader);
});

test('each document has its own result: the bad one fails alone, the others are signed under one PIN', async () => {
  expect(await batchSummary(office)).toMatch(/; 1 văn bản chưa ký được/);
  for (const subject of subjects) await expect(row(subject)).toContainText('đã ký, chưa có dấu thời gian');
  await expect(row(bad)).toContainText('chưa ký được');
  await row(bad).click();
  await expect(office.page.getByRole('region', { name: 'Kết quả' })).toBeVisible();
  await expect(office.page.getByText('Văn bản không chừa chỗ ký', { exact: false })).toBeVisible();
  await expect(office.page.locator('.cv-marked-page canvas')).toBeVisible();
  await office.goTo('Văn bản đi');
  await openOutgoing(office, subjects[0] ?? '');
  await expect(office.page.getByText('B-B · chưa có dấu thời gian').first()).toBeVisible();
});

test('the clerk seals the five under one PIN, one row left out by the keyboard waits', async () => {
  await office.changeTo(clerk);
  await importKey(office, province, 'huyen', 'organ');
  for (const subject of subjects) {
    await openOutgoing(office, subject);
    await giveNumber(office);
  }
  await openBatch(office);
  const last = subjects[4] ?? '';
  await row(last).click();
  await office.page.keyboard.press('Delete');
  await expect(row(last)).toContainText('đã bỏ');
  const asked = await answeringSecrets(office, [keyPassword], () => signAll(office));
  expect(asked[0]?.documents).not.toContain(last);
  expect(await batchSummary(office)).not.toContain('chưa ký được');
  for (const subject of subjects.slice(0, 4)) await expect(row(subject)).toContainText('đã ký');
  await expect(row(last)).toContainText('đã bỏ');
});
