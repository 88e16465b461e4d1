import { describe, expect, it } from 'vitest';
import { bookOnServer } from './book-desk';
import { draft, type Office, openTwo, takeBook } from './office';
import type { Change, Operation, PlainClient, Row } from './plain-client';
import { change, nextNumber } from './rows';

type BookRow = Row & { readonly data: Record<string, unknown> };

/** A number that was given without a network outlives the refusal of its document (Điều 15.1: no gap, no double). */
export function refusedNumberRules(office: () => Office): void {
  const noFault = async () => expect(await office().admin('audit')).toContain('no fault');

  /** Numbers these outgoing documents one after another as a machine without a network does; nothing is sent. */
  const numberAll = (device: PlainClient, book: BookRow, documents: readonly Row[], actor: string) => {
    let head = book;
    return documents.map((document, index): Operation => {
      const { n, changes } = nextNumber(head, document.id);
      const [headChange] = changes as [Change, Change];
      head = { ...head, data: { ...head.data, ...headChange.patch } };
      const number = { state: 'numbered', number: n, bookId: book.id, date: '2026-03-02' };
      const given = [...changes, change('outgoing', document, number)];
      return device.operation(actor, 'outgoing.number', given, device.lastN + 1 + index);
    });
  };

  /** A signed document as the machine that numbers knows it. */
  const signed = async (device: PlainClient, id: string): Promise<Row> => {
    const { unit } = device;
    const begun = await draft(device, id);
    await device.act(`${unit}-officer`, 'outgoing.submit', change('outgoing', begun, { state: 'submitted' }));
    await device.pull();
    const submitted = device.row('outgoing', id);
    await device.act(`${unit}-leader`, 'outgoing.sign', change('outgoing', submitted, { state: 'signed' }));
    await device.pull();
    return device.row('outgoing', id);
  };

  /** Two documents, the first of which goes another way at a second machine before its number arrives. */
  const race = async () => {
    const { one, two, unit, clerk } = await openTwo(office());
    const book = await takeBook(one, 'outgoing');
    const documents = [await signed(one, `${unit}-a`), await signed(one, `${unit}-b`)];
    const waiting = numberAll(one, book, documents, clerk);
    await two.post('/v1/books/lease', {
      kind: 'outgoing',
      year: 2026,
      series: 'ubkt',
      action: 'acquire',
      next: 0,
      headHash: '',
    });
    await two.pull();
    const elsewhere = two.row('books', `${unit}:outgoing:2026:ubkt`);
    const [taken] = numberAll(two, elsewhere, [two.row('outgoing', `${unit}-a`)], clerk);
    if (taken === undefined) throw new Error('nothing was numbered');
    expect((await two.push(taken)).results[0]).toMatchObject({ status: 'ok' });
    return { one, two, unit, clerk, book, waiting, elsewhere };
  };

  describe('số đã cấp của văn bản không được nhận', () => {
    it('the number stays, cancelled with the reason, and the next one follows it', async () => {
      const { one, two, unit, book, waiting, elsewhere } = await race();
      const { results } = await one.push(...waiting);
      expect(results.map(({ status, reason }) => `${status} ${reason}`)).toEqual([
        'rejected NUMBER_CANCELLED',
        'ok ',
      ]);
      const kept = {
        document: `${unit}-a`,
        status: 'void',
        reason: 'document-refused:WRONG_STATE',
        settled: { by: 'server' },
      };
      const told = results[0]?.rows.find(({ coll }) => coll === 'numbers');
      expect(told?.data).toMatchObject(kept);
      const onServer = await bookOnServer(two, book.id);
      expect(onServer.numbers).toEqual([
        { n: 1, status: 'void' },
        { n: 2, status: 'issued' },
      ]);
      expect(onServer.book).toMatchObject({ next: 3, owner: one.device });
      expect(two.row('numbers', `${book.id}:000001`).data).toMatchObject(kept);
      expect(two.row('outgoing', `${unit}-a`).data).toMatchObject({
        state: 'numbered',
        bookId: elsewhere.id,
      });
      await noFault();
    });

    it('also where the number comes alone, and asked again the answer is the same', async () => {
      const { one, book, waiting } = await race();
      const [first] = waiting as [Operation, Operation];
      const answers = [await one.push(first), await one.push(first)];
      for (const { results } of answers)
        expect(results[0]).toMatchObject({ status: 'rejected', reason: 'NUMBER_CANCELLED' });
      const { numbers, book: head } = await bookOnServer(one, book.id);
      expect(numbers).toEqual([{ n: 1, status: 'void' }]);
      expect(head).toMatchObject({ next: 2 });
      await noFault();
    });

    it('a person who is no clerk any more: the number stays, the document does not get it', async () => {
      const { one, unit } = await openTwo(office());
      const book = await takeBook(one, 'outgoing');
      const document = await signed(one, `${unit}-a`);
      const [operation] = numberAll(one, book, [document], `${unit}-officer`);
      expect((await one.push(operation as Operation)).results[0]?.reason).toBe('NUMBER_CANCELLED');
      await one.pull();
      expect(one.row('numbers', `${book.id}:000001`).data).toMatchObject({
        status: 'void',
        reason: 'document-refused:NOT_ALLOWED',
      });
      expect(one.row('outgoing', `${unit}-a`).data).toMatchObject({ state: 'signed', number: 0 });
      await noFault();
    });

    it('a document whose number was cancelled may get another one in the same book, and only one', async () => {
      const { one, unit, clerk } = await openTwo(office());
      const book = await takeBook(one, 'outgoing');
      const document = await signed(one, `${unit}-a`);
      const [refused] = numberAll(one, book, [document], `${unit}-officer`);
      await one.push(refused as Operation);
      await one.pull();
      const [lawful] = numberAll(one, one.row('books', book.id), [one.row('outgoing', document.id)], clerk);
      expect((await one.push(lawful as Operation)).results[0]).toMatchObject({ status: 'ok' });
      await one.pull();
      const again = nextNumber(one.row('books', book.id), document.id);
      const doubled = await one.act(clerk, 'book.number-for', ...again.changes);
      expect(doubled).toMatchObject({ status: 'rejected', reason: 'NUMBER_CANCELLED' });
      const { numbers } = await bookOnServer(one, book.id);
      expect(numbers.map(({ n, status }) => `${n} ${status}`)).toEqual(['1 void', '2 issued', '3 void']);
      await noFault();
    });

    it('a number that does not continue its book is refused whole, with the reason of its document', async () => {
      const { one, two, unit } = await openTwo(office());
      const book = await takeBook(one, 'outgoing');
      const begun = await draft(one, `${unit}-a`);
      await two.pull();
      const head = (data: object) => ({ ...book, data: { ...book.data, ...data } });
      for (const [device, wrong] of [
        [two, head({})],
        [one, head({ next: 5 })],
        [one, head({ epoch: 9 })],
        [one, head({ headHash: 'a'.repeat(64) })],
      ] as const) {
        const [operation] = numberAll(device, wrong, [begun], `${unit}-clerk`);
        const { results } = await device.push(operation as Operation);
        expect(results[0]).toMatchObject({ status: 'rejected', reason: 'WRONG_STATE' });
      }
      const { numbers, book: after } = await bookOnServer(one, book.id);
      expect(numbers).toEqual([]);
      expect(after).toMatchObject({ next: 1 });
    });
  });
}
