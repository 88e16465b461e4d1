import type { Book, NumberEntry } from '@shared/schema/books';
import type { Unit } from '@shared/schema/people';
import type { ContentStore } from '../files/content-store';
import type { Database, Session } from '../storage/port';
import { actForServer } from '../storage/scope';
import { bookFaults } from './audit/books';
import { feedFaults } from './audit/feeds';
import { fileFaults, type RecordedFile } from './audit/files';
import { grantFaults } from './audit/grants';
import { operationFaults } from './audit/operations';

/** What was looked at and every fault that was found, one line each. */
export type AuditReport = {
  readonly books: number;
  readonly numbers: number;
  readonly rows: number;
  readonly files: number;
  readonly faults: readonly string[];
};

/**
 * Checks one snapshot of the data: numbers, feeds, operations, grants, and that every recorded file is in the store;
 * with `deep` also that each file is still what its name says. The server may go on meanwhile.
 */
export async function audit(database: Database, store: ContentStore, deep: boolean): Promise<AuditReport> {
  const found = await database.transaction('snapshot', async (session) => {
    await actForServer(session);
    const [count] = await session.query<{ rows: number }>('select count(*) as rows from entity');
    return {
      books: await readRows<Book>(session, 'books'),
      numbers: await readRows<NumberEntry>(session, 'numbers'),
      units: await readRows<Unit>(session, 'units'),
      files: await session.query<RecordedFile>('select sha, size from file order by sha'),
      rows: count?.rows ?? 0,
      faults: [
        ...(await feedFaults(session)),
        ...(await operationFaults(session)),
        ...(await grantFaults(session)),
      ],
    };
  });
  const files = await fileFaults(store, found.files, deep);
  const recorded = await stillRecorded(
    database,
    files.map(({ sha }) => sha),
  );
  return {
    books: found.books.length,
    numbers: found.numbers.length,
    rows: found.rows,
    files: found.files.length,
    faults: [
      ...(await bookFaults(found.books, found.numbers, found.units)),
      ...found.faults,
      ...files.filter(({ sha }) => recorded.has(sha)).map(({ sha, fault }) => `file ${sha}: ${fault}`),
    ],
  };
}

/** Those that were not removed while the store was looked through. */
async function stillRecorded(database: Database, files: readonly string[]): Promise<ReadonlySet<string>> {
  if (files.length === 0) return new Set();
  const rows = await database.transaction('snapshot', (session) =>
    session.query<{ sha: string }>('select sha from file where sha = any($1::text[])', [files]),
  );
  return new Set(rows.map(({ sha }) => sha));
}

async function readRows<Row>(session: Session, coll: string): Promise<readonly Row[]> {
  const rows = await session.query<{ data: Row }>('select data from entity where coll = $1 order by id', [
    coll,
  ]);
  return rows.map((row) => row.data);
}
