import { provinceBucket } from '@shared/domain/exchange';
import { AppError } from '@shared/result/result';
import { type CollectionName, collectionNames, rowSchemas } from '@shared/schema/rows';
import { digestOf } from '@shared/sync/digest';
import type { SyncStore } from '@shared/sync/engine';
import { type Change, type Operation, operationId } from '@shared/sync/operation';
import { Overlay } from '@shared/sync/overlay';
import { applyPatch } from '@shared/sync/patch';
import type { OpResult, WireRow } from '@shared/sync/protocol';
import { Serial } from '@shared/sync/serial';
import type { Database, LocalRow, OutboxEntry } from './database';
import { forgetInOutbox } from './forget-in-outbox';
import { LocalState } from './local-state';
import { sha256Text } from './sha256';

const identityKey = 'identity';
const cursorsKey = 'cursors';
const confirmedKey = 'confirmed';
const counterKey = 'counter';
const quarantineKey = 'quarantine';
const removedFilesKey = 'removed-files';

export type QuarantinedRow = {
  readonly coll: string;
  readonly id: string;
  readonly rev: number;
  readonly problem: string;
};

/**
 * The durable side of replication: the outbox, the pulled rows and the cursors. An operation is acknowledged by ONE
 * strict write of its outbox entry; the rows are a view that is rebuilt from pulled rows and unconfirmed operations.
 */
export class LocalStore implements SyncStore {
  readonly state: LocalState;
  private readonly database: Database;
  private readonly overlay = new Overlay();
  private readonly serial = new Serial();
  /** Highest operation number this device has ever given, here or as the server remembers it. */
  private lastN = 0;

  private constructor(database: Database) {
    this.database = database;
    this.state = new LocalState(database.ledger.state);
  }

  /** Opens the store and applies whatever was acknowledged before the last stop, however it stopped. */
  static async open(database: Database): Promise<LocalStore> {
    const store = new LocalStore(database);
    store.lastN = await store.highestNumber();
    await store.replayUnconfirmed();
    return store;
  }

  /**
   * Runs a task that reads rows and appends at most one operation, alone: what it reads cannot change before it has
   * appended. This is what makes two quick registrations take two different numbers.
   */
  exclusively<T>(task: () => Promise<T>): Promise<T> {
    return this.serial.run(task);
  }

  async read<C extends CollectionName>(coll: C, id: string): Promise<LocalRow<C> | null> {
    const document = await this.database.rows(coll).findOne(id).exec();
    return document === null ? null : (document.toMutableJSON() as LocalRow<C>);
  }

  /** Acknowledges an operation: durable when this resolves. Must be called inside `exclusively`. */
  async append(device: string, draft: Omit<Operation, 'op' | 'n'>): Promise<Operation> {
    // First of all: from here on nothing that waits to be sent tells of a removed item.
    for (const change of draft.command === 'intake.purge' ? draft.changes : []) {
      const row = await this.read(change.coll, change.id);
      if (row !== null) await this.forgetIfRemoved(change.coll, applyPatch(row, change.patch));
    }
    const n = this.lastN + 1;
    const operation: Operation = { ...draft, op: operationId(device, n), n };
    await this.database.ledger.outbox.insert({
      id: operation.op,
      n,
      status: 'pending',
      operation,
      reason: '',
    });
    this.lastN = n;
    this.overlay.add(operation);
    await this.applyLocally(operation);
    return operation;
  }

  async identity(): Promise<{ readonly serverId: string; readonly epoch: string }> {
    return this.state.get(identityKey, { serverId: '', epoch: '' });
  }

  async pendingOperations(limit: number): Promise<readonly Operation[]> {
    const entries = await this.outboxEntries('pending', limit);
    return entries.map((entry) => entry.operation);
  }

  recordResults(results: readonly OpResult[]): Promise<void> {
    return this.serial.run(async () => {
      for (const result of results) {
        const entry = await this.database.ledger.outbox.findOne(result.op).exec();
        if (entry === null) continue;
        await entry.incrementalPatch({
          status: result.status === 'rejected' ? 'rejected' : 'done',
          reason: result.reason,
        });
        if (result.status !== 'rejected') continue;
        this.overlay.remove(entry.n);
        await this.storeRowsNow(result.rows);
      }
    });
  }

