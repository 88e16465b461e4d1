import { keptOf } from '../../domain/refused-number';
import type { Operation } from '../operation';
import { Overlay } from '../overlay';
import type { OutboxTable } from './local-database';
import type { OutboxEntry } from './outbox-entry';

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
 * another window has appended since is read, and nothing else.
 */
export class Unconfirmed {
  readonly overlay = new Overlay();
  private readonly outbox: OutboxTable;
  private last: number | null = null;
  /** Operations up to this number are left out, because the stored rows contained them. */
  private without = 0;

  constructor(outbox: OutboxTable) {
    this.outbox = outbox;
  }

  /**
   * Operations up to `confirmed` are contained in the stored rows. Fewer than it was: another window has met a server that
   * was restored.
   */
  async refresh(confirmed: number): Promise<void> {
    const from = this.last;
    if (from === null || confirmed < this.without || !(await this.readOn(from)))
      await this.readAll(confirmed);
  }

  /** Operations up to `n` are left out from now on. */
  confirmThrough(n: number): void {
    this.overlay.confirmThrough(n);
    this.without = Math.max(this.without, n);
  }

  /** What is known is read anew the next time: entries were changed or have other numbers. */
  forgetAll(): void {
    this.last = null;
  }

  private async readAll(confirmed: number): Promise<void> {
    this.overlay.clear();
    // What was not answered counts whatever is said of its number: it may be other work than the server's.
    const waiting = (await this.outbox.inStatus('pending', 0, 1))[0];
    const from = Math.min(confirmed, (waiting?.n ?? Number.POSITIVE_INFINITY) - 1);
    this.last = from;
    this.without = from;
    for await (const entry of entriesAfter(this.outbox, from)) this.take(entry);
  }

  /** Takes what was appended; false where more than that has changed: a removal rewrites what was there before. */
  private async readOn(from: number): Promise<boolean> {
    for await (const entry of entriesAfter(this.outbox, from)) {
      if (entry.operation.command === 'intake.purge') return false;
      this.take(entry);
    }
    return true;
  }

  private take(entry: OutboxEntry): void {
    const shown = shownOf(entry);
    if (shown !== null) this.overlay.add(shown);
    this.last = entry.n;
  }
}
