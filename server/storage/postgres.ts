import pg from 'pg';
import { Admission } from './admission';
import {
  beginStatements,
  type Database,
  type Notices,
  retryLostRaces,
  type Session,
  type SqlValue,
} from './port';
import { listenToPostgres } from './postgres-notices';

const bigint = pg.types.builtins.INT8;

export type PostgresOptions = {
  /** A libpq connection string. */
  readonly url: string;
  /** Connections of this process, besides one for notices. */
  readonly connections: number;
  /** Transactions that may wait for a connection; more are refused. */
  readonly waiting: number;
  readonly onIdleError: (error: Error) => void;
};

/** Connects to a PostgreSQL server (15 or newer). */
export function openPostgres({ url, connections, waiting, onIdleError }: PostgresOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    statement_timeout: 120_000,
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === bigint ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  pool.on('error', onIdleError);
  const notices: Notices[] = [];
  const admission = new Admission({ running: connections, waiting });
  return {
    kind: 'postgres',
    transaction: (mode, work) =>
      admission.run(() =>
        retryLostRaces(() =>
          withClient(pool, async (client) => {
            // One text, one way there and back.
            await client.query(['begin', ...beginStatements(mode)].join(';'));
            const result = await work(sessionOf(client));
            await client.query('commit');
            return result;
          }),
        ),
      ),
    asOwner: (work) =>
      withClient(pool, async (client) => {
        await client.query('begin');
        const script = async (sql: string) => void (await client.query(sql));
        const result = await work({ ...sessionOf(client), script });
        await client.query('commit');
        return result;
      }),
    listen: (hear) => {
      const opened = listenToPostgres(url, hear, onIdleError);
      notices.push(opened);
      return opened;
    },
    load: () => admission.load(),
    close: async () => {
      for (const opened of notices) await opened.close();
      await pool.end();
    },
  };
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The pool hears of lost connections only while they are idle. Between two statements nobody else would, and an
  // error that nobody hears ends the process.
  const hearLoss = (error: Error) => {
    broken = error;
  };
  client.on('error', hearLoss);
  try {
    return await work(client);
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    client.off('error', hearLoss);
    client.release(broken);
  }
}

function sessionOf(client: pg.PoolClient): Session {
  return {
    query: async <Row>(sql: string, values: readonly SqlValue[] = []) =>
      (await client.query(sql, [...values])).rows as readonly Row[],
  };
}