  /** A rejected operation that a person has read and put away: it stays in the record, and is counted no more. */
  putAway(id: string): Promise<void> {
    return this.serial.run(async () => {
      const entry = await this.database.ledger.outbox.findOne(id).exec();
      if (entry?.status === 'rejected') await entry.incrementalPatch({ status: 'seen' });
    });
  }

  /** Files of removed items whose bytes may still be on this machine. */
  removedFiles(): Promise<readonly string[]> {
    return this.state.get<readonly string[]>(removedFilesKey, []);
  }

  /** The bytes of a removed item's file are gone, or belong to another row as well. */
  settleRemovedFile(sha256: string): Promise<void> {
    return this.serial.run(async () => {
      const left = (await this.removedFiles()).filter((known) => known !== sha256);
      await this.state.set(removedFilesKey, left);
    });
  }

  async cursors(): Promise<Readonly<Record<string, number>>> {
    return this.state.get(cursorsKey, {});
  }

  storeRows(rows: readonly WireRow[]): Promise<void> {
    return this.serial.run(() => this.storeRowsNow(rows));
  }

  async moveCursor(bucket: string, next: number): Promise<void> {
    await this.state.set(cursorsKey, { ...(await this.cursors()), [bucket]: next });
  }

  dropBucket(bucket: string): Promise<void> {
    return this.serial.run(async () => {
      for (const coll of collectionNames) {
        if ((coll === 'units') === (bucket === provinceBucket))
          await this.database.rows(coll).find().remove();
      }
      const { [bucket]: _dropped, ...left } = await this.cursors();
      await this.state.set(cursorsKey, left);
    });
  }

  confirmThrough(n: number): Promise<void> {
    return this.serial.run(async () => {
      this.overlay.confirmThrough(n);
      await this.state.set(confirmedKey, n);
      await this.raiseCounter(n);
    });
  }

  restart(serverId: string, epoch: string, lastN: number): Promise<void> {
    return this.serial.run(async () => {
      const again = await this.database.ledger.outbox
        .find({ selector: { n: { $gt: lastN }, status: 'done' } })
        .exec();
      for (const entry of again) await entry.incrementalPatch({ status: 'pending', reason: '' });
      await this.state.set(cursorsKey, {});
      await this.state.set(confirmedKey, lastN);
      await this.state.set(identityKey, { serverId, epoch });
      await this.raiseCounter(lastN);
      await this.replayUnconfirmed();
    });
  }

  /** Digest over own rows of a bucket, to compare with the server's. */
  async digest(bucket: string): Promise<{ readonly count: number; readonly digest: string }> {
    const rows: { coll: string; id: string; rev: number }[] = [];
    for (const coll of collectionNames) {
      if ((coll === 'units') !== (bucket === provinceBucket)) continue;
      const documents = await this.database.rows(coll).find().exec();
      for (const document of documents) {
        const { id, rev } = document.toJSON() as { readonly id: string; readonly rev: number };
        if (rev > 0) rows.push({ coll, id, rev });
      }
    }
    return digestOf(rows, sha256Text);
  }

  outboxEntries(status: OutboxEntry['status'], limit: number): Promise<readonly OutboxEntry[]> {
    return this.database.ledger.outbox
      .find({ selector: { status }, sort: [{ n: 'asc' }], limit })
      .exec()
      .then((entries) => entries.map((entry) => entry.toMutableJSON() as OutboxEntry));
  }

  private async highestNumber(): Promise<number> {
    const entries = await this.database.ledger.outbox.find().exec();
    const inOutbox = entries.reduce((highest, entry) => Math.max(highest, entry.n), 0);
    return Math.max(inOutbox, await this.state.get(counterKey, 0));
  }

  /** After the loss of the local database the server still knows which numbers this device has used. */
  private async raiseCounter(n: number): Promise<void> {
    if (n <= (await this.state.get(counterKey, 0))) return;
    await this.state.set(counterKey, n);
    this.lastN = Math.max(this.lastN, n);
  }

