import type { Stored } from '@shared/domain/plan';
import { sha256 } from '@shared/node/sha256';
import { AppError } from '@shared/result/result';
import type { Book, Handover, NumberEntry } from '@shared/schema/books';
import type { CollectionName } from '@shared/schema/rows';
import { operationSchema } from '@shared/sync/operation';
import { sameJson } from '@shared/sync/patch';
import type { BreakGlassRequest, LeaseRequest } from '@shared/sync/protocol';
import { dayInHanoi } from '@shared/text/time';
import { type Act, Gone, type Scene } from '../office/scene';
import type { Life } from '../pauses';
import type { Seat } from '../server/seed';
import type { Draw } from '../tape';
import type { World } from '../world';
import { watchCursors } from './cursor-watch';
import { copyDisk, type Disk, emptyDisk, rowsOf } from './disk';
import { DurableSteps } from './durable-steps';
import { Program } from './program';
import { watchRows } from './row-watch';

/** A machine in an office: its disk outlives everything, its program only until the next stop. */
export class Workstation {
  readonly device: string;
  readonly unit: string;
  readonly steps: DurableSteps;
  disk: Disk;
  /** How far this machine's clock is from the true time, in milliseconds. */
  clockOffset = 0;
  /** How many units have left the directory of this machine since its last round began. */
  removedUnits = 0;
  /** Whether a person has agreed since then that they go. */
  agreed = false;
  /** How the last round of replication ended. */
  lastRound = 'none';
  /** Whether what it had has gone with a disk. */
  diskReplaced = false;
  private readonly world: World;
  private life: Life = { over: true };
  private program: Program | null = null;
  private lost = false;
  private copy: Disk | null = null;
  private restored = false;
  private syncing = false;

  constructor(world: World, seat: Seat, disk: Disk | null) {
    this.world = world;
    this.device = seat.device;
    this.unit = seat.unit;
    this.disk = disk === null ? emptyDisk() : copyDisk(disk);
    this.steps = new DurableSteps(world.pauses, () => this.switchOff());
  }

  get isOn(): boolean {
    return this.program !== null;
  }

  get isSyncing(): boolean {
    return this.syncing;
  }

  /**
   * Nobody can find this machine: nobody works at it any more, though it may turn up and sync. What was being done at it ends
   * with it.
   */
  lose(): void {
    this.switchOff();
    this.lost = true;
    this.world.upheavals.add('machine lost');
  }

  get hasCopy(): boolean {
    return this.copy !== null;
  }

  copyProfile(): void {
    this.copy = copyDisk(this.disk);
  }

  /** The database as it was when it was copied, beside today's journal. */
  restoreProfile(): void {
    if (this.copy === null) return;
    this.switchOff();
    this.disk = { ...copyDisk(this.copy), journal: this.disk.journal };
    this.restored = true;
  }

  /** Everything as it was when it was copied. What only the old disk had is lost, and nobody can be blamed for it. */
  replaceDisk(): void {
    if (this.copy === null) return;
    this.switchOff();
    this.disk = copyDisk(this.copy);
    this.restored = true;
    this.world.upheavals.add('disk replaced');
    this.diskReplaced = true;
    this.world.excuseLost(this);
  }

  loseDatabase(): void {
    this.switchOff();
    this.disk = { ...emptyDisk(), journal: this.disk.journal };
  }

  get isLost(): boolean {
    return this.lost;
  }

  /** Starts the program on what the disk holds. */
  switchOn(): string {
    if (!this.life.over) return `${this.device} is starting`;
    const life = { over: false };
    this.life = life;
    const { disk, steps, world } = this;
    const opened = Program.open({
      device: this.device,
      unit: this.unit,
      disk,
      steps,
      life,
      restored: this.restored,
      clock: () => world.now + this.clockOffset,
      newId: () => world.word('x'),
      network: world.network,
      watch: { row: watchRows(world, this), value: watchCursors(world, this) },
    });
    this.expect(life, opened, (program) => {
      this.program = program;
      this.restored = false;
    });
    return `${this.device} is switched on`;
  }

  /** The program ends in the middle of whatever it does. */
  switchOff(): string {
    this.life.over = true;
    this.program = null;
    this.syncing = false;
    this.steps.calm();
    return `${this.device} loses its power`;
  }

  /** What a person sees who sits down here now. */
  scene(draw: Draw): Scene {
    return {
      draw,
      unit: this.unit,
      device: this.device,
      today: dayInHanoi(this.world.now + this.clockOffset),
      sha256,
      rows: <C extends CollectionName>(coll: C) =>
        [...rowsOf(this.disk, coll).values()] as unknown as Stored<C>[],
      neighbours: this.neighbours.map(({ device }) => device),
      slips: () => this.neighbours.flatMap(({ disk, isLost }) => (isLost ? [] : slipsOn(disk, this.device))),
      waitingElsewhere: () =>
        this.neighbours.flatMap(({ device, disk }) =>
          waitingOn(disk).map((document) => ({ device, document })),
        ),
      issuedElsewhere: () =>
        this.neighbours.flatMap(({ device, disk }) =>
          issuedOn(disk, device).map((entry) => ({ device, entry })),
        ),
      word: () => this.world.word('w'),
    };
  }

