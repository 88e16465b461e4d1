/** A value that a statement can carry: JSON goes in as text and is cast in SQL, so that both drivers agree. */
export type SqlValue = string | number | boolean | null | readonly string[] | readonly number[];

/** One database session inside a transaction. Rows come back as plain objects; bigint as number, jsonb parsed. */
export type Session = {
  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
};

/** A session of the owner of the tables, outside of any policy; it can run scripts of several statements. */
export type OwnerSession = Session & { script(sql: string): Promise<void> };

export type TransactionMode = 'read-write' | 'snapshot';

/** How much is asked of a database at this moment. */
export type Load = { readonly running: number; readonly waiting: number };

/** Short messages between the server processes that share a database. They may be lost; nothing may depend on them. */
export type Notices = { send(text: string): Promise<void>; close(): Promise<void> };

/**
 * The storage of the server: PGlite in the data folder or a PostgreSQL server, the same SQL for both.
 * `snapshot` is one REPEATABLE READ view, read only.
 */
export type Database = {
  readonly kind: 'pglite' | 'postgres';
  /**
   * Runs the work in one transaction; what it throws rolls everything back. Deadlocks and lost races are retried.
   * SERVER_BUSY (`full`) when too many are waiting for a connection already.
   */
  transaction<T>(mode: TransactionMode, work: (session: Session) => Promise<T>): Promise<T>;
  /** Runs the work in one transaction of the owner of the tables: migrations only. */
  asOwner<T>(work: (session: OwnerSession) => Promise<T>): Promise<T>;
  /** Listens to what other processes say; `hear` may also get what this process sends. */
  listen(hear: (text: string) => void): Notices;
  load(): Load;
  close(): Promise<void>;
};

/** SQLSTATE of a failed statement, or '' for any other failure. */
export function sqlState(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : '';
}

export const uniqueViolation = '23505';

/** Whether the database has no room on its disk (SQLSTATE 53100). */
export function isDiskFull(error: unknown): boolean {
  return sqlState(error) === '53100';
}

/** SQLSTATEs of a server that shuts down, crashed or is starting, and of one that takes no further connections. */
const awayStates = new Set(['57P01', '57P02', '57P03', '53300']);

/** Whether the database could not be reached, or went away in the middle: it may be back in a moment. */
export function isAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state.startsWith('08') || awayStates.has(state)) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  // The driver has no code for a connection that ended, or did not begin, on it.
  return (
    code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE' || lostByDriver.test(error.message)
  );
}

const lostByDriver =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

const retried = new Set(['40001', '40P01']);
const attempts = 5;

/** Repeats work that lost a deadlock or a serialization race (SQLSTATE 40001, 40P01); other failures pass through. */
export async function retryLostRaces<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !retried.has(sqlState(error))) throw error;
    }
  }
}

/** Statements that open a transaction of the given mode under the role the row policies apply to. */
export function beginStatements(mode: TransactionMode): readonly string[] {
  return mode === 'snapshot'
    ? ['set transaction isolation level repeatable read, read only', `set local role ${applicationRole}`]
    : [`set local role ${applicationRole}`];
}

/** Owns nothing and is no superuser, so that row-level security holds for it. */
export const applicationRole = 'cong_van_app';
