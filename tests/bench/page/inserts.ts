import type { LocalRow, OutboxEntry } from '../../../renderer/src/data/database';
import { alternate, type Row, timed } from '../rounds';
import { sampleIncoming, sampleOutboxEntry } from './sample-rows';
import type { Subject } from './subject';

const perRound = 10;
/** Far from the numbers that registering gives. */
const firstEntry = 900_000;

/** One row and one operation by RxDB alone, against bare Dexie with the same durability. */
export async function measureInserts(
  subject: Subject,
  documents: number,
  rounds: number,
): Promise<readonly Row[]> {
  const into = documents.toLocaleString('en');
  return [
    await insertRows(subject, `one insert into ${into} documents`, documents, rounds),
    await insertEntries(subject, rounds),
  ];
}

/** Numbers that no round before has used: round -1 is the warm-up. */
const numberOf = (round: number, time: number): number => (round + 1) * perRound + time;

async function insertRows(
  { database, raw }: Subject,
  what: string,
  documents: number,
  rounds: number,
): Promise<Row> {
  const collection = database.rows('incoming');
  const rowOf = (round: number, time: number): LocalRow<'incoming'> => ({
    ...sampleIncoming(documents + numberOf(round, time)),
    rev: 0,
  });
  const series = await alternate(rounds, {
    ours: (round) => timed((time) => collection.insert(rowOf(round, time)), perRound),
    limit: (round) => timed((time) => raw.views.incoming.add(rowOf(round, time)), perRound),
  });
  return { what, against: 'Dexie add', target: 2, ...series };
}

async function insertEntries({ database, raw }: Subject, rounds: number): Promise<Row> {
  const entryOf = (round: number, time: number): OutboxEntry =>
    sampleOutboxEntry('other', firstEntry + numberOf(round, time));
  const series = await alternate(rounds, {
    ours: (round) => timed((time) => database.ledger.outbox.insert(entryOf(round, time)), perRound),
    limit: (round) => timed((time) => raw.ledger.outbox.add(entryOf(round, time)), perRound),
  });
  await database.ledger.outbox.find({ selector: { n: { $gte: firstEntry } } }).remove();
  return {
    what: 'one operation into the outbox, strict',
    against: 'Dexie add, strict',
    target: 2,
    ...series,
  };
}
