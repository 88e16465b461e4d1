import { createHash } from 'node:crypto';
import { AppError } from '@shared/result/result';
import type { CollectionName } from '@shared/schema/rows';
import type { DigestResponse, PullRequest, PullResponse, WireRow } from '@shared/sync/protocol';
import type { Database, Session } from '../storage/port';
import { actForUnit, readableBuckets } from '../storage/scope';
import type { Author } from './author';
import { lastNOf } from './push';

type Page = PullResponse['buckets'][number];
type FeedRow = {
  readonly seq: number;
  readonly coll: CollectionName;
  readonly id: string;
  readonly rev: number;
  readonly gone: boolean;
  readonly data: WireRow['data'];
};

/** One answer holds about this much row text, so that a slow line never waits for one huge body. */
const pageBytes = 2_000_000;

/**
 * The next rows of every bucket the device may read, and `lastN`, all seen in one snapshot.
 * INVALID_INPUT when a cursor lies beyond the head: the data was restored without a new epoch.
 */
export function readChanges(
  database: Database,
  reader: Author,
  request: PullRequest,
): Promise<Pick<PullResponse, 'buckets' | 'drop' | 'lastN'>> {
  const readable = readableBuckets(reader.unit);
  return database.transaction('snapshot', async (session) => {
    await actForUnit(session, reader.unit);
    const buckets: Page[] = [];
    let room = pageBytes;
    for (const bucket of readable) {
      const cursor = request.cursors[bucket] ?? 0;
      if (cursor > (await headOf(session, bucket))) throw new AppError('INVALID_INPUT', 'cursor');
      const { page, bytes } = await readPage(session, bucket, cursor, request.limit, room);
      room = Math.max(0, room - bytes);
      buckets.push(page);
    }
    const drop = Object.keys(request.cursors).filter((bucket) => !readable.includes(bucket));
    return { buckets, drop, lastN: await lastNOf(session, reader.device) };
  });
}

async function headOf(session: Session, bucket: string): Promise<number> {
  const rows = await session.query<{ head: number }>('select head from bucket where bucket = $1', [bucket]);
  return rows[0]?.head ?? 0;
}

async function readPage(
  session: Session,
  bucket: string,
  cursor: number,
  limit: number,
  room: number,
): Promise<{ readonly page: Page; readonly bytes: number }> {
  const found = await session.query<FeedRow>(
    `select f.seq, f.coll, f.id, f.rev, f.gone, case when f.gone then null else e.data end as data
     from feed f left join entity e on e.coll = f.coll and e.id = f.id
     where f.bucket = $1 and f.seq > $2 order by f.seq limit $3`,
    [bucket, cursor, limit + 1],
  );
  const rows: WireRow[] = [];
  let bytes = 0;
  let next = cursor;
  for (const { seq, ...row } of found.slice(0, limit)) {
    if (rows.length > 0 && bytes >= room) break;
    rows.push(row);
    bytes += JSON.stringify(row.data).length;
    next = seq;
  }
  return { page: { bucket, rows, next, more: rows.length < found.length }, bytes };
}

/** Count and digest of the live rows of a bucket at its present head. FORBIDDEN for a bucket that is not readable. */
export function readDigest(database: Database, reader: Author, bucket: string): Promise<DigestResponse> {
  if (!readableBuckets(reader.unit).includes(bucket)) throw new AppError('FORBIDDEN', 'bucket');
  return database.transaction('snapshot', async (session) => {
    await actForUnit(session, reader.unit);
    const rows = await session.query<{ coll: string; id: string; rev: number }>(
      'select coll, id, rev from feed where bucket = $1 and not gone',
      [bucket],
    );
    return { bucket, count: rows.length, digest: digestOf(rows), head: await headOf(session, bucket) };
  });
}

/** XOR of the first 8 bytes of SHA-256(`coll|id|rev`), 16 hexadecimal digits. */
export function digestOf(
  rows: readonly { readonly coll: string; readonly id: string; readonly rev: number }[],
): string {
  let sum = 0n;
  for (const { coll, id, rev } of rows) {
    sum ^= createHash('sha256').update(`${coll}|${id}|${rev}`, 'utf8').digest().readBigUInt64BE(0);
  }
  return sum.toString(16).padStart(16, '0');
}
