import { PGlite, types } from '@electric-sql/pglite';
import { Admission } from './admission';
import { makeCluster } from './new-cluster';
import { beginStatements, type Database, retryLostRaces, type SqlValue } from './port';

/** One transaction at a time is all that the embedded database does. */
const running = 1;

/**
 * Opens the embedded database in a folder of its own; it is made when it does not exist. More than `waiting`
 * transactions at a time are refused.
 */
export async function openPglite(directory: string, waiting: number): Promise<Database> {
  await makeCluster(directory);
  const db = await PGlite.create(directory, { parsers: { [types.INT8]: Number } });
  const admission = new Admission({ running, waiting });
  const sessionOf = (tx: Pick<PGlite, 'query'>) => ({
    query: async <Row>(sql: string, values: readonly SqlValue[] = []) =>
      (await tx.query<Row>(sql, [...values])).rows,
  });
  return {
    kind: 'pglite',
    transaction: (mode, work) =>
      admission.run(() =>
        retryLostRaces(() =>
          db.transaction(async (tx) => {
            for (const statement of beginStatements(mode)) await tx.exec(statement);
            return work(sessionOf(tx));
          }),
        ),
      ),
    asOwner: (work) =>
      db.transaction((tx) =>
        work({
          ...sessionOf(tx),
          script: async (sql) => {
            await tx.exec(sql);
          },
        }),
      ),
    // No other process can open this database.
    listen: () => ({ send: async () => undefined, close: async () => undefined }),
    load: () => admission.load(),
    close: () => db.close(),
  };
}
