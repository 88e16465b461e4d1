import { useMemo } from 'react';
import type { OutboxEntry } from './database';
import { useStream, useWorkplace } from './hooks';
import { liveRows } from './live-rows';
import type { RoundRecord } from './sync-record';
import { nothingStuck, type Stuck, watchRounds, watchStuck } from './sync-standing';

/** The operations in one state, oldest first: exactly what the footer counts. */
export function useOutbox(status: OutboxEntry['status'], limit = 500): readonly OutboxEntry[] {
  const { database } = useWorkplace();
  const stream = useMemo(
    () => liveRows(database.ledger.outbox, { selector: { status }, sort: [{ n: 'asc' }], limit }),
    [database, status, limit],
  );
  return useStream<readonly OutboxEntry[]>(stream, []);
}

/** What synchronisation cannot settle by itself, besides refused work and conflicts. */
export function useStuck(): Stuck {
  const workplace = useWorkplace();
  return useStream(
    useMemo(() => watchStuck(workplace), [workplace]),
    nothingStuck,
  );
}

/** The last rounds that did something, the newest first; null until read. */
export function useRounds(): readonly RoundRecord[] | null {
  const workplace = useWorkplace();
  return useStream<readonly RoundRecord[] | null>(
    useMemo(() => watchRounds(workplace), [workplace]),
    null,
  );
}
