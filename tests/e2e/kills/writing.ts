import path from 'node:path';
import type { Locator } from '@playwright/test';
import {
  correct,
  fillCorrection,
  fillRegistration,
  openIncoming,
  openRegistration,
  register,
  saveCorrection,
  takeIn,
} from '../../driver/incoming-acts';
import { openOutgoing } from '../../driver/outgoing-acts';
import { cutAfter } from './cut';
import type { Office } from './office';

/** A filled form; then Enter, and as many more documents as the plug allows. */
export async function cutRegistration(office: Office): Promise<void> {
  const { writer, told, random } = office;
  const first = office.nextDocument();
  const form = await openRegistration(writer);
  await fillRegistration(form, first);
  // Half of the moments are right after Enter, where the write is.
  await cutAfter(writer, random() < 0.5 ? random() * 150 : random() * 2500, async () => {
    await form.getByLabel('Trích yếu').and(form.locator('textarea')).press('Enter');
    const saved = writer.page.getByRole('status', { name: 'Số đến vừa cấp' });
    await saved.filter({ hasText: first.subject }).waitFor();
    remember(told.incoming, first.subject, await saved.textContent());
    for (;;) await registerNext(office);
  });
}

/** One more paper document, with the number that the screen shows for it; gives its trích yếu. */
export async function registerNext(office: Office, fileName?: string): Promise<string> {
  const next = { ...office.nextDocument(), ...(fileName === undefined ? {} : { fileName }) };
  office.told.incoming.set(next.subject, Number(await register(office.writer, next)));
  return next.subject;
}

/** Notes of one document, each written over the one before, as many as the plug allows. */
export async function cutEditing(office: Office): Promise<void> {
  const { writer, told, random } = office;
  const subject = await registerNext(office);
  let written = 0;
  const nextNote = (): string => {
    written += 1;
    return `Sửa lần ${written}.`;
  };
  let saved = nextNote();
  await openIncoming(writer, subject);
  await correct(writer, 'Ghi chú', saved);
  let underWay = nextNote();
  const form = await fillCorrection(writer, 'Ghi chú', underWay);
  told.notes.set(subject, { saved, underWay });
  await cutAfter(writer, random() < 0.5 ? random() * 150 : random() * 2500, async () => {
    await saveCorrection(form);
    for (;;) {
      saved = underWay;
      underWay = nextNote();
      told.notes.set(subject, { saved, underWay });
      await correct(writer, 'Ghi chú', underWay);
    }
  });
}

/** A signed decision and its question; then the answer. */
export async function cutNumbering(office: Office): Promise<void> {
  const { writer, told, random } = office;
  const { page } = writer;
  const { subject, button } = await nextToNumber(office);
  // An earlier cut may have come after the number and before it was in the file.
  const numbered = (await button.textContent()) !== 'Cấp số';
  await button.click();
  await cutAfter(writer, random() * 1200, async () => {
    if (!numbered)
      await page.getByRole('dialog').getByRole('button', { name: 'Cấp số', exact: true }).click();
    const shown = page.getByRole('region', { name: 'Quá trình' }).getByText(/^Cấp số \d+$/);
    await shown.waitFor();
    remember(told.outgoing, subject, await shown.textContent());
  });
}

/** Opens the first decision that still waits for its number, or for its number in the file. */
async function nextToNumber({ writer, decisions }: Office): Promise<{
  readonly subject: string;
  readonly button: Locator;
}> {
  for (const subject of decisions) {
    await openOutgoing(writer, subject);
    const { page } = writer;
    await page.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
    const button = page.getByRole('button', { name: /^(Cấp số|Điền số vào văn bản)$/ });
    if (await button.isVisible()) return { subject, button };
  }
  throw new Error('no decision waits for a number');
}

/** Some megabytes and two documents, all of which begin to go to the server at once. */
export async function cutSending(office: Office): Promise<void> {
  const { writer, province, random } = office;
  await province.stopServer();
  const scan = office.nextScan(2_000_000);
  await takeIn(writer, [scan]);
  await registerNext(office, path.basename(scan));
  await registerNext(office);
  await province.startServer();
  await cutAfter(writer, random() * 1500, () => writer.page.keyboard.press('F9'));
}

/** Whoever finds a number that is not in its file yet puts it there. */
export async function finishNumbering({ writer, decisions }: Office): Promise<void> {
  const { page } = writer;
  for (const subject of decisions) {
    await openOutgoing(writer, subject);
    await page.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
    const fill = page.getByRole('button', { name: 'Điền số vào văn bản' });
    if (!(await fill.isVisible())) continue;
    await fill.click();
    await page.getByRole('region', { name: 'Quá trình' }).getByText('Điền số, ngày vào văn bản').waitFor();
  }
}

function remember(shown: Map<string, number>, subject: string, text: string | null): void {
  const number = /[Ss]ố(?: đến)? (\d+)/.exec(text ?? '')?.[1];
  if (number !== undefined) shown.set(subject, Number(number));
}
