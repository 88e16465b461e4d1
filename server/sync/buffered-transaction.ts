import { AppError } from '@shared/result/result';
import type { CollectionName, RowOf } from '@shared/schema/rows';
import { keyText } from '../rows/row-writer';
import { PendingWrites } from './pending-writes';
import type {
  DeviceState,
  FeedPlace,
  FileRefs,
  FileVoucher,
  RowKey,
  RowWrite,
  StoredOperation,
  StoredRow,
  SyncTransaction,
  VisibleRow,
} from './port';

/** The work needs something that cannot wait for the end of a batch; it is to be done in a transaction of its own. */
export class NotForBatch extends Error {}

type Scope = { readonly unit: string; readonly buckets: readonly string[] };
const server: Scope = { unit: '*', buckets: [] };

/**
 * A transaction that keeps its writes to itself until {@link flush}, and answers its own reads from them, so that many
 * operations cost the database a few statements. What the database refuses is therefore known only at the flush: then
 * the whole batch is rolled back. Rarely used parts of the port throw {@link NotForBatch}.
 */
export class BufferedTransaction implements SyncTransaction {
  readonly #tx: SyncTransaction;
  #scope: Scope = { unit: '', buckets: [] };
  /** The scope that the database knows of. */
  #sent: Scope = this.#scope;
  #pending = new PendingWrites();
  /** Rows as the database holds them, locked by this transaction. */
  readonly #locked = new Map<string, StoredRow>();
  /** Rows that were looked for in vain, by scope. */
  readonly #missing = new Set<string>();
  readonly #read = new Map<string, Promise<unknown>>();
  #device: DeviceState | null = null;
  #writer: { readonly device: string; readonly at: string } | null = null;

  constructor(tx: SyncTransaction) {
    this.#tx = tx;
  }

  /** Sends everything to the database; {@link NotForBatch} when it refuses any of it. */
  async flush(): Promise<void> {
    await this.actForServer();
    await this.#useScope();
    try {
      await this.#tx.attempt(() => this.#send());
    } catch (error) {
      throw error instanceof AppError ? new NotForBatch(error.code) : error;
    }
    this.#pending = new PendingWrites();
  }

  async #send(): Promise<void> {
    const { rows, refs, places, operations } = this.#pending;
    if (rows.size > 0) await this.#tx.storeRows([...rows.values()]);
    if (refs.size > 0) await this.#tx.replaceFileRefs([...refs.values()]);
    if (this.#writer !== null)
      await this.#tx.storeOperations(this.#writer.device, operations, this.#writer.at);
    for (const [bucket, list] of [...places].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const count = list.at(-1)?.seq ?? 0;
      const before = (await this.#tx.advanceHead(bucket, count)) - count;
      // A row that was written again stands at its last place only.
      const last = new Map(list.map((place) => [keyText(place), place]));
      await this.#tx.storePlaces(
        bucket,
        [...last.values()].map((place) => ({ ...place, seq: before + place.seq })),
      );
    }
  }

  async actForUnit(unit: string, buckets: readonly string[]): Promise<void> {
    this.#scope = { unit, buckets };
  }

  async actForServer(): Promise<void> {
    this.#scope = server;
  }

  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const before = { mark: this.#pending.mark(), scope: this.#scope };
    try {
      return await work();
    } catch (error) {
      this.#pending.takeBack(before.mark);
      this.#scope = before.scope;
      throw error;
    }
  }

