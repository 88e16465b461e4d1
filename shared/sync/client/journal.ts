import type { IntakeItem } from '../../schema/documents';
import type { Operation } from '../operation';

/**
 * A second record of the operations of this device, beside the database and not damaged with it. A method resolves when
 * its effect survives the loss of power. Operations are known by their number `n`; the last line for a number counts.
 */
export type Journal = {
  /** Errors: DISK_FULL, IO: then nothing is acknowledged. */
  append(operation: Operation): Promise<void>;
  /** Operations with a number above `n`, in order, at most `limit`; what cannot be read any more is left out. */
  read(n: number, limit: number): Promise<readonly Operation[]>;
  /** Rewrites every operation that has to do with a removed item so that it tells nothing of it (`rewrittenFor`). */
  forget(item: IntakeItem): Promise<void>;
  /** All lines from number `n` on are void; these operations stand there instead. */
  replaceFrom(n: number, operations: readonly Operation[]): Promise<void>;
  /** Lines up to `n` are not needed any more. */
  prune(n: number): Promise<void>;
};

/** For a device that keeps no journal: the outbox alone is its record. */
export const noJournal: Journal = {
  append: () => Promise.resolve(),
  read: () => Promise.resolve([]),
  forget: () => Promise.resolve(),
  replaceFrom: () => Promise.resolve(),
  prune: () => Promise.resolve(),
};
