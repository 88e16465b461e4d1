import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { type BookKind, bookRows, saysContinuous } from '../driver/book-acts';
import { openIncoming, shownNote } from '../driver/incoming-acts';
import { auditServer } from '../driver/server-admin';
import { compareWithServer, waitingCount } from '../driver/sync-acts';
import type { Workstation } from '../driver/workstation';
import { cutFirstSync } from './kills/first-sync';
import { cutDownload, cutUpload } from './kills/moving';
import { clerk, type Note, Office } from './kills/office';
import { cutEditing, cutNumbering, cutRegistration, cutSending, finishNumbering } from './kills/writing';
import { sha256 } from './papers';
import { seed } from './seed';
import { digestInPage } from './vault-page';

/** `CONG_VAN_KILLS=100` is the whole proof. */
const kills = Number(process.env['CONG_VAN_KILLS'] ?? 7);
/** What a machine of this office reads for the first time. */
const documents = 4_000;

/** What is going on when the plug is pulled. Each leaves its machines open and signed in. */
const cuts = {
  registration: onWriter(cutRegistration),
  editing: onWriter(cutEditing),
  numbering: onWriter(cutNumbering),
  sending: onWriter(cutSending),
  'first sync': cutFirstSync,
  upload: cutUpload,
  download: cutDownload,
} satisfies Readonly<Record<string, (office: Office) => Promise<void>>>;
type Kind = keyof typeof cuts;
const kinds = Object.keys(cuts) as Kind[];
const plan = Array.from({ length: kills }, (_, index) => kinds[index % kinds.length] ?? 'registration');

let office: Office;

test.describe.configure({ mode: 'serial', timeout: 180_000 });

test.beforeAll(async () => {
  const decisions = plan.filter((kind) => kind === 'numbering').length;
  test.setTimeout(120_000 + decisions * 20_000);
  process.stdout.write(`kills: ${kills}, seed: ${seed}\n`);
  office = await Office.open(seed, documents, decisions);
});

test.afterAll(async () => {
  await office?.close();
});

for (const [index, kind] of plan.entries()) {
  test(`SIGKILL ${index + 1} of ${kills}, during ${kind}: what was shown is there, and no number is missing or double`, async () => {
    await cuts[kind](office);
    await expectTold(office.writer, [...office.told.notes].slice(-1));
  });
}

test('after all of it every machine, a fresh one and the server hold the same rows and files', async () => {
  const { writer, told, province } = office;
  test.setTimeout(180_000 + (told.files.length + told.notes.size) * 10_000);
  await finishNumbering(office);
  await writer.settle();
  expect(await waitingCount(writer)).toBe(0);
  expect(await auditServer(province)).toBe('no fault');
  expect(await compareWithServer(writer)).toBe(true);
  const fresh = await office.bringIn();
  await fresh.signIn(clerk);
  await fresh.settle();
  expect(await compareWithServer(fresh)).toBe(true);
  await expectTold(fresh, [...told.notes]);
  for (const kind of ['incoming', 'outgoing'] as const)
    expect(await bookRows(fresh, kind)).toEqual(await bookRows(writer, kind));
  for (const file of told.files) {
    const digest = sha256(readFileSync(file));
    await expect.poll(() => digestInPage(fresh, digest), { timeout: 120_000 }).toBe(digest);
  }
});

/** A cut of the machine on which people write; it is opened again. */
function onWriter(cut: (office: Office) => Promise<void>): (office: Office) => Promise<void> {
  return async (cutOffice) => {
    await cut(cutOffice);
    await cutOffice.writer.reopen();
    await cutOffice.writer.signIn(clerk);
  };
}

type Notes = readonly (readonly [string, Note])[];

/** Both registers and these notes on the screen of a machine: all that was told is there, once. */
async function expectTold(machine: Workstation, notes: Notes): Promise<void> {
  await expectRegister(machine, 'incoming');
  await expectRegister(machine, 'outgoing');
  for (const [subject, { saved, underWay }] of notes) {
    await openIncoming(machine, subject);
    const note = (await shownNote(machine).textContent()) ?? '';
    expect(
      [saved, underWay].some((text) => note.endsWith(text)),
      `${subject} ${note}`,
    ).toBe(true);
    // It stays what it was found to be.
    const found = note.endsWith(underWay) ? underWay : saved;
    office.told.notes.set(subject, { saved: found, underWay: found });
  }
}

/** The register on the screen: numbers from 1 on without gap or double, and every number that was shown in its row. */
async function expectRegister(machine: Workstation, kind: BookKind): Promise<void> {
  const rows = await bookRows(machine, kind);
  const numbers = rows.map((row) => Number.parseInt(row[kind === 'incoming' ? 1 : 0] ?? '', 10));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(await saysContinuous(machine)).toBe(true);
  const texts = rows.map((row) => row.join(' '));
  for (const [subject, number] of office.told[kind]) {
    expect(texts[number - 1], `${kind} ${number}`).toContain(subject);
    expect(
      texts.filter((text) => text.includes(subject)),
      'exactly once',
    ).toHaveLength(1);
  }
}
