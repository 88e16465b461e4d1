import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@playwright/test';
import type { Workstation } from '../../driver/workstation';

/** Lets work go on at a machine, and pulls its plug after so long. */
export async function cutAfter(
  machine: Workstation,
  afterMs: number,
  work: () => Promise<void>,
): Promise<void> {
  await cutWhen(machine, () => pause(afterMs), work);
  process.stdout.write(`cut ${Math.round(afterMs)} ms after the beginning\n`);
}

/** Lets work go on at a machine, and pulls its plug when `moment` has come. */
export async function cutWhen(
  machine: Workstation,
  moment: () => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  const killing = moment().then(() => machine.kill());
  const [worked, killed] = await Promise.allSettled([work(), killing]);
  if (killed.status === 'rejected') throw killed.reason;
  // The screen went away under the driver's hands; anything else is a fault of the screen.
  const reason = worked.status === 'rejected' ? String(worked.reason) : '';
  expect(reason).toMatch(/^$|closed|crashed|disconnected/);
}
