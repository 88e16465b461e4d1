import { AppError } from '@shared/result/result';
import type { PullRequest } from '@shared/sync/protocol';
import { type Author, activeDevice } from './author';
import { noteHeard } from './awaited-devices';
import { agreedEpoch } from './epoch';
import type { FeedRow, SyncDatabase, SyncTransaction } from './port';
import { actForReaders } from './readable';

/** The next rows of one bucket, `next` being the cursor after them and `head` the end of the feed. */
export type Page = {
  readonly bucket: string;
  readonly rows: readonly FeedRow[];
  readonly next: number;
  readonly head: number;
  readonly more: boolean;
};

/** What a pull found, all of it in one snapshot. */
export type Changes = {
  readonly epoch: string;
  readonly pages: readonly Page[];
  readonly drop: readonly string[];
  readonly lastN: number;
};

/** One answer holds about this much row text, so that a slow line never waits for one huge body. */
const pageChars = 2_000_000;

/**
 * The next rows of every bucket the device may read, those it may no longer read, and `lastN`.
 * Errors: DEVICE_REVOKED; EPOCH_CHANGED; INVALID_INPUT when a cursor lies beyond the head: the data was restored without a new epoch.
 */
export async function readChanges(
  database: SyncDatabase,
  reader: Author,
  request: PullRequest,
): Promise<Changes> {
  const { changes, awaited } = await readSnapshot(database, reader, request);
  if (awaited && request.settled === true) await noteHeard(database, reader, changes.epoch);
  return changes;
}

function readSnapshot(
  database: SyncDatabase,
  reader: Author,
  request: PullRequest,
): Promise<{ readonly changes: Changes; readonly awaited: boolean }> {
  const { cursors } = request;
  return database.transaction('snapshot', async (tx) => {
    const device = activeDevice(await tx.readDevice(reader.device), reader);
    const fromStart = Object.values(cursors).every((cursor) => cursor === 0);
    const epoch = agreedEpoch(request.epoch, device.epoch, fromStart);
    const readable = await actForReaders(tx, reader.unit);
    const heads = await tx.headsOf(readable);
    const beyond = readable.some((bucket) => (cursors[bucket] ?? 0) > (heads.get(bucket) ?? 0));
    if (beyond) throw new AppError('INVALID_INPUT', 'cursor');
    const pages: Page[] = [];
    let room = pageChars;
    for (const bucket of readable) {
      const page = await readPage(
        tx,
        bucket,
        cursors[bucket] ?? 0,
        heads.get(bucket) ?? 0,
        request.limit,
        room,
      );
      room = Math.max(0, room - charsIn(page));
      pages.push(page);
    }
    const drop = Object.keys(cursors).filter((bucket) => !readable.includes(bucket));
    return { changes: { epoch, pages, drop, lastN: device.lastN }, awaited: device.awaited };
  });
}

async function readPage(
  tx: SyncTransaction,
  bucket: string,
  cursor: number,
  head: number,
  limit: number,
  room: number,
): Promise<Page> {
  if (cursor === head) return { bucket, rows: [], next: cursor, head, more: false };
  const rows = await tx.feedAfter(bucket, cursor, limit, room);
  const next = rows.at(-1)?.seq ?? head;
  return { bucket, rows, next, head, more: next < head };
}

function charsIn({ rows }: Page): number {
  return rows.reduce((sum, { json }) => sum + (json?.length ?? 0), 0);
}

/** The answer to a pull as JSON text (`pullResponseSchema`): rows pass through as the text they are stored as. */
export function pullAnswer(changes: Changes, serverId: string, now: string): string {
  const { epoch, drop, lastN } = changes;
  const head = JSON.stringify({ epoch, serverId, drop, lastN, now });
  return `${head.slice(0, -1)},"buckets":[${changes.pages.map(pageText).join(',')}]}`;
}

function pageText({ bucket, rows, next, head, more }: Page): string {
  return `${JSON.stringify({ bucket, next, head, more }).slice(0, -1)},"rows":[${rows.map(rowText).join(',')}]}`;
}

// Collections and ids are of a closed alphabet (`idSchema`) that needs no escaping.
function rowText({ coll, id, rev, gone, json }: FeedRow): string {
  return `{"coll":"${coll}","id":"${id}","rev":${rev},"gone":${gone},"data":${json ?? 'null'}}`;
}
