import { describe, expect, it } from 'vitest';
import { bookOnServer, Desk, signText, twoDesks } from './book-desk';
import { type Office, takeBook } from './office';
import { type Change, type PlainClient, refusalOf } from './plain-client';
import { change, fileOf, newOutgoing, nextNumber } from './rows';

/** A book changes its owner: with and without the server, in any order of arrival, and when a machine is lost. */
export function handoverRules(office: () => Office): void {
  const noFault = async () => expect(await office().admin('audit')).toContain('no fault');
  const ofUnit = (desk: Desk, id: string) => `${desk.client.unit}-${id}`;
  const numberSome = (desk: Desk, ...ids: readonly string[]) => {
    for (const id of ids) desk.number(ofUnit(desk, id));
  };
  const breakGlass = (client: PlainClient, body: Record<string, unknown>) =>
    client.post<{ granted: boolean; owner: string }>('/v1/books/break-glass', {
      epoch: 1,
      lastNumber: 4,
      lastDate: '2026-03-03',
      people: [`${client.unit}-clerk`, `${client.unit}-leader`],
      ...body,
    });

  describe('bàn giao sổ', () => {
    it('with the server: what the owner gave comes first, then the next one numbers', async () => {
      const { giver, taker } = await twoDesks(office());
      numberSome(giver, 'c');
      giver.handOver(taker.client.device);
      expect(await giver.send()).toEqual(['', '']);
      numberSome(giver, 'too-late');
      expect(await giver.send()).toEqual(['BOOK_NOT_HELD']);
      await taker.client.pull();
      taker.book = taker.client.row('books', giver.book.id);
      expect(taker.book.data).toMatchObject({ owner: taker.client.device, epoch: 2, next: 4 });
      numberSome(taker, 'd');
      expect(await taker.send()).toEqual(['']);
      await noFault();
    });

    it('without the server, the news comes from the old owner first', async () => {
      const { giver, taker } = await twoDesks(office());
      numberSome(giver, 'c', 'd');
      taker.takeOver(giver.handOver(taker.client.device));
      numberSome(taker, 'e', 'f');
      expect(await giver.send()).toEqual(['', '', '']);
      expect(await taker.send()).toEqual(['', '', '']);
      const { numbers, book } = await bookOnServer(giver.client, giver.book.id);
      expect(numbers.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(book).toMatchObject({ owner: taker.client.device, epoch: 2, next: 7 });
      await noFault();
    });

    it('without the server, the news comes from the new owner first: nothing is lost, nothing twice', async () => {
      const { giver, taker } = await twoDesks(office());
      numberSome(giver, 'c', 'd');
      taker.takeOver(giver.handOver(taker.client.device));
      numberSome(taker, 'e', 'f');
      expect(await taker.send()).toEqual(['', '', '']);
      const between = await bookOnServer(giver.client, giver.book.id);
      expect(between.numbers.map(({ n }) => n)).toEqual([1, 2, 5, 6]);
      await noFault();
      expect(await giver.send()).toEqual(['', '', '']);
      const { numbers, book } = await bookOnServer(giver.client, giver.book.id);
      expect(numbers.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(book).toMatchObject({ owner: taker.client.device, epoch: 2, next: 7 });
      await noFault();
    });

    it('over three machines with no server, told backwards', async () => {
      const { giver, taker } = await twoDesks(office());
      const third = await office().newDevice(giver.client.unit);
      const last = new Desk(third, third.row('books', giver.book.id));
      numberSome(giver, 'c');
      const first = giver.handOver(taker.client.device);
      taker.takeOver(first);
      numberSome(taker, 'd');
      const second = taker.handOver(third.device);
      last.book = { ...last.book, data: { ...last.book.data, handovers: taker.book.data['handovers'] } };
      last.takeOver(second);
      numberSome(last, 'e');
      for (const desk of [last, taker, giver])
        expect((await desk.send()).filter((reason) => reason !== '')).toEqual([]);
      const { numbers } = await bookOnServer(third, giver.book.id);
      expect(numbers.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
      await noFault();
    });

    it('a forged, foreign or changed slip moves nothing', async () => {
      const { giver, taker } = await twoDesks(office());
      const slip = giver.handOver(taker.client.device);
      const stranger = new Desk(taker.client, taker.book);
      for (const wrong of [
        { ...slip, next: 9 },
        { ...slip, proof: 'AAAA' },
        { ...slip, kind: 'server' },
        { ...slip, to: 'someone-else' },
      ]) {
        stranger.book = taker.book;
        stranger.takeOver(wrong);
        expect(await stranger.send()).not.toEqual(['']);
      }
      const { book } = await bookOnServer(taker.client, taker.book.id);
      expect(book).toMatchObject({ owner: giver.client.device, epoch: 1, next: 3 });
    });

    it('a giver that numbers on after its slip is refused beyond the sealed head', async () => {
      const { giver, taker } = await twoDesks(office());
      numberSome(giver, 'c');
      const before = giver.book;
      taker.takeOver(giver.handOver(taker.client.device));
      giver.waiting.pop();
      giver.book = before;
      const copy = new Desk(giver.client, before);
      copy.waiting.push(...giver.waiting);
      numberSome(copy, 'after-the-slip');
      expect(await taker.send()).toEqual(['']);
      expect(await copy.send()).toEqual(['', 'BOOK_NOT_HELD']);
      await noFault();
    });
  });

  describe('máy chủ khôi phục bản cũ', () => {
    it('a server that forgot the lease takes the owner’s word by the proof it once gave', async () => {
      const unit = await office().newUnit();
      const [device, other] = [await office().newDevice(unit), await office().newDevice(unit)];
      const desk = new Desk(device, await takeBook(device, 'incoming'));
      const { database } = office().server.context;
      // The backup was older than the book.
      await database.asOwner(async (owner) => {
        // Not even the owner of the tables deletes a row while the policies hold for him.
        await owner.script('alter table entity no force row level security');
        await owner.query('delete from entity where id = $1', [desk.book.id]);
        await owner.script('alter table entity force row level security');
      });
      numberSome(desk, 'a', 'b');
      const { handovers, taken } = desk.waiting[0]?.changes[0]?.patch ?? {};
      const unproved = desk.waiting.map((operation) => ({
        ...operation,
        changes: operation.changes.map((part) =>
          part.coll === 'books' ? { ...part, patch: { ...part.patch, taken, handovers: {} } } : part,
        ),
      }));
      expect(Object.keys(handovers as object)).toEqual(['0']);
      const thief = new Desk(other, desk.book);
      thief.number(`${unit}-x`);
      expect(await thief.send()).toEqual(['BOOK_NOT_HELD']);
      expect((await device.push(unproved[0] as never)).results[0]?.reason).toBe('NOT_FOUND');
      const again = new Desk(device, {
        ...desk.book,
        data: { ...desk.book.data, next: 1, headHash: '', lastDate: '' },
      });
      numberSome(again, 'c', 'd');
      expect(await again.send()).toEqual(['', '']);
      expect((await bookOnServer(device, desk.book.id)).book).toMatchObject({
        owner: device.device,
        epoch: 1,
        next: 3,
      });
      await noFault();
    });
  });

  describe('sổ của máy bị mất', () => {
    it('needs a clerk and a leader, two different people of the unit', async () => {
      const { giver, taker } = await twoDesks(office());
      const { unit } = taker.client;
      const other = await office().newUnit();
      for (const people of [
        [`${unit}-clerk`, `${unit}-clerk`],
        [`${unit}-leader`, `${unit}-leader`],
        [`${unit}-clerk`, `${unit}-officer`],
        [`${unit}-clerk`, `${other}-leader`],
      ])
        expect(await refusalOf(breakGlass(taker.client, { book: giver.book.id, people }))).toMatchObject({
          code: 'TWO_PEOPLE_NEEDED',
        });
    });

    it('the last number of the paper book cannot lie before what the server knows, nor far beyond', async () => {
      const { giver, taker } = await twoDesks(office());
      const book = giver.book.id;
      for (const wrong of [{ lastNumber: 1 }, { lastNumber: 900 }, { lastDate: '2026-03-01' }, { epoch: 7 }])
        await refusalOf(breakGlass(taker.client, { book, ...wrong }));
      expect((await bookOnServer(taker.client, book)).book).toMatchObject({ epoch: 1, next: 3 });
    });

    it('placeholders, late numbers, paper and explanations: no number twice, none without a word', async () => {
      const { giver, taker } = await twoDesks(office());
      const book = giver.book.id;
      const clerk = taker.clerk;
      numberSome(giver, 'c', 'd', 'e', 'f');
      expect(await breakGlass(taker.client, { book, lastNumber: 5, lastDate: '2026-03-03' })).toMatchObject({
        granted: true,
      });
      const broken = await bookOnServer(taker.client, book);
      expect(broken.book).toMatchObject({
        owner: taker.client.device,
        epoch: 2,
        next: 6,
        unexplained: [3, 4, 5],
      });
      expect(broken.numbers.slice(2)).toEqual([3, 4, 5].map((n) => ({ n, status: 'lost-device' })));
      taker.book = taker.client.row('books', book);
      taker.number(ofUnit(taker, 'after-the-loss'), '2026-03-04');
      expect(await taker.send()).toEqual(['']);

      const mark = async (n: number, command: string, patch: Record<string, unknown>) => {
        await taker.client.pull();
        const entry = taker.client.row('numbers', `${book}:00000${n}`);
        return (await taker.client.act(clerk, command, change('numbers', entry, patch))).reason;
      };
      const paper = { symbol: 'TB-LĐLĐ', subject: 'Nghỉ lễ', party: 'Huyện ủy', by: clerk, at: '' };
      const fromPaper = (date: string) => mark(4, 'book.complete', { status: 'paper', date, paper });
      expect(await fromPaper('2026-02-27')).toBe('NUMBER_DATE_OUT_OF_ORDER');
      expect(await fromPaper('2026-03-03')).toBe('');
      const close = async () => {
        await taker.client.pull();
        const closed = { at: '2027-01-15T08:00:00+07:00', by: clerk };
        return taker.client.act(
          clerk,
          'book.close',
          change('books', taker.client.row('books', book), { closed }),
        );
      };
      expect((await close()).reason).toBe('BOOK_HAS_GAPS');
      // 3 fits its placeholder; 4 was written from paper with another day; 5 would go back in time; 6 was given by the new owner.
      expect(await giver.send()).toEqual(['', 'NUMBER_TAKEN', 'NUMBER_DATE_OUT_OF_ORDER', 'NUMBER_TAKEN']);
      expect(await mark(5, 'book.explain', { reason: '' })).toBe('INVALID_INPUT');
      const settled = { by: clerk, at: '2026-12-31T08:00:00+07:00' };
      expect(await mark(5, 'book.explain', { reason: 'Máy hỏng, sổ giấy ghi sót', settled })).toBe('');
      await noFault();
      const { numbers } = await bookOnServer(taker.client, book);
      expect(numbers.map(({ status }) => status)).toEqual([
        'issued',
        'issued',
        'issued',
        'paper',
        'lost-device',
        'issued',
      ]);
      expect((await close()).reason).toBe('');
      expect(await mark(1, 'book.void', { status: 'void', reason: 'Ghi nhầm', settled })).toBe('BOOK_CLOSED');
      taker.number(ofUnit(taker, 'after-the-year'), '2026-12-30');
      expect(await taker.send()).toEqual(['BOOK_CLOSED']);
    });

    it('numbers that an earlier owner still owes can be declared lost, once he is', async () => {
      const { giver, taker } = await twoDesks(office());
      numberSome(giver, 'c', 'd');
      taker.takeOver(giver.handOver(taker.client.device));
      numberSome(taker, 'e');
      expect(await taker.send()).toEqual(['', '']);
      const book = giver.book.id;
      const close = change('books', taker.client.row('books', book), { closed: { at: '', by: taker.clerk } });
      expect((await taker.client.act(taker.clerk, 'book.close', close)).reason).toBe('BOOK_HAS_GAPS');
      expect(await breakGlass(taker.client, { book, epoch: 1, lastNumber: 0 })).toMatchObject({
        granted: true,
      });
      const { numbers } = await bookOnServer(taker.client, book);
      expect(numbers.filter(({ status }) => status === 'lost-device').map(({ n }) => n)).toEqual([3, 4]);
      expect(await giver.send()).toEqual(['', '', '']);
      await noFault();
    });
  });

  describe('số đã cấp theo phiếu', () => {
    it('the book and the document agree, whichever of the two machines is heard first', async () => {
      for (const holderFirst of [true, false]) {
        const unit = await office().newUnit();
        const [holder, asker] = [await office().newDevice(unit), await office().newDevice(unit)];
        const book = await takeBook(holder, 'outgoing');
        const id = `${unit}-doc`;
        const act = async (actor: string, command: string, patch: Record<string, unknown>) => {
          await asker.pull();
          const row = asker.row('outgoing', id);
          return (await asker.act(`${unit}-${actor}`, command, change('outgoing', row, patch))).reason;
        };
        await asker.act(`${unit}-officer`, 'outgoing.draft', newOutgoing(unit, id));
        await act('officer', 'outgoing.submit', { state: 'submitted' });
        await act('leader', 'outgoing.sign', { state: 'signed' });
        const { n, entry, changes } = nextNumber(book, id);
        const parts = ['CVDACAP', book.id, n, entry['date'], id, entry['hash'], holder.device];
        const text = parts.join('|');
        const numberProof = `${text}|${signText(holder, text)}`;
        const number = { state: 'numbered', number: n, bookId: book.id, date: entry['date'], numberProof };
        const give = async () => (await holder.act(`${unit}-clerk`, 'book.number-for', ...changes)).reason;
        if (holderFirst) expect(await give()).toBe('');
        const take = (patch: Record<string, unknown>) =>
          act('clerk', 'outgoing.take-number', { ...number, ...patch });
        expect(await take({ number: 9 })).toBe('INVALID_INPUT');
        expect(await take({ numberProof: `${text}|${signText(asker, text)}` })).toBe('BOOK_TOKEN_INVALID');
        expect(await take({})).toBe('');
        if (!holderFirst) expect(await give()).toBe('');
        await noFault();
      }
    });
  });

  describe('số bản sao', () => {
    it('Phụ lục I, Phần II: a copy gets its number in the series of copies, which the entry names', async () => {
      const { giver } = await twoDesks(office());
      const { client, clerk } = giver;
      const { unit } = client;
      const copies = await takeBook(client, 'outgoing');
      const id = `${unit}-a`;
      const copy = {
        form: 'sao-y',
        file: fileOf('bản sao'),
        of: fileOf('bản chính').sha256,
        at: '',
        by: clerk,
      };
      const act = async (command: string, patch: Record<string, unknown>, ...more: readonly Change[]) => {
        await client.pull();
        return (
          await client.act(clerk, command, ...more, change('incoming', client.row('incoming', id), patch))
        ).reason;
      };
      expect(await act('incoming.copy', { 'electronicCopies.c1': copy })).toBe('');
      const { n, entry, changes } = nextNumber(copies, 'c1');
      const [head, made] = changes as [Change, Change];
      const paper = { symbol: 'SY-LĐLĐ', subject: 'Kế hoạch', party: '', by: clerk, at: '' };
      const shown = { ...made, patch: { ...made.patch, paper } };
      const numbered = { ...copy, number: n, bookId: copies.id, date: entry['date'] };
      const give = (key: string, value: Record<string, unknown>, number: Change = shown) =>
        act('incoming.number-copy', { [`electronicCopies.${key}`]: value }, head, number);
      expect(await give('c1', numbered, made)).toBe('INVALID_INPUT');
      expect(await give('c2', numbered)).toBe('INVALID_INPUT');
      expect(await give('c1', { ...numbered, number: 9 })).toBe('INVALID_INPUT');
      expect(await give('c1', numbered)).toBe('');
      expect((await bookOnServer(client, copies.id)).numbers).toEqual([{ n: 1, status: 'issued' }]);
      await noFault();
    });
  });

  describe('hủy số', () => {
    it('keeps the number with its reason for ever, and cancels the document that had it', async () => {
      const { giver } = await twoDesks(office());
      const { client, clerk } = giver;
      const id = `${giver.book.id}:000002`;
      const settled = { by: clerk, at: '2026-03-02T08:00:00+07:00' };
      const voided = async (patch: Record<string, unknown>) => {
        await client.pull();
        return (await client.act(clerk, 'book.void', change('numbers', client.row('numbers', id), patch)))
          .reason;
      };
      expect(await voided({ status: 'void', settled })).toBe('INVALID_INPUT');
      expect(await voided({ status: 'issued', reason: 'x', settled })).toBe('INVALID_INPUT');
      expect(await voided({ status: 'void', reason: 'Vào sổ nhầm', settled })).toBe('');
      expect(await voided({ status: 'void', reason: 'again', settled })).toBe('WRONG_STATE');
      await client.pull();
      giver.book = client.row('books', giver.book.id);
      numberSome(giver, 'next');
      expect(await giver.send()).toEqual(['']);
      const { numbers } = await bookOnServer(client, giver.book.id);
      expect(numbers).toEqual([
        { n: 1, status: 'issued' },
        { n: 2, status: 'void' },
        { n: 3, status: 'issued' },
      ]);
      await noFault();
    });
  });
}
