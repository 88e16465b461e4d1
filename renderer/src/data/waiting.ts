import { answeredThrough } from '@shared/sync/client/answered-marks';
import { type Position, positionKey } from '@shared/sync/client/position';
import { distinctUntilChanged, first, map, type Observable, scan, shareReplay, switchMap } from 'rxjs';
import type { Database } from './database';
import { followRows } from './follow-rows';
import { liveRowsById } from './live-rows';

/** Live: the number of the own operations up to which nothing waits for the server any more. */
export function watchAnswered({ ledger }: Pick<Database, 'ledger'>): Observable<number> {
  return liveRowsById(ledger.state, [positionKey]).pipe(
    map(([entry]) => answeredThrough((entry?.value as Partial<Position> | undefined)?.answered ?? [])),
    distinctUntilChanged(),
  );
}

/** Live: the numbers of the operations that wait for the server, by their ids. */
export function watchWaiting(database: Pick<Database, 'ledger'>): Observable<ReadonlyMap<string, number>> {
  const answered = watchAnswered(database).pipe(shareReplay({ bufferSize: 1, refCount: true }));
  const { outbox } = database.ledger;
  return answered.pipe(
    // Another history of a restored server has answered less: what it has not waits again, without a word of its own.
    scan((known, now) => ({ at: now, history: now < known.at ? known.history + 1 : known.history }), {
      at: 0,
      history: 0,
    }),
    map(({ history }) => history),
    distinctUntilChanged(),
    switchMap(() => answered.pipe(first())),
    switchMap((from) =>
      followRows(
        outbox,
        [{ where: { status: 'pending' }, by: 'n', from }],
        ({ status, n }) => (status === 'pending' ? n : null),
        answered.pipe(map((through) => (n: number) => n <= through)),
      ),
    ),
  );
}
