import { AppError } from '@shared/result/result';
import type { CollectionName, RowOf } from '@shared/schema/rows';
import type {
  DeviceState,
  FeedPlace,
  FeedRow,
  FileRefs,
  FileVoucher,
  RowKey,
  RowState,
  RowWrite,
  StoredOperation,
  StoredRow,
  SyncTransaction,
  VisibleRow,
} from '../../../server/sync/port';
import { proofOf } from '../proofs';
import type { Locks } from './locks';
import { type Commit, type KeptDevice, type KeptRow, type ServerState, withEntries } from './state';

const keyOf = ({ coll, id }: RowKey) => `${coll}/${id}`;
const everything = '*';

type Writes = {
  readonly rows: Map<string, KeptRow>;
  readonly heads: Map<string, number>;
  readonly places: Map<string, Map<string, FeedPlace>>;
  readonly devices: Map<string, KeptDevice>;
  readonly operations: Map<string, StoredOperation & { readonly device: string }>;
  readonly vouchers: Map<string, readonly (FileVoucher & { readonly bucket: string })[]>;
};

const noWrites = (): Writes => ({
  rows: new Map(),
  heads: new Map(),
  places: new Map(),
  devices: new Map(),
  operations: new Map(),
  vouchers: new Map(),
});

const copyOf = (writes: Writes): Writes => ({
  rows: new Map(writes.rows),
  heads: new Map(writes.heads),
  places: new Map([...writes.places].map(([bucket, places]) => [bucket, new Map(places)])),
  devices: new Map(writes.devices),
  operations: new Map(writes.operations),
  vouchers: new Map(writes.vouchers),
});

/** The texts of rows that were read: a row is never changed in place, and every machine reads the same ones. */
const texts = new WeakMap<KeptRow, string>();

function textOf(row: KeptRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = JSON.stringify(row.data);
  texts.set(row, text);
  return text;
}

/** What a transaction needs of the database that it runs in. */
export type Surroundings = {
  /** What is committed now, or, for a snapshot, what was when it began. */
  readonly committed: () => ServerState;
  readonly locks: Locks;
  /** Called before each step; may hold the transaction back, or throw for a disk that is full. */
  readonly step: (write: boolean) => Promise<void>;
};

/**
 * One transaction over committed data in memory, with the isolation of PostgreSQL: each statement sees what was
 * committed before it (a snapshot what was committed before the first), writers of one row wait for each other, and
 * nothing is seen of what is not committed.
 */
export class MemoryTransaction implements SyncTransaction {
  private writes = noWrites();
  private unit = '';
  private buckets: readonly string[] = [];
  private readonly around: Surroundings;

  constructor(around: Surroundings) {
    this.around = around;
  }

  /** The state with everything that this transaction wrote. */
  committedOver(state: ServerState): ServerState {
    const { rows, heads, places, devices, operations, vouchers } = this.writes;
    if (Object.values(this.writes).every(({ size }) => size === 0)) return state;
    const feeds = new Map(
      [...places].map(([bucket, changed]) => [
        bucket,
        withEntries(state.feeds.get(bucket) ?? new Map<string, FeedPlace>(), changed),
      ]),
    );
    const commit: Commit = {
      earlier: state.lastCommit,
      rows: [...rows].map(([key, after]) => ({ before: state.rows.get(key) ?? null, after })),
      operations: [...operations.keys()].filter((op) => !state.operations.has(op)),
    };
    return {
      ...state,
      rows: withEntries(state.rows, rows),
      heads: withEntries(state.heads, heads),
      feeds: withEntries(state.feeds, feeds),
      devices: withEntries(state.devices, devices),
      operations: withEntries(state.operations, operations),
      vouchers: withEntries(state.vouchers, vouchers),
      lastCommit: rows.size === 0 ? state.lastCommit : commit,
    };
  }

  async actForUnit(unit: string, buckets: readonly string[]): Promise<void> {
    this.unit = unit;
    this.buckets = buckets;
  }

  async actForServer(): Promise<void> {
    this.unit = everything;
    this.buckets = [];
  }

