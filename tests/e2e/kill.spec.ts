import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, type Locator, test } from '@playwright/test';
import { bookRows, saysContinuous } from '../driver/book-acts';
import { fillRegistration, openRegistration, register, takeIn } from '../driver/incoming-acts';
import { draftAndSubmit, openOutgoing, sign } from '../driver/outgoing-acts';
import { Province } from '../driver/province';
import { auditServer } from '../driver/server-admin';
import { importKey } from '../driver/signing-acts';
import { compareWithServer } from '../driver/sync-acts';
import { Workstation } from '../driver/workstation';
import { openDecision, paperFolder, sha256, writePaper } from './papers';
import { fileInPage } from './vault-page';

const clerk = 'Lê Thị Thu Hằng';
const leader = 'Phạm Quốc Tuấn';
const kills = Number(process.env['CONG_VAN_KILLS'] ?? 6);
const seed = Number(process.env['CONG_VAN_SEED'] ?? Date.now() % 2 ** 31);
const random = generatorOf(seed);

type Kind = 'registration' | 'numbering' | 'sending';
const kinds: readonly Kind[] = ['registration', 'numbering', 'sending'];
const plan = Array.from({ length: kills }, (_, index) => kinds[index % kinds.length] ?? 'registration');

let folder: string;
let province: Province;
let workstation: Workstation;
/** Every number that a screen has shown, by the trích yếu it was shown for. */
const shownIncoming = new Map<string, number>();
const shownOutgoing = new Map<string, number>();
const decisions = plan
  .filter((kind) => kind === 'numbering')
  .map((_, index) => `Quyết định thử ${index + 1}.`);
/** Files that were taken in, by path. */
const taken: string[] = [];
let documents = 0;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  test.setTimeout(60_000 + decisions.length * 20_000);
  process.stdout.write(`kills: ${kills}, seed: ${seed}\n`);
  folder = paperFolder();
  province = await Province.start();
  workstation = await Workstation.open(province, 'huyen', 'HAY-MAT-DIEN');
  await workstation.signIn(leader);
  await importKey(workstation, province, 'huyen-ct', 'person');
  await workstation.changeTo(clerk);
  const body = await openDecision(folder, 'quyet dinh.pdf');
  for (const subject of decisions) {
    const receivers = ['May Phương Nam'];
    await draftAndSubmit(workstation, { type: 'Quyết định', subject, signer: leader, receivers, body });
  }
  await workstation.changeTo(leader);
  for (const subject of decisions) {
    await openOutgoing(workstation, subject);
    await sign(workstation);
  }
  await workstation.changeTo(clerk);
  await workstation.settle();
});

test.afterAll(async () => {
  await workstation?.close();
  await province?.end();
  rmSync(folder, { recursive: true, force: true });
});

for (const [index, kind] of plan.entries()) {
  test(`SIGKILL ${index + 1} of ${kills}, during ${kind}: what was shown is there, and no number is missing or double`, async () => {
    await killDuring(kind);
    await workstation.reopen();
    await workstation.signIn(clerk);
    await expectRegister('incoming', shownIncoming);
    await expectRegister('outgoing', shownOutgoing);
  });
}

test('after all of it the machine, a fresh second machine and the server hold the same rows and files', async () => {
  await finishWhatWasCutShort();
  await workstation.settle();
  expect(await auditServer(province)).toBe('no fault');
  expect(await compareWithServer(workstation)).toBe(true);
  const second = await Workstation.open(province, 'huyen', 'MAY-HAI');
  try {
    await second.signIn(clerk);
    await second.settle();
    expect(await compareWithServer(second)).toBe(true);
    expect(await bookRows(second, 'incoming')).toEqual(await bookRows(workstation, 'incoming'));
    expect(await bookRows(second, 'outgoing')).toEqual(await bookRows(workstation, 'outgoing'));
    for (const file of taken) {
      const bytes = readFileSync(file);
      await expect
        .poll(() => fileInPage(second, sha256(bytes)), { timeout: 60_000 })
        .toBe(bytes.toString('base64'));
    }
  } finally {
    await second.close();
  }
});

/** Begins the work and pulls the plug at a random moment of it. */
async function killDuring(kind: Kind): Promise<void> {
  if (kind === 'registration') {
    // Half of the moments are right after Enter, where the write is.
    const begun = await beginRegistration();
    await cut(begun, random() < 0.5 ? random() * 150 : random() * 2500);
  } else if (kind === 'numbering') {
    const begun = await beginNumbering();
    await cut(begun, random() * 1200);
  } else {
    const begun = await beginSending();
    await cut(begun, random() * 1500);
  }
}

