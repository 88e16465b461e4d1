const firstMs = 30_000;
const longestMs = 3_600_000;

/** When a file that could not be moved so many times in a row is tried again: after 30 s, then twice as long each time, up to an hour. */
export function nextTry(failures: number, now: number): number {
  return now + Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 10));
}
