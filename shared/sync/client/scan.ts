import type { CollectionName } from '../../schema/rows';
import type { RowTables } from './local-database';
import type { AnyRow } from './local-row';

const pageSize = 1000;

/** Every row of a collection in the order of the ids; a page of them is in memory at a time. */
export async function* everyRow(rows: RowTables, coll: CollectionName): AsyncGenerator<AnyRow> {
  let after = '';
  for (;;) {
    const page = await rows.page(coll, after, pageSize);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.id;
  }
}
