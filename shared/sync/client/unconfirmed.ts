import { keptOf } from '../../domain/refused-number';
import type { Operation } from '../operation';
import { Overlay } from '../overlay';
import type { OutboxTable } from './local-database';
import type { OutboxEntry, OutboxTables } from './outbox-entry';
import type { Rewritings } from './rewritings';

const pageSize = 500;

/** Every entry with a number above `n`, in order, page by page. */
export async function* entriesAfter(outbox: OutboxTable, n: number): AsyncGenerator<OutboxEntry> {
  let from = n;
  for (;;) {
    const page = await outbox.after(from, pageSize);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    from = last.n;
  }
}

/**
 * What the rows on the screen show of this work: nothing of what the server has refused, even when it is sent once more,
 * but the number that the server keeps of it. Null for nothing.
 */
export function shownOf({ status, refusedAs, reason, operation }: OutboxEntry): Operation | null {
  if ((status === 'pending' || status === 'done') && refusedAs === undefined) return operation;
  if (reason !== 'NUMBER_CANCELLED') return null;
  return { ...operation, changes: keptOf(operation.changes, reason, operation.at) };
}

/**
 * The overlay of this window, kept equal to the outbox that all windows write. `refresh` is called inside the lock: what
 * another window has appended since is read, and everything only where entries were rewritten.
 */
export class Unconfirmed {
  readonly overlay = new Overlay();
  private readonly outbox: OutboxTables;
  private readonly rewritings: Rewritings;
  private last = 0;
  /** The count of rewritings when everything was read. */
  private readAt: number | null = null;

  constructor(outbox: OutboxTables, rewritings: Rewritings) {
    this.outbox = outbox;
    this.rewritings = rewritings;
  }

  /** Operations up to `confirmed` are contained in the stored rows. */
  async refresh(confirmed: number): Promise<void> {
    const { count } = await this.rewritings.read();
    if (count !== this.readAt) {
      this.overlay.clear();
      this.last = await this.beforeFirst(confirmed);
      this.readAt = count;
    }
    // What waits and what was answered is shown alike.
    for await (const entry of entriesAfter(this.outbox.stored, this.last)) this.take(entry);
  }

  /** What was not answered counts whatever is said of its number: it may be other work than the server's. */
  private async beforeFirst(confirmed: number): Promise<number> {
    const waiting = (await this.outbox.entries.inStatus('pending', 0, 1))[0];
    return Math.min(confirmed, (waiting?.n ?? Number.POSITIVE_INFINITY) - 1);
  }

  private take(entry: OutboxEntry): void {
    const shown = shownOf(entry);
    if (shown !== null) this.overlay.add(shown);
    this.last = entry.n;
  }
}
