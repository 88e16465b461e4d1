import type { FileRef } from '../../schema/values';

/** A file that is to be moved, with what decides when. */
export type Waiting = {
  readonly file: FileRef;
  readonly direction: 'up' | 'down';
  /** Days (`YYYY-MM-DD`) of the meetings that have it among their papers. */
  readonly meetingDays: readonly string[];
  /** When the newest row that names it was made, in milliseconds since 1970. */
  readonly madeAt: number;
};

/** The moment at which the order is made. */
export type Moment = {
  readonly today: string;
  /** The day after `today`. */
  readonly tomorrow: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** SHA-256 of the files that a person has opened and waits for. */
  readonly opened: ReadonlySet<string>;
};

const dayMs = 24 * 3_600_000;
/** Ages at which a row passes into the next class: a day, a week, a month, a year. */
const ages = [dayMs, 7 * dayMs, 31 * dayMs, 366 * dayMs];

/** How soon a file is needed: 0 first. Papers of a meeting today or tomorrow, what is opened, what waits to be sent, the newest. */
export function needOf(waiting: Waiting, { today, tomorrow, now, opened }: Moment): number {
  if (waiting.meetingDays.some((day) => day === today || day === tomorrow)) return 0;
  if (opened.has(waiting.file.sha256)) return 1;
  // What is here only comes before what the server keeps safe anyway.
  if (waiting.direction === 'up') return 2;
  return 3 + ages.filter((age) => now - waiting.madeAt > age).length;
}

/** The order in which files are moved: by need, within the same need small ones first, then the newest. */
export function inOrderOfNeed(files: readonly Waiting[], moment: Moment): readonly Waiting[] {
  return files
    .map((waiting) => ({ waiting, need: needOf(waiting, moment) }))
    .sort(
      (a, b) =>
        a.need - b.need || a.waiting.file.size - b.waiting.file.size || b.waiting.madeAt - a.waiting.madeAt,
    )
    .map(({ waiting }) => waiting);
}
