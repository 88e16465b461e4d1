import type { MangoQuery } from 'rxdb';
import { filter, firstValueFrom } from 'rxjs';
import type { LocalRow } from '../../../renderer/src/data/database';
import { liveRows } from '../../../renderer/src/data/live-rows';
import type { Row } from '../rounds';
import { timed } from '../rounds';
import { sampleIncoming } from './sample-rows';
import type { Subject } from './subject';

type Incoming = LocalRow<'incoming'>;
const head = { sort: [{ newestFirst: 'asc' }], limit: 50 } as MangoQuery<Incoming>;
/** A person sees no delay below this, in milliseconds. */
const unseen = 20;

/** From the write of a changed document to the open list that shows it, the write included. */
export async function measureLiveUpdate(
  { database }: Subject,
  documents: number,
  rounds: number,
): Promise<readonly Row[]> {
  const collection = database.rows('incoming');
  const list = liveRows(collection, head);
  const open = list.subscribe();
  const [first] = await firstValueFrom(list);
  const row = first ?? { ...sampleIncoming(documents), rev: 0 };
  const ours: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const subject = `Lần sửa thứ ${round}`;
    const shown = firstValueFrom(list.pipe(filter((rows) => rows.some((each) => each.subject === subject))));
    ours.push(
      await timed(async () => {
        await collection.upsert({ ...row, subject });
        await shown;
      }),
    );
    // Changes of people come one by one; a flood is another matter.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  open.unsubscribe();
  const what = `live update of an open list, of ${documents.toLocaleString('en')}`;
  return [{ what, against: `${unseen} ms`, target: 1, ours, limit: ours.map(() => unseen) }];
}
