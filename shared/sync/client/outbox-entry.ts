import type { Operation } from '../operation';
import type { OutboxTable } from './local-database';

/**
 * 'seen': it was refused, and a person has read why and put it away. What is stored as 'pending' may have been answered: the
 * marks of the position say so (`standingOf`).
 */
export type OutboxStatus = 'pending' | 'done' | 'rejected' | 'seen';

/** One acknowledged operation and what became of it. */
export type OutboxEntry = {
  /** The operation's `op`. */
  readonly id: string;
  readonly n: number;
  readonly status: OutboxStatus;
  readonly operation: Operation;
  /** Why the server refused it, before it became pending again too: a code, or ''. */
  readonly reason: string;
  /** When the server answered, in milliseconds of ITS clock; absent while unanswered. */
  readonly answeredAt?: number;
  /** What it was before it became pending again (the server was restored): refused work is sent again, but not shown. */
  readonly refusedAs?: 'rejected' | 'seen';
};

/** The outbox as it is stored, which is quicker, and with the entries as they stand (`markedOutbox`). */
export type OutboxTables = { readonly stored: OutboxTable; readonly entries: OutboxTable };
