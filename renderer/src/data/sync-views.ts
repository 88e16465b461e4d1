import { useMemo } from 'react';
import type { MangoQuerySelector } from 'rxdb';
import { asyncScheduler, type Observable, switchMap, throttleTime } from 'rxjs';
import type { Database, OutboxEntry } from './database';
import { useStream, useWorkplace } from './hooks';
import { liveRows } from './live-rows';
import type { RoundRecord } from './sync-record';
import { nothingStuck, type Stuck, watchRounds, watchStuck } from './sync-standing';
import { watchAnswered } from './waiting';

/** While answers come in, what waits is read anew at most this often. */
const waitingEveryMs = 300;

/** The operations that wait for the server, oldest first: exactly what the footer counts. */
export function useWaiting(limit: number): readonly OutboxEntry[] {
  const { database } = useWorkplace();
  const stream = useMemo(
    () =>
      watchAnswered(database).pipe(
        throttleTime(waitingEveryMs, asyncScheduler, { leading: true, trailing: true }),
        switchMap((answered) => watchEntries(database, { status: 'pending', n: { $gt: answered } }, limit)),
      ),
    [database, limit],
  );
  return useStream<readonly OutboxEntry[]>(stream, []);
}

/** The operations that the server has refused, oldest first; `seen`: those that a person has put away. */
export function useRefused(status: 'rejected' | 'seen', limit = 500): readonly OutboxEntry[] {
  const { database } = useWorkplace();
  const stream = useMemo(() => watchEntries(database, { status }, limit), [database, status, limit]);
  return useStream<readonly OutboxEntry[]>(stream, []);
}

function watchEntries(
  { ledger }: Database,
  selector: MangoQuerySelector<OutboxEntry>,
  limit: number,
): Observable<readonly OutboxEntry[]> {
  return liveRows(ledger.outbox, { selector, sort: [{ n: 'asc' }], limit });
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
