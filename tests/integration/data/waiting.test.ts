import type { AnsweredMark } from '@shared/sync/client/answered-marks';
import type { OutboxEntry } from '@shared/sync/client/outbox-entry';
import { positionKey } from '@shared/sync/client/position';
import { Serial } from '@shared/sync/serial';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { Subscription } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../renderer/src/data/database';
import { watchWaiting } from '../../../renderer/src/data/waiting';

let database: Database;
let subscription: Subscription;
let seen: number[][];

const entry = (n: number, status: OutboxEntry['status'] = 'pending'): OutboxEntry => ({
  id: `D:${n}`,
  n,
  status,
  operation: { op: `D:${n}`, n, command: 'incoming.comment', actor: 'p', at: '', changes: [] },
  reason: '',
});
const answered = (...answered: readonly AnsweredMark[]) =>
  database.ledger.state.upsert({ id: positionKey, value: { answered } });
const add = (...entries: readonly OutboxEntry[]) => database.ledger.outbox.bulkUpsert([...entries]);
const waiting = () => expect.poll(() => seen.at(-1), { timeout: 5_000 });

beforeEach(async () => {
  const storage = getRxStorageMemory() as never;
  database = await openDatabase({ view: storage, ledger: storage }, new Serial());
  seen = [];
});
afterEach(async () => {
  subscription.unsubscribe();
  await database.view.remove();
  await database.ledger.remove();
});

function watch(): void {
  subscription = watchWaiting(database).subscribe((kept) => {
    seen.push([...kept.values()].sort((a, b) => a - b));
  });
}

describe('D05: what waits for the server, as the footer counts it', () => {
  it('is what no mark has answered, from the start on and while marks come', async () => {
    await add(entry(1), entry(2), entry(3, 'rejected'), entry(4), entry(5));
    await answered({ through: 2, at: 1 });
    watch();
    await waiting().toEqual([4, 5]);
    await answered({ through: 4, at: 1 });
    await waiting().toEqual([5]);
    await add(entry(6));
    await waiting().toEqual([5, 6]);
    await add(entry(5, 'rejected'));
    await waiting().toEqual([6]);
    await answered({ through: 6, at: 1 });
    await waiting().toEqual([]);
  });

  it('is everything again that a restored server has not answered, though no entry was written', async () => {
    await add(entry(1), entry(2), entry(3));
    await answered({ through: 3, at: 1 });
    watch();
    await waiting().toEqual([]);
    await answered();
    await waiting().toEqual([1, 2, 3]);
    await answered({ through: 1, at: 1 });
    await waiting().toEqual([2, 3]);
  });
});