  holdName(name: string): Promise<void> {
    return this.around.locks.take(`name:${name}`, this);
  }

  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const before = { writes: copyOf(this.writes), unit: this.unit, buckets: this.buckets };
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      Object.assign(this, before);
      throw error;
    }
  }

  async lockRows(keys: readonly RowKey[]): Promise<readonly StoredRow[]> {
    await this.around.step(false);
    const found: StoredRow[] = [];
    for (const key of [...new Set(keys.map(keyOf))].sort()) {
      if (!this.mayWrite(this.row(key))) continue;
      await this.around.locks.take(`row:${key}`, this);
      const row = this.row(key);
      if (this.mayWrite(row)) found.push(row);
    }
    return found;
  }

  async readRow<C extends CollectionName>(coll: C, id: string): Promise<RowOf<C> | null> {
    const row = this.row(keyOf({ coll, id }));
    const seen = this.unit === everything || row?.buckets.some((bucket) => this.buckets.includes(bucket));
    return row !== undefined && seen === true ? (row.data as RowOf<C>) : null;
  }

  async readVisibleRows(keys: readonly RowKey[], buckets: readonly string[]): Promise<readonly VisibleRow[]> {
    return [...new Set(keys.map(keyOf))]
      .flatMap((key) => this.row(key) ?? [])
      .filter((row) => row.buckets.some((bucket) => buckets.includes(bucket)));
  }

  async storeRows(writes: readonly RowWrite[]): Promise<void> {
    await this.around.step(true);
    for (const { row, isNew, op } of writes) {
      const key = keyOf(row);
      if (this.unit !== everything && this.unit !== row.unit) throw new Error(`row policy: ${key}`);
      await this.refuseDouble(row, isNew);
      this.writes.rows.set(key, { ...row, op });
    }
  }

  async conflictsAbout(unit: string, about: RowKey): Promise<readonly string[]> {
    return this.allRows()
      .filter(({ coll, unit: of, data }) => {
        return (
          coll === 'conflicts' && of === unit && data['coll'] === about.coll && data['entity'] === about.id
        );
      })
      .map(({ id }) => id)
      .sort();
  }

  async advanceHead(bucket: string, by: number): Promise<number> {
    await this.around.locks.take(`head:${bucket}`, this);
    await this.around.step(true);
    const head = (this.head(bucket) ?? 0) + by;
    this.writes.heads.set(bucket, head);
    return head;
  }

  async storePlaces(bucket: string, places: readonly FeedPlace[]): Promise<void> {
    const changed = this.writes.places.get(bucket) ?? new Map<string, FeedPlace>();
    const taken = new Set([...this.placesOf(bucket).values()].map(({ seq }) => seq));
    for (const place of places) {
      if (taken.has(place.seq)) throw new Error(`feed_order: ${bucket} ${place.seq}`);
      changed.set(keyOf(place), place);
    }
    this.writes.places.set(bucket, changed);
  }

  async headsOf(buckets: readonly string[]): Promise<ReadonlyMap<string, number>> {
    await this.around.step(false);
    return new Map(
      buckets.flatMap((bucket) => {
        const head = this.head(bucket);
        return head === undefined ? [] : [[bucket, head] as const];
      }),
    );
  }

  async feedAfter(bucket: string, cursor: number, limit: number): Promise<readonly FeedRow[]> {
    await this.around.step(false);
    return [...this.placesOf(bucket).values()]
      .filter(({ seq }) => seq > cursor)
      .sort((a, b) => a.seq - b.seq)
      .slice(0, limit)
      .map((place) => ({ ...place, json: place.gone ? null : this.jsonOf(keyOf(place)) }));
  }

  async liveRevisions(bucket: string): Promise<readonly RowState[]> {
    return [...this.placesOf(bucket).values()].filter(({ gone }) => !gone);
  }

  async grantsOf(unit: string): Promise<readonly string[]> {
    return this.around.committed().grants.get(unit) ?? [];
  }

  async readDevice(id: string): Promise<DeviceState | null> {
    await this.around.step(false);
    const device = this.writes.devices.get(id) ?? this.around.committed().devices.get(id);
    const { epoch } = this.around.committed();
    return device === undefined ? null : { ...device, epoch, awaited: device.heardEpoch !== epoch };
  }

  async lockDevice(id: string): Promise<DeviceState | null> {
    await this.around.locks.take(`device:${id}`, this);
    return this.readDevice(id);
  }

  async awaitedDevices(unit: string, except: string): Promise<readonly string[]> {
    const { devices, epoch } = this.around.committed();
    return [...withEntries(devices, this.writes.devices)]
      .filter(([id, known]) => {
        return (
          known.unit === unit && id !== except && known.status === 'active' && known.heardEpoch !== epoch
        );
      })
      .map(([id]) => id)
      .sort();
  }

  async noteHeard(id: string): Promise<void> {
    await this.around.step(true);
    const { devices, epoch } = this.around.committed();
    const known = this.writes.devices.get(id) ?? devices.get(id);
    if (known !== undefined) this.writes.devices.set(id, { ...known, heardEpoch: epoch });
  }

  async storedOperation(op: string): Promise<StoredOperation | null> {
    return this.writes.operations.get(op) ?? this.around.committed().operations.get(op) ?? null;
  }

  async storeOperations(device: string, operations: readonly StoredOperation[]): Promise<void> {
    await this.around.step(true);
    for (const { body, result } of operations) {
      const known = this.writes.devices.get(device) ?? this.around.committed().devices.get(device);
      if (known === undefined || (await this.storedOperation(body.op)) !== null)
        throw new Error(`op: ${body.op}`);
      this.writes.operations.set(body.op, { body, result, device });
      this.writes.devices.set(device, { ...known, lastN: body.n });
    }
  }

  async operationsNaming(unit: string, id: string): Promise<readonly StoredOperation[]> {
    const { devices } = this.around.committed();
    return [...withEntries(this.around.committed().operations, this.writes.operations).values()].filter(
      ({ device, body }) =>
        devices.get(device)?.unit === unit && body.changes.some((change) => change.id.includes(id)),
    );
  }

  async replaceOperation({ body, result }: StoredOperation): Promise<void> {
    const known = this.writes.operations.get(body.op) ?? this.around.committed().operations.get(body.op);
    if (known !== undefined) this.writes.operations.set(body.op, { ...known, body, result });
  }

  /** Only this server can write it, and it outlives a restore: that is all that the rules need of a proof. */
  async proveAsServer(text: string): Promise<string> {
    return proofOf('server', text);
  }

  async deviceProved(device: string, unit: string, text: string, signature: string): Promise<boolean> {
    const known = this.around.committed().devices.get(device);
    return known?.unit === unit && signature === (await proofOf(device, text));
  }

  async vouchersOf(files: readonly string[], buckets: readonly string[]): Promise<readonly FileVoucher[]> {
    return [...withEntries(this.around.committed().vouchers, this.writes.vouchers).values()]
      .flat()
      .filter(({ sha, bucket }) => files.includes(sha) && buckets.includes(bucket));
  }

  async replaceFileRefs(refs: readonly FileRefs[]): Promise<void> {
    for (const { row, vouchers } of refs) {
      const places = vouchers.flatMap((voucher) => row.buckets.map((bucket) => ({ ...voucher, bucket })));
      this.writes.vouchers.set(keyOf(row), places);
    }
  }

  /** The bytes of files are not part of the simulation. */
  async dropUnnamedFiles(): Promise<void> {}

  private row(key: string): KeptRow | undefined {
    return this.writes.rows.get(key) ?? this.around.committed().rows.get(key);
  }

  private allRows(): readonly KeptRow[] {
    return [...withEntries(this.around.committed().rows, this.writes.rows).values()];
  }

  private head(bucket: string): number | undefined {
    return this.writes.heads.get(bucket) ?? this.around.committed().heads.get(bucket);
  }

  private placesOf(bucket: string): ReadonlyMap<string, FeedPlace> {
    const known = this.around.committed().feeds.get(bucket) ?? new Map<string, FeedPlace>();
    return withEntries(known, this.writes.places.get(bucket) ?? new Map<string, FeedPlace>());
  }

  private mayWrite(row: KeptRow | undefined): row is KeptRow {
    if (row === undefined) return false;
    if (this.unit === everything) return true;
    return row.unit === this.unit && row.buckets.some((bucket) => this.buckets.includes(bucket));
  }

  private jsonOf(key: string): string | null {
    const row = this.row(key);
    return row === undefined ? null : textOf(row);
  }

  /** The unique indexes of the table: the key of a row, a number of a book, a document in a book. */
  private async refuseDouble(row: StoredRow, isNew: boolean): Promise<void> {
    const { book, n, document } = row.data;
    const names =
      row.coll === 'numbers'
        ? [`number:${String(book)}:${String(n)}`, `numbered:${String(book)}:${String(document)}`]
        : ([] as string[]);
    for (const name of [...(isNew ? [`row:${keyOf(row)}`] : []), ...names])
      await this.around.locks.take(name, this);
    const double =
      (isNew && this.row(keyOf(row)) !== undefined) ||
      (row.coll === 'numbers' &&
        this.allRows().some(
          ({ coll, id, data }) =>
            coll === 'numbers' &&
            id !== row.id &&
            data['book'] === book &&
            (data['n'] === n ||
              (data['document'] === document && data['status'] !== 'void' && row.data['status'] !== 'void')),
        ));
    if (double) throw new AppError('NUMBER_TAKEN');
  }
}
