import { sameWork } from '@shared/domain/removal';
import { sha256 } from '@shared/node/sha256';
import { AppError } from '@shared/result/result';
import { type Operation, operationId } from '@shared/sync/operation';
import { numberReused, type OpResult, type PushRequest, type PushResponse } from '@shared/sync/protocol';
import { applyOperation } from './apply-operation';
import { type Author, activeDevice } from './author';
import { BufferedTransaction, NotForBatch } from './buffered-transaction';
import { agreedEpoch } from './epoch';
import { keepNumber } from './keep-number';
import type { DeviceState, SyncDatabase, SyncTransaction } from './port';
import { actForReaders } from './readable';
import { recordOf } from './removal';
import { readCurrentRows } from './visible-rows';

type Taken = { readonly result: OpResult; readonly buckets: readonly string[] };

type Caller = {
  readonly author: Author;
  /** The epoch that the device believes in. */
  readonly claimed: string;
  readonly now: () => string;
  readonly onCommit: (buckets: readonly string[]) => void;
};
type Intake = Pick<Caller, 'author' | 'now'> & { readonly epoch: string };
type Answer = Pick<PushResponse, 'results' | 'lastN' | 'epoch'>;

/**
 * Takes in operations of one device in the order of their numbers. Stops at a gap. An operation that is known already
 * gives its stored result again. `onCommit` is told the buckets that changed.
 * Errors: INVALID_INPUT for the operation of another device, EPOCH_CHANGED, DEVICE_REVOKED.
 */
export async function takeInOperations(
  database: SyncDatabase,
  author: Author,
  request: PushRequest,
  now: () => string,
  onCommit: (buckets: readonly string[]) => void,
): Promise<Answer> {
  const operations = request.ops as readonly Operation[];
  for (const { op, n } of operations) {
    if (op !== operationId(author.device, n)) throw new AppError('INVALID_INPUT', 'op');
  }
  const caller = { author, claimed: request.epoch, now, onCommit };
  return (
    (await takeInTogether(database, caller, operations)) ?? (await takeInApart(database, caller, operations))
  );
}

/** All operations in one transaction, in few statements; null when one of them needs a transaction of its own. */
async function takeInTogether(
  database: SyncDatabase,
  caller: Caller,
  operations: readonly Operation[],
): Promise<Answer | null> {
  try {
    const { before, taken } = await database.transaction('read-write', async (tx) => {
      const buffered = new BufferedTransaction(tx);
      const before = meet(caller, await buffered.lockDevice(caller.author.device));
      const intake = { author: caller.author, now: caller.now, epoch: before.epoch };
      // All rows at once and in one order, so that two batches do not wait for each other.
      await actForReaders(buffered, caller.author.unit);
      await buffered.lockRows(operations.flatMap(({ changes }) => changes));
      const taken: TakenIn[] = [];
      for (const operation of operations) {
        const next = await takeIn(buffered, intake, operation);
        taken.push(next);
        if (next.result === null) break;
      }
      await buffered.flush();
      return { before, taken };
    });
    announce(caller, taken);
    return answerOf(before, taken);
  } catch (error) {
    if (error instanceof NotForBatch) return null;
    throw error;
  }
}

/** Each operation in a transaction of its own. */
async function takeInApart(
  database: SyncDatabase,
  caller: Caller,
  operations: readonly Operation[],
): Promise<Answer> {
  const before = await database.transaction('snapshot', async (tx) =>
    meet(caller, await tx.readDevice(caller.author.device)),
  );
  const intake = { author: caller.author, now: caller.now, epoch: before.epoch };
  const taken: TakenIn[] = [];
  for (const operation of operations) {
    const next = await database.transaction('read-write', (tx) => takeIn(tx, intake, operation));
    taken.push(next);
    announce(caller, [next]);
    if (next.result === null) break;
  }
  return answerOf(before, taken);
}

/** The device as it is before its push. Errors: those of {@link takeInOperations}. */
function meet({ author, claimed }: Caller, found: DeviceState | null): DeviceState {
  const device = activeDevice(found, author);
  agreedEpoch(claimed, device.epoch, device.lastN === 0);
  return device;
}

function answerOf({ epoch, lastN }: DeviceState, taken: readonly TakenIn[]): Answer {
  const results = taken.flatMap(({ result }) => result ?? []);
  return { results, lastN: taken.at(-1)?.lastN ?? lastN, epoch };
}

function announce({ onCommit }: Caller, taken: readonly TakenIn[]): void {
  const changed = new Set(taken.flatMap(({ buckets }) => buckets));
  if (changed.size > 0) onCommit([...changed]);
}

/** What became of one operation; `result` is null at a gap. */
type TakenIn = {
  readonly result: OpResult | null;
  readonly buckets: readonly string[];
  readonly lastN: number;
};

async function takeIn(
  tx: SyncTransaction,
  { author, epoch, now }: Intake,
  operation: Operation,
): Promise<TakenIn> {
  const device = activeDevice(await tx.lockDevice(author.device), author);
  agreedEpoch(epoch, device.epoch, false);
  const { lastN } = device;
  if (operation.n <= lastN) return { result: await knownResult(tx, author, operation), buckets: [], lastN };
  if (operation.n !== lastN + 1) return { result: null, buckets: [], lastN };
  const at = now();
  const { result, buckets } = await applyOrRefuse(tx, author, operation, at);
  const body = result.status === 'rejected' ? await recordOf(tx, operation, author) : operation;
  await tx.storeOperations(author.device, [{ body, result: { ...result, rows: [] } }], at);
  return { result, buckets, lastN: operation.n };
}

/** The answer to an operation that was taken in before; rows are those that its unit may see now. */
async function knownResult(tx: SyncTransaction, author: Author, operation: Operation): Promise<OpResult> {
  const stored = await tx.storedOperation(operation.op);
  // Different work under a used number is what a restored profile sends: to call it done would lose it.
  if (stored === null || !sameWork(stored.body, JSON.parse(JSON.stringify(operation)))) {
    return { op: operation.op, status: 'rejected', reason: numberReused, rows: [] };
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
    const kept = await keepNumber(tx, operation, error.code, author, at, sha256);
    const rows = await readCurrentRows(tx, author.unit, operation.changes);
    const reason = kept === null ? error.code : 'NUMBER_CANCELLED';
    return { result: { op, status: 'rejected', reason, rows }, buckets: kept ?? [] };
  }
}