  async lockRows(keys: readonly RowKey[]): Promise<readonly StoredRow[]> {
    const unknown = keys.filter(
      (key) =>
        this.#pending.rows.get(keyText(key)) === undefined &&
        !this.#locked.has(keyText(key)) &&
        !this.#missing.has(this.#inScope(key)),
    );
    if (unknown.length > 0) {
      await this.#useScope();
      for (const row of await this.#tx.lockRows(unknown)) this.#locked.set(keyText(row), row);
      for (const key of unknown) if (!this.#locked.has(keyText(key))) this.#missing.add(this.#inScope(key));
    }
    return keys.flatMap((key) => {
      const row = this.#present(key);
      return row !== null && this.#sees(row) && this.#owns(row) ? [row] : [];
    });
  }

  async readRow<C extends CollectionName>(coll: C, id: string): Promise<RowOf<C> | null> {
    const written = this.#pending.rows.get(keyText({ coll, id }))?.row;
    if (written !== undefined) return this.#sees(written) ? (written.data as RowOf<C>) : null;
    const key = this.#inScope({ coll, id });
    await this.#useScope();
    const found = this.#read.get(key) ?? this.#tx.readRow(coll, id);
    this.#read.set(key, found);
    return found as Promise<RowOf<C> | null>;
  }

  async readVisibleRows(keys: readonly RowKey[], buckets: readonly string[]): Promise<readonly VisibleRow[]> {
    const written = keys.flatMap((key) => this.#pending.rows.get(keyText(key))?.row ?? []);
    const others = keys.filter((key) => !this.#pending.rows.has(keyText(key)));
    await this.#useScope();
    const stored = others.length === 0 ? [] : await this.#tx.readVisibleRows(others, buckets);
    return [...stored, ...written.filter((row) => overlap(row.buckets, buckets))];
  }

  async storeRows(writes: readonly RowWrite[]): Promise<void> {
    for (const write of writes) this.#pending.putRow(write);
  }

  async advanceHead(bucket: string, by: number): Promise<number> {
    return (this.#pending.places.get(bucket)?.at(-1)?.seq ?? 0) + by;
  }

  async storePlaces(bucket: string, places: readonly FeedPlace[]): Promise<void> {
    this.#pending.addPlaces(bucket, places);
  }

  async grantsOf(unit: string): Promise<readonly string[]> {
    const key = `grants ${unit}`;
    const found = this.#read.get(key) ?? this.#tx.grantsOf(unit);
    this.#read.set(key, found);
    return found as Promise<readonly string[]>;
  }

  async lockDevice(id: string): Promise<DeviceState | null> {
    this.#device ??= await this.#tx.lockDevice(id);
    const lastN = this.#pending.operations.at(-1)?.body.n;
    return this.#device === null || lastN === undefined ? this.#device : { ...this.#device, lastN };
  }

  async storedOperation(op: string): Promise<StoredOperation | null> {
    const pending = this.#pending.operations.find(({ body }) => body.op === op);
    return pending ?? this.#tx.storedOperation(op);
  }

  async storeOperations(device: string, operations: readonly StoredOperation[], at: string): Promise<void> {
    this.#writer = { device, at };
    this.#pending.addOperations(operations);
  }

  async vouchersOf(files: readonly string[], buckets: readonly string[]): Promise<readonly FileVoucher[]> {
    await this.#useScope();
    const stored = await this.#tx.vouchersOf(files, buckets);
    const noted = [...this.#pending.refs.values()]
      .filter(({ row }) => overlap(row.buckets, buckets))
      .flatMap(({ vouchers }) => vouchers.filter(({ sha }) => files.includes(sha)));
    return [
      ...new Map([...stored, ...noted].map((known) => [`${known.sha} ${known.origin}`, known])).values(),
    ];
  }

  async replaceFileRefs(refs: readonly FileRefs[]): Promise<void> {
    for (const ref of refs) {
      const key = keyText(ref.row);
      // What was noted for a stored row may vouch for others until it is replaced: that cannot wait.
      if (this.#pending.rows.get(key)?.isNew !== true || this.#pending.refs.has(key))
        throw new NotForBatch('file references');
      this.#pending.putRefs(ref);
    }
  }

  async dropUnnamedFiles(files: readonly string[]): Promise<void> {
    if (files.length > 0) throw new NotForBatch('files');
  }

  proveAsServer(text: string): Promise<string> {
    return this.#tx.proveAsServer(text);
  }

  deviceProved(device: string, unit: string, text: string, signature: string): Promise<boolean> {
    return this.#tx.deviceProved(device, unit, text, signature);
  }

  holdName(): Promise<never> {
    return notForBatch('a name');
  }
  readDevice(): Promise<never> {
    return notForBatch('a device');
  }
  awaitedDevices(): Promise<never> {
    return notForBatch('awaited devices');
  }
  noteHeard(): Promise<never> {
    return notForBatch('a device');
  }
  headsOf(): Promise<never> {
    return notForBatch('heads');
  }
  feedAfter(): Promise<never> {
    return notForBatch('a feed');
  }
  liveRevisions(): Promise<never> {
    return notForBatch('revisions');
  }
  conflictsAbout(): Promise<never> {
    return notForBatch('conflicts');
  }
  operationsNaming(): Promise<never> {
    return notForBatch('operations');
  }
  replaceOperation(): Promise<never> {
    return notForBatch('an operation');
  }

  #present(key: RowKey): StoredRow | null {
    return this.#pending.rows.get(keyText(key))?.row ?? this.#locked.get(keyText(key)) ?? null;
  }

  #sees(row: StoredRow): boolean {
    return this.#scope.unit === '*' || overlap(row.buckets, this.#scope.buckets);
  }

  #owns(row: StoredRow): boolean {
    return this.#scope.unit === '*' || row.unit === this.#scope.unit;
  }

  #inScope(key: RowKey): string {
    return `${this.#scope.unit} ${keyText(key)}`;
  }

  /** The database learns of the scope when it is asked something under it. */
  async #useScope(): Promise<void> {
    if (sameScope(this.#sent, this.#scope)) return;
    if (this.#scope.unit === '*') await this.#tx.actForServer();
    else await this.#tx.actForUnit(this.#scope.unit, this.#scope.buckets);
    this.#sent = this.#scope;
  }
}

function sameScope(a: Scope, b: Scope): boolean {
  return a.unit === b.unit && a.buckets.join() === b.buckets.join();
}

function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.some((bucket) => b.includes(bucket));
}

function notForBatch(what: string): Promise<never> {
  return Promise.reject(new NotForBatch(what));
}
