import { createHash } from 'node:crypto';
import { auditBook } from '@shared/domain/book-audit';
import type { Book, NumberEntry } from '@shared/schema/books';
import type { ContentStore } from '../files/content-store';
import type { Database, Session } from '../storage/port';
import { actForServer } from '../storage/scope';

/** What was looked at and every fault that was found, one line each. */
export type AuditReport = {
  readonly books: number;
  readonly numbers: number;
  readonly rows: number;
  readonly files: number;
  readonly faults: readonly string[];
};

const sha256 = (text: string) => Promise.resolve(createHash('sha256').update(text, 'utf8').digest('hex'));

/** Checks numbers (no gap, double, date going back or broken chain), feeds, operations and the file store. */
export async function audit(database: Database, store: ContentStore): Promise<AuditReport> {
  const found = await database.transaction('snapshot', async (session) => {
    await actForServer(session);
    const books = await readRows<Book>(session, 'books');
    const numbers = await readRows<NumberEntry>(session, 'numbers');
    const faults = [
      ...(await bookFaults(books, numbers)),
      ...(await feedFaults(session)),
      ...(await operationFaults(session)),
    ];
    const rows = await session.query<{ count: number }>('select count(*) as count from entity');
    const files = await session.query<{ sha: string; size: number }>(
      'select sha, size from file order by sha',
    );
    return { books: books.length, numbers: numbers.length, rows: rows[0]?.count ?? 0, files, faults };
  });
  const faults = [...found.faults];
  for (const { sha, size } of found.files) {
    const present = await store.sizeOf(sha);
    if (present !== size)
      faults.push(`file ${sha}: ${present === null ? 'missing' : `${present} bytes, not ${size}`}`);
  }
  return { ...found, files: found.files.length, faults };
}

async function readRows<Row>(session: Session, coll: string): Promise<readonly Row[]> {
  const rows = await session.query<{ data: Row }>('select data from entity where coll = $1 order by id', [
    coll,
  ]);
  return rows.map((row) => row.data);
}

async function bookFaults(
  books: readonly Book[],
  numbers: readonly NumberEntry[],
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const book of books) {
    const entries = numbers.filter((entry) => entry.book === book.id);
    for (const { n, fault } of await auditBook(book, entries, sha256))
      faults.push(`book ${book.id}: ${fault} at ${n}`);
  }
  return faults;
}

async function feedFaults(session: Session): Promise<readonly string[]> {
  const missing = await session.query<{ coll: string; id: string; bucket: string }>(
    `select e.coll, e.id, b.bucket from entity e cross join lateral unnest(e.buckets) as b(bucket)
     left join feed f on f.coll = e.coll and f.id = e.id and f.bucket = b.bucket and not f.gone and f.rev = e.rev
     where f.seq is null order by 1, 2`,
  );
  const stale = await session.query<{ coll: string; id: string; bucket: string }>(
    `select f.coll, f.id, f.bucket from feed f
     join entity e on e.coll = f.coll and e.id = f.id
     where not f.gone and not f.bucket = any(e.buckets) order by 1, 2`,
  );
  const heads = await session.query<{ bucket: string }>(
    `select b.bucket from bucket b
     where b.head <> coalesce((select max(f.seq) from feed f where f.bucket = b.bucket), 0)`,
  );
  return [
    ...missing.map((row) => `feed ${row.bucket}: ${row.coll}/${row.id} is missing`),
    ...stale.map((row) => `feed ${row.bucket}: ${row.coll}/${row.id} should be gone`),
    ...heads.map((row) => `feed ${row.bucket}: head`),
  ];
}

async function operationFaults(session: Session): Promise<readonly string[]> {
  const rows = await session.query<{ id: string }>(
    `select d.id from device d left join op o on o.device = d.id
     group by d.id, d.last_n having count(o.n) <> d.last_n or coalesce(max(o.n), 0) <> d.last_n`,
  );
  return rows.map((row) => `device ${row.id}: operations are not 1 to last_n`);
}
