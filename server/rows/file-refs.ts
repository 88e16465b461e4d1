import { fileRefSchema } from '@shared/schema/values';
import type { StoredRow, SyncTransaction } from '../sync/port';
import { readableBuckets } from '../sync/readable';

/** The SHA-256 of every file that a row names, at any depth, sorted. */
export function filesIn(data: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const file = 'sha256' in value ? fileRefSchema.safeParse(value) : null;
    if (file?.success === true) found.add(file.data.sha256);
    else for (const part of Object.values(value)) visit(part);
  };
  visit(data);
  return [...found].sort();
}

/**
 * Notes which files a row names, for each bucket it is in. `vouchedBy` is the unit whose work brought the row about;
 * units that vouch for the same file where that unit can read it are taken over, so that a document may be passed on.
 */
export async function writeFileRefs(
  tx: SyncTransaction,
  row: StoredRow,
  previous: StoredRow | null,
  vouchedBy: string,
): Promise<void> {
  const files = filesIn(row.data);
  const same =
    previous !== null &&
    files.join() === filesIn(previous.data).join() &&
    row.buckets.join() === previous.buckets.join();
  if (same || (previous === null && files.length === 0)) return;
  const known = await tx.vouchersOf(files, await readableBuckets(tx, vouchedBy));
  const own = files.map((sha) => ({ sha, origin: vouchedBy }));
  await tx.replaceFileRefs([{ row, vouchers: [...own, ...known] }]);
}
