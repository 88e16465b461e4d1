import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { compareWithServer, receivedInRounds } from '../../driver/sync-acts';
import type { Workstation } from '../../driver/workstation';
import { cutAfter, cutWhen } from './cut';
import { clerk, type Office } from './office';

/** What a cut may cost of what had come: the page that was being stored, and the one on its way. */
const twoPages = 1_000;

type Progress = { readonly done: number; readonly total: number };

/** A new machine is cut while it reads everything for the first time; it goes on, and ends with the rows of the server. */
export async function cutFirstSync(office: Office): Promise<void> {
  const { random } = office;
  const newcomer = await office.bringIn();
  // Reading has begun before anybody has signed in; its counts are seen afterwards.
  const reached =
    random() < 0.3 ? await cutAtSignIn(newcomer, random()) : await cutAt(newcomer, random(), random());
  await newcomer.reopen();
  await newcomer.signIn(clerk);
  await newcomer.settle();
  expect(await compareWithServer(newcomer)).toBe(true);
  if (reached === null) return;
  const left = reached.total - reached.done;
  expect(await receivedInRounds(newcomer), 'it goes on where it was').toBeLessThanOrEqual(left + twoPages);
}

async function cutAtSignIn(newcomer: Workstation, share: number): Promise<null> {
  await cutAfter(newcomer, share * 1500, () => newcomer.signIn(clerk));
  return null;
}

/**
 * Cuts when this share of the rows has come; gives how far it was, or null when so little was left that everything may have
 * come before the cut.
 */
async function cutAt(newcomer: Workstation, share: number, later: number): Promise<Progress | null> {
  await newcomer.signIn(clerk);
  const footer = newcomer.page.getByRole('contentinfo', { name: 'Trạng thái' });
  const text = async (): Promise<string> => (await footer.textContent()) ?? '';
  const isFar = async (): Promise<boolean> => {
    const said = await text();
    const known = progressIn(said);
    return said.includes('Có mạng') || (known !== null && known.done >= share * known.total);
  };
  const last: { said: string } = { said: '' };
  const moment = async (): Promise<void> => {
    await expect.poll(isFar, { intervals: [10], timeout: 60_000 }).toBe(true);
    // The counts change when a page has been stored; any moment of the next one is as good.
    await pause(later * 300);
    last.said = await text();
  };
  await cutWhen(newcomer, moment, () => Promise.resolve());
  const reached = progressIn(last.said);
  process.stdout.write(`cut at ${JSON.stringify(reached)} of the first sync\n`);
  return reached === null || reached.total - reached.done <= twoPages ? null : reached;
}

/** How many rows have come, of how many, as the footer says; null when it does not. */
function progressIn(footer: string): Progress | null {
  const [, done, total] = /Đang nhận ([\d.]+)\/([\d.]+)/.exec(footer) ?? [];
  if (done === undefined || total === undefined) return null;
  return { done: Number(done.replaceAll('.', '')), total: Number(total.replaceAll('.', '')) };
}
