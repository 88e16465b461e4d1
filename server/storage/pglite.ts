import { PGlite, types } from '@electric-sql/pglite';
import { beginStatements, type Database, retryLostRaces, type SqlValue } from './port';

/** Opens the embedded database in a folder of its own; it is made when it does not exist. */
export async function openPglite(directory: string): Promise<Database> {
  const db = await PGlite.create(directory, { parsers: { [types.INT8]: Number } });
  return {
    kind: 'pglite',
    transaction: (mode, work) =>
      retryLostRaces(() =>
        db.transaction(async (tx) => {
          for (const statement of beginStatements(mode)) await tx.exec(statement);
          return work({
            query: async <Row>(sql: string, values: readonly SqlValue[] = []) =>
              (await tx.query<Row>(sql, [...values])).rows,
          });
        }),
      ),
    script: async (sql) => {
      await db.exec(sql);
    },
    close: () => db.close(),
  };
}
