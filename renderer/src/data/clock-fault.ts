/** A clock that is off by more than this is told; signing and numbering have their own, wider limits. */
const toleratedMs = 5 * 60_000;

/** Whether this machine's clock, so far ahead of the server's (milliseconds, negative: behind), has to be set. */
export function isClockOff(aheadMs: number): boolean {
  return Math.abs(aheadMs) > toleratedMs;
}
