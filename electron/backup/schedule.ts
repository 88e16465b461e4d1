import { dayInHanoi } from '@shared/text/time';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Nobody has touched the machine for this long: copying disturbs nobody. */
const idleEnoughSeconds = 5 * 60;
/** A backup that was missed for this long is made although somebody works. */
const overdueMs = 36 * hourMs;
const testEveryMs = 30 * dayMs;
const warnAfterMs = 3 * dayMs;

/** Whether today's backup is to be made now: at the first idle time of the day, or at once when one was missed. */
export function isBackupDue(lastMs: number, nowMs: number, idleSeconds: number): boolean {
  if (lastMs > nowMs || nowMs - lastMs > overdueMs) return true;
  return dayInHanoi(lastMs) !== dayInHanoi(nowMs) && idleSeconds >= idleEnoughSeconds;
}

/** Whether the monthly restore for trial is to be made now. */
export function isTestDue(lastMs: number, nowMs: number, idleSeconds: number): boolean {
  return (lastMs > nowMs || nowMs - lastMs > testEveryMs) && idleSeconds >= idleEnoughSeconds;
}

/** Whether a person is to be warned that there has been no backup for three days. */
export function isBackupOverdue(lastMs: number, nowMs: number): boolean {
  return nowMs - lastMs > warnAfterMs;
}
