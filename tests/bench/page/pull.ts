import { unitBucket } from '@shared/domain/exchange';
import type { LocalRow } from '../../../renderer/src/data/database';
import { alternate, type Row, timed } from '../rounds';
import { samplePage, unit } from './sample-rows';
import type { Subject } from './subject';

/** Rows in one answer of the server, as the product asks for them. */
const pageSize = 500;
/** While only filling up, bigger pages save time and change nothing in what is stored. */
const fillSize = 2_000;

/** Stores pulled rows page by page as the replication does, against a bare bulkPut of the same rows. */
export async function measurePull(subject: Subject, rows: number): Promise<readonly Row[]> {
  const pages = Math.floor(rows / pageSize);
  const series = await alternate(
    pages,
    {
      ours: (round) => storeOurs(subject, round * pageSize, pageSize),
      limit: (round) => storeRaw(subject, round * pageSize, pageSize),
    },
    false,
  );
  return [
    {
      what: `pull: store a page of ${pageSize} rows, of ${rows.toLocaleString('en')}`,
      against: 'Dexie bulkPut',
      target: 2.5,
      ...series,
    },
  ];
}

/** Adds the rows from..to to both sides without measuring. */
export async function fill(subject: Subject, from: number, to: number): Promise<readonly Row[]> {
  for (let at = from; at < to; at += fillSize) {
    const length = Math.min(fillSize, to - at);
    await storeOurs(subject, at, length);
    await storeRaw(subject, at, length);
  }
  return [];
}

function storeOurs({ store }: Subject, from: number, length: number): Promise<number> {
  const page = {
    bucket: unitBucket(unit),
    rows: [...samplePage(from, length)],
    next: from + length,
    more: true,
  };
  return timed(async () => void (await store.replica.storePage(page, from, 0)));
}

function storeRaw({ raw }: Subject, from: number, length: number): Promise<number> {
  const rows = samplePage(from, length).map(({ data, rev }) => ({ ...data, rev }) as LocalRow<'incoming'>);
  return timed(() => raw.views.incoming.bulkPut(rows));
}
