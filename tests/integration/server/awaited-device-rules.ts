import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { noteHeard } from '../../../server/sync/awaited-devices';
import { bookOnServer, Desk } from './book-desk';
import { type Office, takeBook } from './office';
import { PlainClient, refusalOf } from './plain-client';

/** A restored server does not know what it gave away after its backup; it gives no book before it has heard everybody. */
export function awaitedDeviceRules(office: () => Office): void {
  /** The server is put back to a day before this book was made. */
  const restoreBefore = async (book: string) => {
    const { database } = office().server.context;
    await database.asOwner(async (owner) => {
      // Not even the owner of the tables deletes a row while the policies hold for him.
      await owner.script('alter table entity no force row level security');
      await owner.query('delete from entity where id = $1', [book]);
      await owner.script('alter table entity force row level security');
    });
    return (await office().admin('new-epoch')).trim();
  };
  const ask = (client: PlainClient, kind = 'incoming') =>
    client.post<{ granted: boolean; owner: string; epoch: string }>('/v1/books/lease', {
      kind,
      year: 2026,
      series: 'chung',
      action: 'acquire',
      next: 0,
      headHash: '',
    });
  /** The machines of a unit that the administrator sees as awaited. */
  const awaited = async (unit: string) => {
    const text = await office().admin('devices', 'list', '--unit', unit, '--json');
    const devices = JSON.parse(text) as { name: string; word: string }[];
    return devices.flatMap(({ name, word }) => (word === 'awaited' ? [name] : []));
  };
  const three = async () => {
    const unit = await office().newUnit();
    const clients = [];
    for (const name of ['Máy một', 'Máy hai', 'Máy ba']) {
      const client = await office().newDevice(unit);
      await office().admin('devices', 'rename', '--id', client.device, '--name', name);
      clients.push(client);
    }
    return clients as [PlainClient, PlainClient, PlainClient];
  };

  describe('máy chủ khôi phục về trước khi giao sổ', () => {
    it('gives the book to nobody else before it has heard the machine that numbers with no network', async () => {
      const [holder, second, third] = await three();
      const desk = new Desk(holder, await takeBook(holder, 'incoming'));
      const epoch = await restoreBefore(desk.book.id);
      desk.number(`${holder.unit}-a`);
      await second.startOver(epoch);
      expect(await refusalOf(ask(second))).toMatchObject({
        status: 409,
        code: 'BOOK_AWAITS_MACHINES',
        detail: 'Máy ba, Máy một',
      });
      await third.startOver(epoch);
      expect((await refusalOf(ask(second))).detail).toBe('Máy một');
      Object.assign(holder, { epoch });
      expect(await desk.send()).toEqual(['']);
      await holder.pull();
      // It has pushed and read, and may hold more: what counts is its word.
      expect((await refusalOf(ask(second, 'outgoing'))).detail).toBe('Máy một');
      await holder.startOver(epoch);
      expect(await ask(second)).toMatchObject({ granted: false, owner: holder.device, epoch });
      expect(await ask(second, 'outgoing')).toMatchObject({ granted: true, owner: second.device, epoch });
      expect((await bookOnServer(second, desk.book.id)).book).toMatchObject({ next: 2 });
      expect(await office().admin('audit')).toContain('no fault');
    });

    it('the administrator sees which machines are awaited, until they were heard or revoked', async () => {
      const [first, second, third] = await three();
      const { unit } = first;
      expect(await awaited(unit)).toEqual([]);
      const epoch = (await office().admin('new-epoch')).trim();
      expect(await awaited(unit)).toEqual(['Máy một', 'Máy hai', 'Máy ba']);
      await second.startOver(epoch);
      expect(await awaited(unit)).toEqual(['Máy một', 'Máy ba']);
      await office().admin('devices', 'revoke', '--id', first.device);
      const line = new RegExp(`^${third.device}\t${unit}\tactive\t0\t[^\t]+\tawaited\tMáy ba$`, 'm');
      expect(await office().admin('devices', 'list', '--unit', unit)).toMatch(line);
      await third.startOver(epoch);
      expect(await awaited(unit)).toEqual([]);
    });

    it('a word of an earlier epoch counts no more', async () => {
      const [holder, second, third] = await three();
      const { id } = await takeBook(holder, 'incoming');
      const first = await restoreBefore(id);
      for (const device of [holder, second, third]) await device.startOver(first);
      const epoch = (await office().admin('new-epoch')).trim();
      await second.startOver(epoch);
      expect((await refusalOf(ask(second))).code).toBe('BOOK_AWAITS_MACHINES');
      expect((await refusalOf(holder.pull(500, true))).code).toBe('EPOCH_CHANGED');
      expect((await refusalOf(ask(second))).detail).toBe('Máy ba, Máy một');
      for (const device of [holder, third]) await device.startOver(epoch);
      expect(await ask(second)).toMatchObject({ granted: true, epoch });
    });

    it('a machine that was revoked is waited for no more; one that was enrolled since need not speak', async () => {
      const [holder, second, third] = await three();
      const { id } = await takeBook(holder, 'incoming');
      const epoch = await restoreBefore(id);
      for (const device of [second, third]) await device.startOver(epoch);
      await office().admin('devices', 'revoke', '--id', holder.device);
      const fourth = await office().newDevice(holder.unit);
      expect(await ask(fourth)).toMatchObject({ granted: true, owner: fourth.device, epoch });
    });

    it('a word that was on its way while the server was restored again counts for nothing', async () => {
      const [first] = await three();
      const { unit, device } = first;
      const { sync } = office().server.context;
      const earlier = (await office().admin('new-epoch')).trim();
      const epoch = (await office().admin('new-epoch')).trim();
      await noteHeard(sync, { unit, device }, earlier);
      expect(await awaited(unit)).toContain('Máy một');
      await noteHeard(sync, { unit, device }, epoch);
      expect(await awaited(unit)).not.toContain('Máy một');
    });

    it('a machine that the backup does not know is awaited when it is enrolled again: it keeps what it has done', async () => {
      const unit = await office().newUnit();
      const again = new PlainClient(office().server.url, Date.now);
      const code = await office().admin('enrol-code', 'create', '--unit', unit);
      const deviceId = `d${randomBytes(8).toString('hex')}`;
      await again.post('/v1/enrol', { code, name: 'Máy cũ', publicKey: again.publicKey, deviceId });
      expect(await awaited(unit)).toEqual(['Máy cũ']);
    });

    it('a book of a lost machine is given when every other one was heard: the lost one is not waited for', async () => {
      const [lost, second, third] = await three();
      const { id } = await takeBook(lost, 'incoming');
      const epoch = (await office().admin('new-epoch')).trim();
      const { unit } = second;
      const breakGlass = () =>
        second.post('/v1/books/break-glass', {
          book: id,
          epoch: 1,
          lastNumber: 0,
          lastDate: '2026-03-03',
          people: [`${unit}-clerk`, `${unit}-leader`],
        });
      await second.startOver(epoch);
      expect(await refusalOf(breakGlass())).toMatchObject({ code: 'BOOK_AWAITS_MACHINES', detail: 'Máy ba' });
      await third.startOver(epoch);
      expect(await breakGlass()).toMatchObject({ granted: true, owner: second.device, epoch });
    });
  });
}
