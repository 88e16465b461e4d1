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

/** Cuts when this share of the rows has come; gives how far it was, or null when everything had come already. */
async function cutAt(newcomer: Workstation, share: number, later: number): Promise<Progress | null> {
  await newcomer.signIn(clerk);
  const footer = newcomer.page.getByRole('contentinfo', { name: 'Trạng thái' });
  let reached: Progress | null = null;
  const far = async (): Promise<boolean> => {
    const text = (await footer.textContent()) ?? '';
    reached = progressIn(text);
    return text.includes('Có mạng') || (reached !== null && reached.done >= share * reached.total);
  };
  const moment = async (): Promise<void> => {
    await expect.poll(far, { intervals: [10], timeout: 60_000 }).toBe(true);
    // The counts change when a page has been stored; any moment of the next one is as good.
    await pause(later * 300);
  };
  await cutWhen(newcomer, moment, () => Promise.resolve());
  process.stdout.write(`cut at ${JSON.stringify(reached)} of the first sync\n`);
  return reached;
}

/** How many rows have come, of how many, as the footer says; null when it does not. */
function progressIn(footer: string): Progress | null {
  const [, done, total] = /Đang nhận ([\d.]+)\/([\d.]+)/.exec(footer) ?? [];
  if (done === undefined || total === undefined) return null;
  return { done: Number(done.replaceAll('.', '')), total: Number(total.replaceAll('.', '')) };
}