  /** Carries out a command; when it resolves the person is told that her work is safe, and that must be true. */
  carryOut(act: Act): string {
    const { program, life, world } = this;
    if (program === null) return `${this.device} is off`;
    let changes: unknown;
    const done = program.run(act.by, async (context, read) => {
      const plan = await act.plan(context, read);
      changes = plan.changes;
      return plan;
    });
    this.expect(
      life,
      done.then(
        () => `${this.device}: ${act.by.id} ${act.what}`,
        (error: unknown) => {
          if (!(error instanceof AppError) && !(error instanceof Gone)) throw error;
          changes = undefined;
          return `${this.device}: ${act.by.id} cannot: ${act.what} (${error.message || 'gone'})`;
        },
      ),
      (what) => {
        world.tell(what);
        if (changes !== undefined) this.acknowledge(changes);
      },
    );
    return `${this.device}: ${act.by.id} asks for: ${act.what}`;
  }

  /** Asks the server for a book; what comes of it is told when it has come. */
  ask(kind: 'lease' | 'break-glass', request: LeaseRequest | BreakGlassRequest, what: string): string | null {
    const { program, life, world } = this;
    if (program === null) return null;
    const asked = program.ask(kind, request).then(
      ({ granted }) => `${this.device}: ${what} ${granted ? 'granted' : 'refused'}`,
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        return `${this.device}: ${what} refused (${error.message})`;
      },
    );
    this.expect(life, asked, (line) => world.tell(line));
    return `${this.device} asks for ${what}`;
  }

  /** Begins a round of replication, unless one is under way. */
  beginRound(): string | null {
    const { program, life } = this;
    if (program === null || this.syncing) return null;
    this.syncing = true;
    this.removedUnits = 0;
    this.expect(life, program.sync(), (how) => {
      this.syncing = false;
      this.lastRound = how;
      if (how !== 'nothing to do') this.world.tell(`${this.device}: round ended: ${how}`);
    });
    return `${this.device} begins a round`;
  }

  /** Somebody looks at what is held back because so much would go, and agrees. */
  agreeToRemovals(): string | null {
    const { program, life } = this;
    if (program === null || ![...this.disk.state.keys()].some((id) => id.startsWith('held:'))) return null;
    this.agreed = true;
    this.expect(life, program.agreeToRemovals().catch(onlyFullDisk), () => undefined);
    return `${this.device}: everything that is held may go`;
  }

  /** Digest of a bucket, worked out by the running program from its own rows. */
  async digest(bucket: string): Promise<{ readonly count: number; readonly digest: string }> {
    if (this.program === null) throw new Error(`${this.device} is off`);
    return this.program.digest(bucket);
  }

  private get neighbours(): readonly Workstation[] {
    return this.world.workstations.filter((other) => other !== this && other.unit === this.unit);
  }

  /** A round of the other window beside it: something went wrong with who may sync, and nothing may come of it. */
  beginSecondRound(): string | null {
    const { program, life, world } = this;
    if (program === null || !this.syncing) return null;
    this.expect(life, program.sync('visible'), (how) =>
      world.tell(`${this.device}: second round ended: ${how}`),
    );
    return `${this.device} begins a round in its other window too`;
  }

  private acknowledge(changes: unknown): void {
    const entries = [...this.disk.outbox.values()].sort((a, b) => b.n - a.n);
    const entry = entries.find(({ operation }) => sameJson(operation.changes, changes));
    if (entry === undefined) {
      this.world.problems.push(`S1: ${this.device} called work safe that its outbox does not hold`);
      return;
    }
    const fits = operationSchema.safeParse(entry.operation);
    if (!fits.success) this.world.problems.push(`S1: no server can read ${entry.id}: ${fits.error.message}`);
    this.world.acknowledged.push({ device: this.device, operation: entry.operation });
    for (const { coll, id, create, patch } of entry.operation.changes) {
      if (coll === 'intake' && create)
        this.world.scans.push({ item: id, file: (patch['file'] as { readonly sha256: string }).sha256 });
    }
  }

  /** Goes on with what a running program has done; whatever it did not expect itself is a fault of the product. */
  private expect<T>(life: Life, work: Promise<T>, then: (value: T) => void): void {
    work.then(
      (value) => (life.over ? undefined : then(value)),
      (error: unknown) => {
        if (life.over) return;
        const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.world.problems.push(`defect: ${this.device}: ${trace.split('\n').slice(0, 3).join(' ')}`);
      },
    );
  }
}

function waitingOn(disk: Disk): readonly Stored<'outgoing'>[] {
  const documents = [...rowsOf(disk, 'outgoing').values()] as unknown as Stored<'outgoing'>[];
  return documents.filter(({ state }) => state === 'signed' || state === 'waiting-number');
}

/** The numbers that a device has given itself, as its outbox has them. */
function issuedOn(disk: Disk, device: string): readonly NumberEntry[] {
  return [...disk.outbox.values()]
    .filter(
      ({ operation }) => operation.command === 'book.number-for' && operation.op.startsWith(`${device}:`),
    )
    .flatMap(({ operation }) => operation.changes.filter(({ coll }) => coll === 'numbers'))
    .map(({ patch }) => patch as unknown as NumberEntry);
}

function onlyFullDisk(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

/** The chains of handovers on a disk that end with one to this device. */
function slipsOn(disk: Disk, device: string): readonly Readonly<Record<string, Handover>>[] {
  return [...rowsOf(disk, 'books').values()].flatMap((row) => {
    const { handovers = {}, epoch } = row as unknown as Book;
    const last = handovers[String(epoch - 1)];
    return last?.to === device && last.kind === 'device' ? [handovers] : [];
  });
}
