import { AppError } from '@shared/result/result';
import type { Scopes, SyncDatabase, SyncTransaction } from '../sync/port';
import { type Database, type Session, sqlState, uniqueViolation } from './port';
import { actForServer, actForUnit, type Scope } from './scope';
import { sqlFeeds } from './sql-feeds';
import { sqlFileRecords } from './sql-file-records';
import { sqlOperations } from './sql-operations';
import { sqlProofs } from './sql-proofs';
import { sqlRows } from './sql-rows';

/** The port of push and pull, carried out in SQL. */
export function sqlSyncDatabase(database: Database): SyncDatabase {
  return {
    transaction: (mode, work) => database.transaction(mode, (session) => work(sqlTransaction(session))),
  };
}

/** One running database transaction, seen through the port. */
export function sqlTransaction(session: Session): SyncTransaction {
  const scope: Scope = { unit: '', buckets: [] };
  return {
    ...scopes(session, scope),
    ...sqlRows(session, scope),
    ...sqlFeeds(session),
    ...sqlOperations(session),
    ...sqlProofs(session),
    ...sqlFileRecords(session),
  };
}

// Rules that are looked at last are looked at here, while what breaks them can still be undone alone.
const settleDeferred = 'set constraints all immediate';

function scopes(session: Session, scope: Scope): Scopes {
  const change = (unit: string, buckets: readonly string[]) => Object.assign(scope, { unit, buckets });
  return {
    actForUnit: async (unit, buckets) => {
      await actForUnit(session, unit, buckets);
      change(unit, buckets);
    },
    actForServer: async () => {
      await actForServer(session);
      change('*', []);
    },
    holdName: async (name) => {
      await session.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
    },
    attempt: async (work) => {
      const before = { ...scope };
      await session.query('savepoint attempt');
      try {
        const result = await work();
        await session.query(settleDeferred);
        return result;
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal === null) throw error;
        await session.query('rollback to savepoint attempt');
        change(before.unit, before.buckets);
        throw refusal;
      }
    },
  };
}

/** A refusal of the work or of the data that it writes, or null for a failure that is not the work's fault. */
function refusalOf(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  const state = sqlState(error);
  if (state === uniqueViolation) return new AppError('NUMBER_TAKEN');
  // Class 22 is data the database cannot hold, such as an index entry that is too long (54).
  return state.startsWith('22') || state.startsWith('54') ? new AppError('INVALID_INPUT') : null;
}