async function cut(work: () => Promise<void>, afterMs: number): Promise<void> {
  const killing = pause(afterMs).then(() => workstation.kill());
  const outcome = await Promise.allSettled([work(), killing]);
  const [worked, killed] = outcome;
  if (killed.status === 'rejected') throw killed.reason;
  // The screen went away under the driver's hands; anything else is a fault of the screen.
  const reason = worked.status === 'rejected' ? String(worked.reason) : '';
  expect(reason).toMatch(/^$|closed|crashed|disconnected/);
  process.stdout.write(`cut ${Math.round(afterMs)} ms after the beginning\n`);
}

/** A filled form; then Enter, and as many more documents as the plug allows. */
async function beginRegistration(): Promise<() => Promise<void>> {
  const first = nextDocument();
  const form = await openRegistration(workstation);
  await fillRegistration(form, first);
  return async () => {
    await form.getByLabel('Trích yếu').and(form.locator('textarea')).press('Enter');
    const saved = workstation.page.getByRole('status', { name: 'Số đến vừa cấp' });
    await saved.filter({ hasText: first.subject }).waitFor();
    remember(shownIncoming, first.subject, await saved.textContent());
    for (;;) {
      const next = nextDocument();
      shownIncoming.set(next.subject, Number(await register(workstation, next)));
    }
  };
}

/** A signed decision and its question; then the answer. */
async function beginNumbering(): Promise<() => Promise<void>> {
  const { page } = workstation;
  const { subject, button } = await nextToNumber();
  // An earlier cut may have come after the number and before it was in the file.
  const numbered = (await button.textContent()) !== 'Cấp số';
  await button.click();
  return async () => {
    if (!numbered)
      await page.getByRole('dialog').getByRole('button', { name: 'Cấp số', exact: true }).click();
    const told = page.getByRole('region', { name: 'Quá trình' }).getByText(/^Cấp số \d+$/);
    await told.waitFor();
    remember(shownOutgoing, subject, await told.textContent());
  };
}

/** Opens the first decision that still waits for its number, or for its number in the file. */
async function nextToNumber(): Promise<{ readonly subject: string; readonly button: Locator }> {
  for (const subject of decisions) {
    await openOutgoing(workstation, subject);
    const button = workstation.page.getByRole('button', { name: /^(Cấp số|Điền số vào văn bản)$/ });
    const waits = await button.waitFor({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
    if (waits) return { subject, button };
  }
  throw new Error('no decision waits for a number');
}

/** Some megabytes and two documents, all of which begin to go to the server at once. */
async function beginSending(): Promise<() => Promise<void>> {
  const name = `ban quet ${taken.length + 1}.pdf`;
  const scan = Buffer.concat([readFileSync(path.join(folder, 'quyet dinh.pdf')), randomBytes(6_000_000)]);
  const file = writePaper(folder, name, scan);
  await province.stopServer();
  await takeIn(workstation, [file]);
  taken.push(file);
  for (const fileName of [name, undefined]) {
    const next = { ...nextDocument(), ...(fileName === undefined ? {} : { fileName }) };
    shownIncoming.set(next.subject, Number(await register(workstation, next)));
  }
  await province.startServer();
  return async () => {
    await workstation.page.keyboard.press('F9');
  };
}

function nextDocument() {
  documents += 1;
  return {
    number: String(1000 + documents),
    symbol: 'CV-LĐLĐ',
    date: '2/11',
    issuer: 'Liên đoàn Lao động tỉnh An Bình',
    type: 'Công văn',
    subject: `Công việc thử số ${documents}.`,
  };
}

function remember(shown: Map<string, number>, subject: string, text: string | null): void {
  const number = /[Ss]ố(?: đến)? (\d+)/.exec(text ?? '')?.[1];
  if (number !== undefined) shown.set(subject, Number(number));
}

/** The register on the screen: numbers from 1 on without gap or double, and every number that was shown in its row. */
async function expectRegister(
  kind: 'incoming' | 'outgoing',
  shown: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = await bookRows(workstation, kind);
  const numbers = rows.map((row) => Number.parseInt(row[kind === 'incoming' ? 1 : 0] ?? '', 10));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(await saysContinuous(workstation)).toBe(true);
  for (const [subject, number] of shown)
    expect(rows[number - 1]?.join(' '), `${kind} ${number}`).toContain(subject);
}

/** Whoever finds a number that is not in its file yet puts it there. */
async function finishWhatWasCutShort(): Promise<void> {
  const { page } = workstation;
  for (const subject of decisions) {
    await openOutgoing(workstation, subject);
    await page.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
    const fill = page.getByRole('button', { name: 'Điền số vào văn bản' });
    if (!(await fill.isVisible())) continue;
    await fill.click();
    await page.getByRole('region', { name: 'Quá trình' }).getByText('Điền số, ngày vào văn bản').waitFor();
  }
}

/** mulberry32: numbers from 0 to below 1 that a seed repeats. */
function generatorOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
