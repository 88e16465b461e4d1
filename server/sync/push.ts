import { createHash } from 'node:crypto';
import { sameWork } from '@shared/domain/removal';
import { AppError } from '@shared/result/result';
import { type Operation, operationId } from '@shared/sync/operation';
import type { OpResult, PushRequest, PushResponse } from '@shared/sync/protocol';
import { applyOperation } from './apply-operation';
import { type Author, activeDevice } from './author';
import { agreedEpoch } from './epoch';
import type { SyncDatabase, SyncTransaction } from './port';
import { readCurrentRows } from './visible-rows';

type Taken = { readonly result: OpResult; readonly buckets: readonly string[] };

const sha256 = (text: string) => Promise.resolve(createHash('sha256').update(text, 'utf8').digest('hex'));

/**
 * Takes in operations of one device in the order of their numbers, each in a transaction of its own. Stops at a gap.
 * An operation that is known already gives its stored result again. `onCommit` is told the buckets that changed.
 * Errors: INVALID_INPUT for the operation of another device, EPOCH_CHANGED, DEVICE_REVOKED.
 */
export async function takeInOperations(
  database: SyncDatabase,
  author: Author,
  request: PushRequest,
  now: () => string,
  onCommit: (buckets: readonly string[]) => void,
): Promise<Pick<PushResponse, 'results' | 'lastN' | 'epoch'>> {
  for (const { op, n } of request.ops) {
    if (op !== operationId(author.device, n)) throw new AppError('INVALID_INPUT', 'op');
  }
  const before = await database.transaction('snapshot', async (tx) =>
    activeDevice(await tx.readDevice(author.device), author),
  );
  const epoch = agreedEpoch(request.epoch, before.epoch, before.lastN === 0);
  const results: OpResult[] = [];
  let { lastN } = before;
  for (const operation of request.ops as readonly Operation[]) {
    const taken = await database.transaction('read-write', (tx) =>
      takeIn(tx, author, operation, epoch, now()),
    );
    lastN = taken.lastN;
    if (taken.result === null) break;
    results.push(taken.result);
    if (taken.buckets.length > 0) onCommit(taken.buckets);
  }
  return { results, lastN, epoch };
}

/** Takes in one operation; `result` is null at a gap. */
async function takeIn(
  tx: SyncTransaction,
  author: Author,
  operation: Operation,
  epoch: string,
  at: string,
): Promise<{
  readonly result: OpResult | null;
  readonly buckets: readonly string[];
  readonly lastN: number;
}> {
  const device = activeDevice(await tx.lockDevice(author.device), author);
  agreedEpoch(epoch, device.epoch, false);
  const { lastN } = device;
  if (operation.n <= lastN) return { result: await knownResult(tx, author, operation), buckets: [], lastN };
  if (operation.n !== lastN + 1) return { result: null, buckets: [], lastN };
  const { result, buckets } = await applyOrRefuse(tx, author, operation, at);
  await tx.storeOperation(author.device, { body: operation, result: { ...result, rows: [] } }, at);
  return { result, buckets, lastN: operation.n };
}

/** The answer to an operation that was taken in before; rows are those that its unit may see now. */
async function knownResult(tx: SyncTransaction, author: Author, operation: Operation): Promise<OpResult> {
  const stored = await tx.storedOperation(operation.op);
  // Different work under a used number is what a restored profile sends: to call it done would lose it.
  if (stored === null || !sameWork(stored.body, JSON.parse(JSON.stringify(operation)))) {
    return { op: operation.op, status: 'rejected', reason: 'INVALID_INPUT', rows: [] };
  }
  if (stored.result.status !== 'rejected') return stored.result;
  return { ...stored.result, rows: await readCurrentRows(tx, author.unit, operation.changes) };
}

async function applyOrRefuse(
  tx: SyncTransaction,
  author: Author,
  operation: Operation,
  at: string,
): Promise<Taken> {
  const { op } = operation;
  try {
    const applied = await tx.attempt(() => applyOperation(tx, operation, author, at, sha256));
    return { result: { op, status: applied.status, reason: '', rows: [] }, buckets: applied.buckets };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const rows = await readCurrentRows(tx, author.unit, operation.changes);
    return { result: { op, status: 'rejected', reason: error.code, rows }, buckets: [] };
  }
}
