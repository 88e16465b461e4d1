import { sha256 } from '@shared/node/sha256';
import { AppError } from '@shared/result/result';
import type { CollectionName } from '@shared/schema/rows';
import { carryOut } from '@shared/sync/client/carry-out';
import type { AnyRow } from '@shared/sync/client/local-row';
import { LocalStore } from '@shared/sync/client/local-store';
import { type SyncReport, syncOnce } from '@shared/sync/engine';
import {
  type DigestResponse,
  digestResponseSchema,
  endpoints,
  leaseResponseSchema,
  pullResponseSchema,
  pushResponseSchema,
} from '@shared/sync/protocol';
import { Serial } from '@shared/sync/serial';
import { dayInHanoi, isoInHanoi } from '@shared/text/time';
import { Device, type DeviceRecord } from '../../../electron/identity/device';
import type { SecretFile } from '../../../electron/identity/secret-file';
import { ServerClient } from '../../../electron/network/server-client';
import { type Disk, emptyDisk, outboxOf, rowsOf } from '../../simulation/machine/disk';
import { DurableSteps } from '../../simulation/machine/durable-steps';
import { memoryJournal } from '../../simulation/machine/memory-journal';
import { memoryLocalDatabase } from '../../simulation/machine/memory-local-database';
import { type Act, Gone, type Scene } from '../../simulation/office/scene';
import { Pauses } from '../../simulation/pauses';
import { Draw } from '../../simulation/tape';

/** The sealed file of a device's identity, kept in memory. */
function kept(): SecretFile<DeviceRecord> {
  let record: DeviceRecord | null = null;
  return {
    read: () => Promise.resolve(record),
    write: async (value) => {
      record = value;
    },
  };
}

/**
 * A workstation without its windows: the product's client core, device key and server client, over real HTTP. Only its
 * disk is in memory; what is on it stays when the program is opened again.
 */
export class Machine {
  readonly device: string;
  readonly unit: string;
  readonly disk: Disk;
  /** Operations that were called safe. */
  readonly acknowledged: string[] = [];
  /** What its rounds ran into, by code. */
  readonly failures = new Map<string, number>();
  private readonly name: string;
  private readonly client: ServerClient;
  private readonly store: LocalStore;
  private words = 0;

  private constructor(
    name: string,
    record: DeviceRecord,
    client: ServerClient,
    disk: Disk,
    store: LocalStore,
  ) {
    this.name = name;
    this.device = record.deviceId;
    this.unit = record.unit;
    this.client = client;
    this.disk = disk;
    this.store = store;
  }

  /** Enrols with a one-time code. `name` is short, and no other machine of the test has it. */
  static async enrol(server: string, code: string, name: string): Promise<Machine> {
    const identity = await Device.open(kept());
    const client = new ServerClient(identity, Date.now);
    await identity.enrol(server, name, (publicKey) => client.enrol(server, { code, name, publicKey }));
    const record = identity.current();
    if (record === null) throw new Error(`${name} was not enrolled`);
    const disk = emptyDisk();
    const steps = new DurableSteps(new Pauses(), () => undefined);
    const life = { over: false };
    const store = await LocalStore.open({
      database: memoryLocalDatabase(disk, steps, life, { row: () => undefined, value: () => undefined }),
      journal: memoryJournal(disk, steps, life),
      lock: new Serial(),
      sha256,
    });
    return new Machine(name, record, client, disk, store);
  }

  /** One round of replication; a failure of the line or of the server is counted, and gives null. */
  async sync(): Promise<SyncReport | null> {
    try {
      return await this.round();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.count(error.code);
      return null;
    }
  }

  /** One round of replication that must succeed, or throws what the client was told. */
  async round(): Promise<SyncReport> {
    const report = await syncOnce(
      this.store.replica,
      {
        push: (request) => this.client.post(endpoints.push, request, pushResponseSchema),
        pull: (request) => this.client.post(endpoints.pull, request, pullResponseSchema),
      },
      { pullLimit: 100, pushLimit: 20 },
    );
    if (report.blocked !== null) this.count(report.blocked.code);
    return report;
  }

  /** Takes a book of this year at the server. */
  async takeBook(kind: 'incoming' | 'outgoing'): Promise<void> {
    const year = Number(dayInHanoi(Date.now()).slice(0, 4));
    const request = { kind, year, series: 'chung', action: 'acquire', next: 0, headHash: '' };
    await this.store.storeAnswer(await this.client.post(endpoints.lease, request, leaseResponseSchema));
  }

  /**
   * Somebody does something here, as far as she can; `detail` decides what exactly. False where there was nothing to do or
   * the rules refused it.
   */
  async work(plan: (scene: Scene) => Act | null, detail: number): Promise<boolean> {
    const act = plan(this.scene(new Draw(detail)));
    if (act === null) return false;
    const context = {
      person: act.by,
      device: this.device,
      now: isoInHanoi(Date.now()),
      newId: () => this.word('x'),
    };
    const place = { store: this.store, unit: this.unit, sha256, clockAheadMs: () => Promise.resolve(0) };
    const before = this.lastNumber();
    try {
      await carryOut(place, context, act.plan);
    } catch (error) {
      if (error instanceof AppError || error instanceof Gone) return false;
      throw error;
    }
    if (this.lastNumber() === before) throw new Error(`${act.what} was called safe and is not in the outbox`);
    this.acknowledged.push(`${this.device}:${this.lastNumber()}`);
    return true;
  }

  /** How many operations wait for the server. */
  waiting(): number {
    return outboxOf(this.disk).filter(({ status }) => status === 'pending').length;
  }

  rows(coll: CollectionName): ReadonlyMap<string, AnyRow> {
    return rowsOf(this.disk, coll);
  }

  /** Buckets whose digest by this machine's rows is not the server's. */
  async differingBuckets(): Promise<readonly string[]> {
    const differing: string[] = [];
    for (const bucket of Object.keys(await this.store.replica.cursors())) {
      const server: DigestResponse = await this.client.post(
        endpoints.digest,
        { bucket },
        digestResponseSchema,
      );
      const own = await this.store.digest(bucket);
      if (own.digest !== server.digest || own.count !== server.count)
        differing.push(`${this.name} ${bucket}: ${own.count} rows, on the server ${server.count}`);
    }
    return differing;
  }

  private scene(draw: Draw): Scene {
    return {
      draw,
      unit: this.unit,
      device: this.device,
      today: dayInHanoi(Date.now()),
      sha256,
      rows: (coll) => [...rowsOf(this.disk, coll).values()] as never,
      neighbours: [],
      slips: () => [],
      waitingElsewhere: () => [],
      issuedElsewhere: () => [],
      word: () => this.word('w'),
    };
  }

  private word(kind: string): string {
    this.words += 1;
    return `${this.name}-${kind}${this.words}`;
  }

  private lastNumber(): number {
    return [...this.disk.outbox.values()].reduce((last, { n }) => Math.max(last, n), 0);
  }

  private count(code: string): void {
    this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
  }
}

/** Lets all machines sync until nothing moves any more; throws where that does not come. */
export async function settleAll(machines: readonly Machine[]): Promise<void> {
  const patience = 30;
  for (let turn = 0; turn < patience; turn += 1) {
    const reports = await Promise.all(machines.map((machine) => machine.round()));
    if (reports.every(({ sent, received, blocked }) => sent + received === 0 && blocked === null)) return;
  }
  throw new Error(`does not come to rest: ${machines.map((machine) => machine.waiting()).join(' ')} wait`);
}
