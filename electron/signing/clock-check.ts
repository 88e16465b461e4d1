import { AppError } from '@shared/result/result';

/** Clocks of machines differ by minutes without harm. */
const toleranceMs = 5 * 60_000;

/**
 * Refuses to sign with a clock that runs behind a moment which has certainly passed: the newest signature of the file, or
 * the last time that the server told. Milliseconds since 1970; null where nothing is known. Throws CLOCK_BEHIND.
 */
export function refuseSlowClock(now: number, passed: readonly (number | null)[]): void {
  if (passed.some((moment) => moment !== null && now < moment - toleranceMs))
    throw new AppError('CLOCK_BEHIND');
}
