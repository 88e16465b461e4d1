import { describe, expect, it } from 'vitest';
import type { Session } from '../../../server/storage/port';
import { actForRestore, actForServer } from '../../../server/storage/scope';
import { sqlTransaction } from '../../../server/storage/sql-transaction';
import { type Office, register, takeBook } from './office';

/** What the database refuses of a chain of numbers when an operation ends, whatever program writes (N2, N4). */
export function numberChainRules(office: () => Office): void {
  const start = async () => {
    const unit = await office().newUnit();
    const device = await office().newDevice(unit);
    const { id } = await takeBook(device, 'incoming');
    for (const name of ['a', 'b']) await register(device, `${name}-${unit}`);
    return { unit, id };
  };
  const numberOf = (id: string, n: number) => `${id}:${String(n).padStart(6, '0')}`;
  /** Adds number `n` as a copy of the second one and moves the head of the book behind it. */
  const insert = async (session: Session, id: string, n: number, fields: object) => {
    await session.query(
      `insert into entity select coll, $2, unit, 1, data || $3::jsonb, stamps, buckets, 'test'
       from entity where id = $1`,
      [numberOf(id, 2), numberOf(id, n), JSON.stringify({ n, document: `new-${n}`, ...fields })],
    );
    await session.query(
      `update entity set data = data || jsonb_build_object('next', $2::int) where id = $1`,
      [id, n + 1],
    );
  };
  const undone = new Error('undone');
  /** Inserts, lets the deferred rules look, and leaves nothing behind. */
  const tryInsert = (id: string, n: number, fields: object, act = actForServer) =>
    office().server.context.database.transaction('read-write', async (session) => {
      await act(session);
      await insert(session, id, n, fields);
      await session.query('set constraints all immediate');
      throw undone;
    });
  const refused = { code: '22023' };

  describe('chain of numbers in the database', () => {
    it('the number that follows passes, so that the other cases fail by their own fault', async () => {
      const { id } = await start();
      await expect(tryInsert(id, 3, {})).rejects.toBe(undone);
    });

    it('N2: none after a gap', async () => {
      const { id } = await start();
      await expect(tryInsert(id, 4, {})).rejects.toMatchObject(refused);
    });

    it('N4: none of an earlier epoch than the one before, none of a later one than the book', async () => {
      const { id } = await start();
      await expect(tryInsert(id, 3, { epoch: 0 })).rejects.toMatchObject(refused);
      await expect(tryInsert(id, 3, { epoch: 9 })).rejects.toMatchObject(refused);
    });

    it('what a backup puts back is not asked', async () => {
      const { id } = await start();
      await expect(tryInsert(id, 4, {}, actForRestore)).rejects.toBe(undone);
    });

    it('a breach refuses the one operation: what was done before it in the transaction stands', async () => {
      const { id } = await start();
      const { database } = office().server.context;
      await database.transaction('read-write', async (session) => {
        const tx = sqlTransaction(session);
        await tx.actForServer();
        await tx.holdName('before');
        await expect(tx.attempt(() => insert(session, id, 4, {}))).rejects.toMatchObject({
          code: 'INVALID_INPUT',
        });
        expect(await tx.readRow('books', id)).toMatchObject({ next: 3 });
      });
    });
  });
}
