import pg from 'pg';
import { beginStatements, type Database, retryLostRaces, type Session, type SqlValue } from './port';

const bigint = pg.types.builtins.INT8;

/** Connects to a PostgreSQL server (15 or newer). `url` is a libpq connection string. */
export function openPostgres(url: string, onIdleError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === bigint ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  pool.on('error', onIdleError);
  return {
    kind: 'postgres',
    transaction: (mode, work) =>
      retryLostRaces(() =>
        withClient(pool, async (client) => {
          await client.query('begin');
          for (const statement of beginStatements(mode)) await client.query(statement);
          const result = await work(sessionOf(client));
          await client.query('commit');
          return result;
        }),
      ),
    script: async (sql) => {
      await pool.query(sql);
    },
    close: () => pool.end(),
  };
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

function sessionOf(client: pg.PoolClient): Session {
  return {
    query: async <Row>(sql: string, values: readonly SqlValue[] = []) =>
      (await client.query(sql, [...values])).rows as readonly Row[],
  };
}
