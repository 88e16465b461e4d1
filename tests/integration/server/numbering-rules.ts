import { describe, expect, it } from 'vitest';
import { type Office, register, takeBook } from './office';
import type { Change, PlainClient, Row } from './plain-client';
import { change, newIncoming, newIntake, nextNumber } from './rows';

/** Books: one owner, every number once, in the order of days. */
export function numberingRules(office: () => Office): void {
  const lease = (device: PlainClient, body: Record<string, unknown>) =>
    device.post<{ granted: boolean; owner: string; row: Row }>('/v1/books/lease', {
      kind: 'incoming',
      year: 2026,
      series: 'chung',
      next: 0,
      headHash: '',
      ...body,
    });
  const acquire = { action: 'acquire' };
  const start = async () => {
    const unit = await office().newUnit();
    const device = await office().newDevice(unit);
    return { unit, clerk: `${unit}-clerk`, device, book: await takeBook(device, 'incoming') };
  };

  describe('numbering', () => {
    it('Điều 15.1, 22.2: a book runs 01, 02, 03 and its chain holds', async () => {
      const { device, book } = await start();
      for (const id of ['a', 'b', 'c'])
        expect(await register(device, `run-${id}`)).toMatchObject({ status: 'ok' });
      await device.pull();
      expect(device.row('books', book.id).data).toMatchObject({ next: 4, lastDate: '2026-03-02' });
      const numbers = [1, 2, 3].map((n) => device.row('numbers', `${book.id}:00000${n}`).data);
      expect(numbers.map((entry) => entry['n'])).toEqual([1, 2, 3]);
      expect(numbers[2]?.['prev']).toBe(numbers[1]?.['hash']);
      expect(await office().admin('audit')).toContain('no fault');
    });

    it('Điều 15.1.c: a book that several machines open at the same moment is one book, and nobody is refused', async () => {
      const unit = await office().newUnit();
      const clerk = `${unit}-clerk`;
      const devices = await Promise.all(Array.from({ length: 6 }, () => office().newDevice(unit)));
      const opened = (series: string): Change => {
        const id = `${unit}:outgoing:2026:${series}`;
        const empty = { owner: '', epoch: 0, next: 1, lastDate: '', headHash: '' };
        const patch = { id, unit, kind: 'outgoing', year: 2026, series, ...empty };
        return { coll: 'books', id, base: 0, create: true, patch };
      };
      const emptied = {
        state: 'purged',
        at: '',
        by: clerk,
        file: null,
        problem: '',
        incomingId: '',
        note: '',
      };
      const removal = ({ coll, id }: Change): Change => {
        return { coll, id, base: 1, create: false, patch: emptied };
      };
      for (const round of ['mot', 'hai', 'ba', 'bon', 'nam', 'sau']) {
        const both = [opened(`${round}-a`), opened(`${round}-b`)];
        const pushes = await Promise.all(
          devices.map(async (device, at) => {
            const item = newIntake(unit, `${unit}-${round}-${at}`);
            await device.act(clerk, 'intake.add', item);
            const changes = at % 2 === 0 ? both : both.toReversed();
            // With the removal behind it each operation has a transaction of its own.
            return [
              device.operation(clerk, 'book.create', changes),
              device.operation(clerk, 'intake.purge', [removal(item)], device.lastN + 2),
            ];
          }),
        );
        const answers = await Promise.all(devices.map((device, at) => device.push(...(pushes[at] ?? []))));
        for (const { results } of answers)
          expect(results.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['ok ', 'ok ']);
      }
      expect(await office().admin('audit')).toContain('no fault');
    });

    it('a book has one owner until he gives it back; each owner gets the next epoch', async () => {
      const { unit, device, book } = await start();
      const second = await office().newDevice(unit);
      expect(book.data).toMatchObject({ owner: device.device, epoch: 1, next: 1 });
      expect(await lease(device, acquire)).toMatchObject({ granted: true, row: { rev: book.rev } });
      expect(await lease(second, acquire)).toMatchObject({ granted: false, owner: device.device });
      const release = { action: 'release', next: 1, headHash: '' };
      expect(await lease(second, release)).toMatchObject({ granted: false, owner: device.device });
      await register(device, 'lease-1');
      expect(await lease(device, release)).toMatchObject({ granted: false, owner: device.device });
      await device.pull();
      const { next, headHash } = device.row('books', book.id).data;
      expect(await lease(device, { ...release, next, headHash })).toMatchObject({ granted: true, owner: '' });
      expect(await lease(second, acquire)).toMatchObject({
        granted: true,
        row: { data: { epoch: 2, next: 2 } },
      });
      expect(await register(device, 'lease-2')).toMatchObject({
        status: 'rejected',
        reason: 'BOOK_NOT_HELD',
      });
      expect(await register(second, 'lease-3')).toMatchObject({ status: 'ok' });
    });

    it('of many who ask for a free book at a time exactly one gets it', async () => {
      const unit = await office().newUnit();
      const devices = await Promise.all(Array.from({ length: 6 }, () => office().newDevice(unit)));
      const answers = await Promise.all(devices.map((device) => lease(device, acquire)));
      expect(answers.filter((answer) => answer.granted)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer.owner)).size).toBe(1);
    });

    it('an entry that does not lawfully continue the book is refused', async () => {
      const { clerk, device, unit, book } = await start();
      await register(device, 'law-1', '2026-03-05');
      await device.pull();
      const current = device.row('books', book.id);
      const attempt = (next: ReturnType<typeof nextNumber>, document: Record<string, unknown> = {}) =>
        device.act(
          clerk,
          'incoming.register',
          ...next.changes,
          newIncoming(unit, 'law-2', { bookId: book.id, arrivalNumber: next.n, ...document }),
        );
      const like = (data: Record<string, unknown>) => ({ ...current, data: { ...current.data, ...data } });
      expect((await attempt(nextNumber(like({ epoch: 9 }), 'law-2', '2026-03-06'))).reason).toBe(
        'BOOK_NOT_HELD',
      );
      expect((await attempt(nextNumber(like({ next: 5 }), 'law-2', '2026-03-06'))).reason).toBe(
        'BOOK_CHAIN_BROKEN',
      );
      expect((await attempt(nextNumber(like({ next: 1 }), 'law-2', '2026-03-06'))).reason).toBe(
        'NUMBER_TAKEN',
      );
      expect((await attempt(nextNumber(current, 'law-2', '2026-03-04'))).reason).toBe('BOOK_DATE_BACKWARDS');
      expect((await attempt(nextNumber(current, 'law-2', '2027-01-04'))).reason).toBe('BOOK_YEAR_MISMATCH');
      expect((await attempt(nextNumber(like({ headHash: '' }), 'law-2', '2026-03-06'))).reason).toBe(
        'BOOK_CHAIN_BROKEN',
      );
      const good = nextNumber(current, 'law-2', '2026-03-06');
      expect((await attempt(nextNumber(current, 'other', '2026-03-06'))).reason).toBe('INVALID_INPUT');
      expect((await attempt(good, { arrivalNumber: 7 })).reason).toBe('INVALID_INPUT');
      expect((await attempt({ ...good, changes: good.changes.slice(1) })).reason).toBe('INVALID_INPUT');
      expect((await attempt({ ...good, changes: good.changes.slice(0, 1) })).reason).toBe('INVALID_INPUT');
      const skip = change('books', current, {
        next: 9,
        lastDate: '2026-03-06',
        headHash: good.entry['hash'],
      });
      expect((await attempt({ ...good, changes: [skip, ...good.changes.slice(1)] })).reason).toBe(
        'INVALID_INPUT',
      );
      expect(await attempt(good)).toMatchObject({ status: 'ok' });
    });

    it('a document gets no second number in a book', async () => {
      const { clerk, device, unit, book } = await start();
      await register(device, 'twice');
      await device.pull();
      const { n, changes } = nextNumber(device.row('books', book.id), 'twice');
      const again = newIncoming(unit, 'twice', { bookId: book.id, arrivalNumber: n });
      expect(await device.act(clerk, 'incoming.register', ...changes, again)).toMatchObject({
        reason: 'NUMBER_CANCELLED',
      });
      const session = office().server.context.database;
      const insert = session.transaction('read-write', async (tx) => {
        await tx.query(`select set_config('app.unit', '*', true)`);
        const copy = { ...device.row('numbers', `${book.id}:000001`).data, n: 3 };
        await tx.query(`insert into entity values ('numbers', $1, $2, 1, $3::jsonb, '{}', '{}', 'test')`, [
          `${book.id}:000003`,
          unit,
          JSON.stringify(copy),
        ]);
      });
      await expect(insert).rejects.toMatchObject({ code: '23505' });
    });

    it('N2 to N4: the database itself refuses what no program may write', async () => {
      const { device, unit, book } = await start();
      for (const id of ['n-1', 'n-2', 'n-3']) await register(device, `${unit}-${id}`, '2026-03-05');
      await device.pull();
      const { database } = office().server.context;
      const breaking = (sql: string, ...values: readonly string[]) =>
        database.transaction('read-write', async (tx) => {
          await tx.query(`select set_config('app.unit', '*', true)`);
          await tx.query(sql, [...values]);
        });
      const set = (coll: string, id: string, data: Record<string, unknown>) =>
        breaking(
          'update entity set data = data || $3::jsonb where coll = $1 and id = $2',
          coll,
          id,
          JSON.stringify(data),
        );
      const second = `${book.id}:000002`;
      const refused = { code: '22023' };
      await expect(set('numbers', second, { document: 'other' })).rejects.toMatchObject(refused);
      await expect(set('numbers', second, { n: 9 })).rejects.toMatchObject(refused);
      await expect(set('numbers', second, { status: 'lost-device' })).rejects.toMatchObject(refused);
      await expect(set('books', book.id, { next: 2 })).rejects.toMatchObject(refused);
      await expect(set('books', book.id, { epoch: 0 })).rejects.toMatchObject(refused);
      await expect(set('books', book.id, { lastDate: '2026-01-01' })).rejects.toMatchObject(refused);
      await expect(set('books', book.id, { owner: 'thief' })).rejects.toMatchObject(refused);
      const copy = `insert into entity select coll, $2, unit, rev, data || $3::jsonb, stamps, buckets, last_op
        from entity where coll = 'numbers' and id = $1`;
      const fourth = { n: 4, document: 'x', date: '2026-03-04' };
      const early = breaking(copy, second, `${book.id}:000004`, JSON.stringify(fourth));
      await expect(early).rejects.toMatchObject(refused);
      const beyond = { n: 7, document: 'x' };
      const far = breaking(copy, second, `${book.id}:000007`, JSON.stringify(beyond));
      await expect(far).rejects.toMatchObject(refused);
      await set('numbers', second, { status: 'void', reason: 'Ghi nhầm' });
      await expect(set('numbers', second, { status: 'issued' })).rejects.toMatchObject(refused);
      expect(await office().admin('audit')).toContain('no fault');
    });

    it('two devices that number at the same moment never give a number twice', async () => {
      const { device, unit, book } = await start();
      const second = await office().newDevice(unit);
      const rounds = 15;
      const run = async (client: PlainClient) => {
        const results: string[] = [];
        for (let round = 0; round < rounds; round++) {
          results.push((await register(client, `race-${client.device}-${round}`)).reason);
        }
        return results;
      };
      const [own, foreign] = await Promise.all([run(device), run(second)]);
      expect(own).toEqual(Array(rounds).fill(''));
      // What it sees of the book decides which: the number is taken already, or the book is not its own.
      for (const reason of foreign) expect(['BOOK_NOT_HELD', 'NUMBER_TAKEN']).toContain(reason);
      await second.pull();
      const numbers = [...second.rows.values()]
        .filter((row) => row.coll === 'numbers')
        .map((row) => row.data?.['n']);
      expect(numbers.sort((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: rounds }, (_, i) => i + 1),
      );
      expect(second.row('books', book.id).data['next']).toBe(rounds + 1);
      expect(await office().admin('audit')).toContain('no fault');
    });

    it('nobody changes a book or its numbers with another command', async () => {
      const { clerk, device, book } = await start();
      await register(device, 'fixed-1');
      await device.pull();
      const entry = device.row('numbers', `${book.id}:000001`);
      for (const wanted of [
        change('numbers', entry, { status: 'void' }),
        change('books', book, { owner: '' }),
      ]) {
        expect(await device.act(clerk, 'incoming.correct', wanted)).toMatchObject({ reason: 'NOT_ALLOWED' });
      }
      expect(
        await device.act(
          clerk,
          'incoming.register',
          change('books', device.row('books', book.id), { owner: '' }),
        ),
      ).toMatchObject({ reason: 'NOT_ALLOWED' });
    });
  });
}
