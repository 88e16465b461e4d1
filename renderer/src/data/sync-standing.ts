import type { ErrorCode } from '@shared/result/codes';
import type { HeldBucket } from '@shared/sync/client/removal-guard';
import { filter, type Observable, shareReplay, startWith, switchMap } from 'rxjs';
import type { Database, OutboxEntry } from './database';
import type { LocalStore, QuarantinedRow } from './local-store';
import { plain, readStoredById } from './read-rows';
import { type RoundRecord, readSyncRecord } from './sync-record';
import type { Workplace } from './workplace';

/** What synchronisation cannot settle by itself, besides refused work and conflicts. */
export type Stuck = {
  /** The operation that the server does not take, and what it says; what follows it waits. */
  readonly blocked: { readonly code: ErrorCode; readonly entry: OutboxEntry } | null;
  /** Parts that are not read on because too many rows would go at once. */
  readonly held: readonly HeldBucket[];
  /** Rows of the server that did not have the agreed shape. */
  readonly quarantined: readonly QuarantinedRow[];
};

export const nothingStuck: Stuck = { blocked: null, held: [], quarantined: [] };

type Parts = Pick<Workplace, 'store' | 'database' | 'replication'>;

/** Live; it changes with rounds only, and what a person decides about it is followed by one. */
export const watchStuck = shared(async ({ store, database }): Promise<Stuck> => {
  return {
    blocked: await readBlocked(store, database),
    held: await store.heldBuckets(),
    quarantined: await store.quarantined(),
  };
});

async function readBlocked(store: LocalStore, { ledger }: Database): Promise<Stuck['blocked']> {
  const blocked = await store.blocked();
  if (blocked === null) return null;
  const [entry] = await readStoredById(ledger.outbox, [blocked.op]);
  return entry === undefined ? null : { code: blocked.code, entry: plain(entry) };
}

/** The last rounds that did something, the newest first, also those of earlier starts of the program. */
export const watchRounds = shared(
  async ({ store }): Promise<readonly RoundRecord[]> => (await readSyncRecord(store.state)).rounds,
);

/** Reads at the start and after every round; everybody who asks shares the reading. */
function shared<T>(read: (parts: Parts) => Promise<T>): (parts: Parts) => Observable<T> {
  const known = new WeakMap<Parts, Observable<T>>();
  return (parts) => {
    const found =
      known.get(parts) ??
      parts.replication.state.pipe(
        filter(({ busy }) => !busy),
        startWith(null),
        switchMap(() => read(parts)),
        shareReplay({ bufferSize: 1, refCount: false }),
      );
    known.set(parts, found);
    return found;
  };
}
