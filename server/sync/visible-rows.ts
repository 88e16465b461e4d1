import type { WireRow } from '@shared/sync/protocol';
import { keyText } from '../rows/row-writer';
import type { RowKey, SyncTransaction } from './port';
import { actForReaders } from './readable';

/** The named rows as the devices of a unit may see them; what they may not see looks as if it did not exist. */
export async function readCurrentRows(
  tx: SyncTransaction,
  unit: string,
  keys: readonly RowKey[],
): Promise<WireRow[]> {
  const readable = await actForReaders(tx, unit);
  const found = new Map((await tx.readVisibleRows(keys, readable)).map((row) => [keyText(row), row]));
  return [...new Map(keys.map((key) => [keyText(key), key])).values()].map(({ coll, id }) => {
    const row = found.get(keyText({ coll, id }));
    return row === undefined
      ? { coll, id, rev: 0, gone: true, data: null }
      : { coll, id, rev: row.rev, gone: false, data: row.data };
  });
}
