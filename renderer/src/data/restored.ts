import { eachNamedFile } from './named-files';
import type { Workplace } from './workplace';

export type Restored = {
  /** Operations that this machine holds now. */
  readonly operations: number;
  /** Rows of all kinds, whoever made them. */
  readonly rows: number;
  readonly filesMissing: number;
};

/** Counts what is on this machine; reads everything, so it is for the end of a rescue only. */
export async function countRestored({ database, files }: Workplace): Promise<Restored> {
  const named = new Set<string>();
  for await (const { sha256 } of eachNamedFile(database)) named.add(sha256);
  const { view, ledger } = database;
  const counts = await Promise.all(
    Object.values(view.collections).map((collection) => collection.count().exec()),
  );
  return {
    operations: await ledger.outbox.count().exec(),
    rows: counts.reduce((sum, count) => sum + count, 0),
    filesMissing: named.size - (await files.presentOf([...named])).size,
  };
}
