import path from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Province } from './province';

/** Works in one transaction on the storage of a stopped server, behind its back. */
export async function inStorage(
  province: Province,
  work: (tx: Transaction) => Promise<unknown>,
): Promise<void> {
  if (province.running) throw new Error('the server must be stopped');
  const db = await PGlite.create(path.join(province.folder, 'server', 'database'));
  try {
    await db.transaction(async (tx) => {
      await work(tx);
    });
  } finally {
    await db.close();
  }
}