  private async replayUnconfirmed(): Promise<void> {
    this.overlay.clear();
    const confirmed = await this.state.get(confirmedKey, 0);
    const entries = await this.database.ledger.outbox
      .find({ selector: { n: { $gt: confirmed } }, sort: [{ n: 'asc' }] })
      .exec();
    for (const entry of entries) {
      if (entry.status === 'rejected' || entry.status === 'seen') continue;
      const operation = entry.toMutableJSON().operation as Operation;
      this.overlay.add(operation);
      await this.applyLocally(operation);
    }
  }

  private async applyLocally(operation: Operation): Promise<void> {
    // The rows of one operation are different rows, so none waits for another.
    await Promise.all(operation.changes.map((change) => this.applyChange(change)));
  }

  private async applyChange(change: Change): Promise<void> {
    const row = this.overlay.over(change.coll, change.id, await this.read(change.coll, change.id));
    if (row === null) return;
    await this.forgetIfRemoved(change.coll, row);
    await this.database.rows(change.coll).upsert(row as LocalRow<typeof change.coll>);
  }

  private async storeRowsNow(rows: readonly WireRow[]): Promise<void> {
    for (const coll of collectionNames) {
      const ofColl = rows.filter((row) => row.coll === coll);
      if (ofColl.length > 0) await this.storeRowsOf(coll, ofColl);
    }
  }

  private async storeRowsOf(coll: CollectionName, rows: readonly WireRow[]): Promise<void> {
    const collection = this.database.rows(coll);
    const kept: LocalRow<typeof coll>[] = [];
    const gone: string[] = [];
    for (const row of rows) {
      if (row.gone || row.data === null) {
        gone.push(row.id);
        continue;
      }
      const parsed = rowSchemas[coll].safeParse(row.data);
      if (!parsed.success) {
        await this.quarantine(row, parsed.error.issues[0]?.path.join('.') ?? '');
        continue;
      }
      await this.forgetIfRemoved(coll, parsed.data);
      kept.push(this.overlay.over(coll, row.id, { ...parsed.data, rev: row.rev }) as LocalRow<typeof coll>);
    }
    if (gone.length > 0) await collection.bulkRemove(gone);
    if (kept.length === 0) return;
    const { error } = await collection.bulkUpsert(kept);
    if (error[0] !== undefined) throw new AppError('IO', `${coll}: ${error[0].status}`);
  }

  /**
   * Before an item is stored as removed, whether it was removed here or elsewhere: its file is noted, so that the bytes
   * go too, and everything this device has written about it is rewritten. The row itself changes last; a crash before
   * that lets all of it be done again.
   */
  private async forgetIfRemoved(coll: CollectionName, row: Readonly<Record<string, unknown>>): Promise<void> {
    if (coll !== 'intake' || row['state'] !== 'purged') return;
    const item = rowSchemas.intake.parse(row);
    const known = await this.read('intake', item.id);
    if (known?.file === null) return;
    const noted = await this.removedFiles();
    if (known !== null) await this.state.set(removedFilesKey, [...new Set([...noted, known.file.sha256])]);
    const confirmed = await this.state.get(confirmedKey, 0);
    for (const rewritten of await forgetInOutbox(this.database.ledger.outbox, item)) {
      if (rewritten.n <= confirmed) continue;
      this.overlay.remove(rewritten.n);
      this.overlay.add(rewritten);
    }
  }

  private async quarantine(row: WireRow, problem: string): Promise<void> {
    const list = await this.state.get<readonly QuarantinedRow[]>(quarantineKey, []);
    const others = list.filter((known) => known.coll !== row.coll || known.id !== row.id);
    await this.state.set(quarantineKey, [...others, { coll: row.coll, id: row.id, rev: row.rev, problem }]);
  }

  quarantined(): Promise<readonly QuarantinedRow[]> {
    return this.state.get<readonly QuarantinedRow[]>(quarantineKey, []);
  }
}
