import { registerIncoming } from '@shared/domain/incoming';
import { newBook, nextEntry } from '@shared/domain/numbering';
import { AppError } from '@shared/result/result';
import { Office } from '../../../renderer/src/data/office';
import { sha256Text } from '../../../renderer/src/data/sha256';
import { alternate, type Row, timed } from '../rounds';
import { clerk, sampleForm, sampleIncoming, sampleOutboxEntry, unit } from './sample-rows';
import type { Subject } from './subject';

const perRound = 10;
const day = '2026-10-05';
const clock = (): number => Date.parse(`${day}T08:00:00+07:00`);
const deviceId = 'bench';
const device = {
  enrolment: 'enrolled',
  deviceId,
  deviceName: 'Bench',
  serverId: '',
  unit,
  unitName: 'LĐLĐ huyện Vĩnh Hòa',
  person: clerk,
  keyProtection: 'file',
  suggestedCode: '',
  suggestedServer: '',
} as const;
const person = { id: clerk, unit, name: 'Nguyễn Thị Thu Hà', position: 'Văn thư', active: true };
const book = { ...newBook(unit, 'incoming', Number(day.slice(0, 4)), 'chung'), owner: deviceId };

/**
 * The product's whole way of taking in one document (rights, number, one strict operation, three rows), against bare
 * Dexie that writes the same rows with the same durability in two transactions.
 */
export async function measureRegistration(
  subject: Subject,
  documents: number,
  rounds: number,
): Promise<readonly Row[]> {
  const { store, raw } = subject;
  const { epoch } = await store.replica.identity();
  await store.storeAnswer({ row: { coll: 'books', id: book.id, rev: 1, gone: false, data: book }, epoch });
  await raw.ledger.books.put({ ...book, rev: 1 });
  const office = new Office(
    store,
    clock,
    () => undefined,
    () => Promise.resolve(0),
  );
  const indexOf = (round: number, time: number): number => 2 * documents + (round + 1) * perRound + time;
  const series = await alternate(rounds, {
    ours: (round) => timed((time) => register(office, indexOf(round, time)), perRound),
    limit: (round) => timed((time) => registerRaw(raw, indexOf(round, time)), perRound),
  });
  return [
    {
      what: 'register one document: rights, number, operation, rows',
      against: 'Dexie, same rows in 2 transactions',
      target: 5,
      ...series,
    },
  ];
}

function register(office: Office, index: number): Promise<void> {
  return office.run({ ...person, roles: ['clerk'] }, device, async (context, read) => {
    const held = await read('books', book.id);
    if (held === null) throw new AppError('NOT_FOUND', book.id);
    const request = {
      form: sampleForm(index),
      arrivalDate: day,
      book: held,
      intake: null,
      arrived: null,
    };
    return registerIncoming(context, request, sha256Text);
  });
}

async function registerRaw({ views, ledger }: Subject['raw'], index: number): Promise<void> {
  const { outbox, books, numbers } = ledger;
  const document = { ...sampleIncoming(index), rev: 0 };
  const held = await books.get(book.id);
  if (held === undefined) throw new AppError('NOT_FOUND', book.id);
  const request = { document: document.id, date: day, by: clerk, at: day };
  const { entry, head } = await nextEntry(held, request, deviceId, sha256Text);
  await ledger.transaction('rw', outbox, books, numbers, async () => {
    await outbox.add(sampleOutboxEntry(deviceId, entry.n));
    await numbers.add({ ...entry, rev: 0 });
    await books.put({ ...held, ...head });
  });
  await views.incoming.add(document);
}
