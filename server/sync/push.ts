import { createHash } from 'node:crypto';
import { sameWork } from '@shared/domain/removal';
import { AppError } from '@shared/result/result';
import { type Operation, operationId } from '@shared/sync/operation';
import type { OpResult } from '@shared/sync/protocol';
import { readWireRows } from '../rows/entity';
import { type Database, type Session, sqlState, uniqueViolation } from '../storage/port';
import { actForUnit, readableBuckets } from '../storage/scope';
import { applyOperation } from './apply-operation';
import type { Author } from './author';

type Taken = { readonly result: OpResult; readonly buckets: readonly string[] };

const sha256 = (text: string) => Promise.resolve(createHash('sha256').update(text, 'utf8').digest('hex'));

/**
 * Takes in operations of one device in the order of their numbers, each in a transaction of its own. Stops at a gap.
 * An operation that is known already gives its stored result again. `onCommit` is told the buckets that changed.
 */
export async function takeInOperations(
  database: Database,
  author: Author,
  operations: readonly Operation[],
  now: () => string,
  onCommit: (buckets: readonly string[]) => void,
): Promise<{ readonly results: readonly OpResult[]; readonly lastN: number }> {
  for (const { op, n } of operations) {
    if (op !== operationId(author.device, n)) throw new AppError('INVALID_INPUT', 'op');
  }
  const results: OpResult[] = [];
  for (const operation of operations) {
    const taken = await database.transaction('read-write', (session) =>
      takeIn(session, author, operation, now()),
    );
    if (taken === 'gap') break;
    results.push(taken.result);
    if (taken.buckets.length > 0) onCommit(taken.buckets);
  }
  return { results, lastN: await readLastN(database, author.device) };
}

async function takeIn(
  session: Session,
  author: Author,
  operation: Operation,
  at: string,
): Promise<Taken | 'gap'> {
  const devices = await session.query<{ last_n: number; status: string }>(
    'select last_n, status from device where id = $1 for update',
    [author.device],
  );
  const device = devices[0];
  if (device?.status !== 'active') throw new AppError('DEVICE_REVOKED');
  if (operation.n <= device.last_n) return { result: await storedResult(session, operation), buckets: [] };
  if (operation.n !== device.last_n + 1) return 'gap';
  const taken = await applyOrRefuse(session, author, operation, at);
  await session.query(
    'insert into op (op, device, n, at, body, result) values ($1, $2, $3, $4, $5::json, $6::json)',
    [operation.op, author.device, operation.n, at, JSON.stringify(operation), JSON.stringify(taken.result)],
  );
  await session.query('update device set last_n = $2, last_seen = $3 where id = $1', [
    author.device,
    operation.n,
    at,
  ]);
  return taken;
}

async function storedResult(session: Session, operation: Operation): Promise<OpResult> {
  const rows = await session.query<{ body: Operation; result: OpResult }>(
    'select body, result from op where op = $1',
    [operation.op],
  );
  const stored = rows[0];
  // Different work under a used number is what a restored profile sends: to call it done would lose it.
  if (stored === undefined || !sameWork(stored.body, JSON.parse(JSON.stringify(operation)))) {
    return { op: operation.op, status: 'rejected', reason: 'INVALID_INPUT', rows: [] };
  }
  return stored.result;
}

async function applyOrRefuse(
  session: Session,
  author: Author,
  operation: Operation,
  at: string,
): Promise<Taken> {
  const { op } = operation;
  await session.query('savepoint operation');
  try {
    const applied = await applyOperation(session, operation, author, at, sha256);
    return { result: { op, status: applied.status, reason: '', rows: [] }, buckets: applied.buckets };
  } catch (error) {
    const reason = refusalCode(error);
    if (reason === null) throw error;
    await session.query('rollback to savepoint operation');
    await actForUnit(session, author.unit);
    const rows = await readWireRows(session, operation.changes, readableBuckets(author.unit));
    return { result: { op, status: 'rejected', reason, rows: [...rows] }, buckets: [] };
  }
}

/** The code with which an operation is refused, or null for a failure that is not the operation's fault. */
function refusalCode(error: unknown): string | null {
  if (error instanceof AppError) return error.code;
  const state = sqlState(error);
  if (state === uniqueViolation) return 'NUMBER_TAKEN';
  // Class 22 is data the database cannot hold, such as an index entry that is too long (54).
  return state.startsWith('22') || state.startsWith('54') ? 'INVALID_INPUT' : null;
}

/** Highest operation number taken in from a device. */
export async function readLastN(database: Database, device: string): Promise<number> {
  return database.transaction('snapshot', (session) => lastNOf(session, device));
}

export async function lastNOf(session: Session, device: string): Promise<number> {
  const rows = await session.query<{ last_n: number }>('select last_n from device where id = $1', [device]);
  return rows[0]?.last_n ?? 0;
}
