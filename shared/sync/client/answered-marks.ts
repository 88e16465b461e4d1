import type { OutboxTable } from './local-database';
import type { OutboxEntry } from './outbox-entry';

/**
 * Everything that still waited up to a number was done by the server at a moment of its clock (milliseconds). One mark stands
 * for hundreds of entries that need not be written again when their answer comes.
 */
export type AnsweredMark = { readonly through: number; readonly at: number };

const dayMs = 86_400_000;
/** One mark a day; beyond this the oldest entries are taken for younger than they are, and kept longer. */
const mostMarks = 60;

/** The number up to which nothing waits any more; 0 for none. */
export function answeredThrough(marks: readonly AnsweredMark[]): number {
  return marks.at(-1)?.through ?? 0;
}

/** The marks with one more; it takes the place of another one of the same day. */
export function withMark(marks: readonly AnsweredMark[], mark: AnsweredMark): readonly AnsweredMark[] {
  const last = marks.at(-1);
  const sameDay = last !== undefined && Math.floor(last.at / dayMs) === Math.floor(mark.at / dayMs);
  return [...(sameDay ? marks.slice(0, -1) : marks), mark].slice(-mostMarks);
}

/** Whether an entry may be answered by a mark: nothing but its status would change. */
export function isPlain({ reason, refusedAs }: OutboxEntry): boolean {
  return reason === '' && refusedAs === undefined;
}

/** An entry with what the marks say of it. */
export function standingOf(entry: OutboxEntry, marks: readonly AnsweredMark[]): OutboxEntry {
  if (entry.status !== 'pending' || !isPlain(entry)) return entry;
  const mark = marks.find(({ through }) => entry.n <= through);
  return mark === undefined ? entry : { ...entry, status: 'done', answeredAt: mark.at };
}

/** The table with the marks applied to what it gives. `marks` gives those that are stored now. */
export function markedOutbox(table: OutboxTable, marks: () => Promise<readonly AnsweredMark[]>): OutboxTable {
  const standing = async (entries: readonly OutboxEntry[]): Promise<readonly OutboxEntry[]> => {
    if (!entries.some(({ status }) => status === 'pending')) return entries;
    const known = await marks();
    return entries.map((entry) => standingOf(entry, known));
  };
  const done = async (n: number, limit: number): Promise<readonly OutboxEntry[]> => {
    const written = await table.inStatus('done', n, limit);
    if (n >= answeredThrough(await marks())) return written;
    const marked = (await standing(await table.inStatus('pending', n, limit))).filter(
      ({ status }) => status === 'done',
    );
    return [...written, ...marked].sort((a, b) => a.n - b.n).slice(0, limit);
  };
  return {
    read: async (ids) =>
      new Map((await standing([...(await table.read(ids)).values()])).map((entry) => [entry.id, entry])),
    after: async (n, limit) => standing(await table.after(n, limit)),
    inStatus: async (status, n, limit) => {
      if (status === 'done') return done(n, limit);
      if (status !== 'pending') return table.inStatus(status, n, limit);
      return table.inStatus(status, Math.max(n, answeredThrough(await marks())), limit);
    },
    write: (put, remove) => table.write(put, remove),
  };
}
