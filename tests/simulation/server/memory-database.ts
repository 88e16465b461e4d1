import type { SyncDatabase, SyncTransaction } from '../../../server/sync/port';
import { Countdown, type Life, never, type Pauses } from '../pauses';
import { Deadlock, Locks } from './locks';
import { MemoryTransaction } from './memory-transaction';
import type { ServerState } from './state';

/** The database of the simulated server: committed data, transactions that overlap, and the faults of its disk. */
export class MemoryDatabase implements SyncDatabase {
  /** Everybody who wants to know of each state that is committed. */
  readonly onCommit = new Set<(state: ServerState) => void>();
  /** The n-th step from now, a beginning, a statement or a commit, stands still until the schedule lets it go on. */
  readonly pause = new Countdown();
  /** The n-th write from now finds the disk full. */
  readonly fullDisk = new Countdown();
  private locks = new Locks();
  private life: Life = { over: false };
  private readonly pauses: Pauses;
  private present: ServerState;

  constructor(state: ServerState, pauses: Pauses) {
    this.present = state;
    this.pauses = pauses;
  }

  get state(): ServerState {
    return this.present;
  }

  set state(next: ServerState) {
    this.present = next;
    for (const tell of this.onCommit) tell(next);
  }

  /** The server process dies: what was not committed is gone, and its transactions never go on. */
  crash(): void {
    this.life.over = true;
    this.life = { over: false };
    this.locks = new Locks();
    this.pause.disarm();
    this.fullDisk.disarm();
  }

  async transaction<T>(
    mode: 'read-write' | 'snapshot',
    work: (tx: SyncTransaction) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      try {
        return await this.attempt(mode, work);
      } catch (error) {
        if (!(error instanceof Deadlock)) throw error;
      }
    }
  }

  /** An administrator shuts a device out: like every statement it waits for transactions that hold the device. */
  async revokeDevice(id: string): Promise<void> {
    const { life, locks } = this;
    const administrator = {};
    await locks.take(`device:${id}`, administrator);
    if (life.over) return never();
    const known = this.state.devices.get(id);
    if (known !== undefined) {
      const revoked = { ...known, status: 'revoked', shutOutAt: known.lastN } as const;
      this.state = { ...this.state, devices: new Map(this.state.devices).set(id, revoked) };
    }
    locks.release(administrator);
  }

  private async attempt<T>(
    mode: 'read-write' | 'snapshot',
    work: (tx: SyncTransaction) => Promise<T>,
  ): Promise<T> {
    const { life, locks } = this;
    let view: ServerState | null = null;
    const committed = (): ServerState => {
      if (mode === 'read-write') return this.state;
      view ??= this.state;
      return view;
    };
    const tx = new MemoryTransaction({ committed, locks, step: (write) => this.step(life, write) });
    try {
      const result = await work(tx);
      await this.step(life, false);
      if (mode === 'read-write') this.state = tx.committedOver(this.state);
      return result;
    } finally {
      locks.release(tx);
    }
  }

  private async step(life: Life, write: boolean): Promise<void> {
    if (life.over) return never();
    if (write && this.fullDisk.strikes()) throw new Error('could not extend file: No space left on device');
    if (this.pause.strikes()) await this.pauses.hold('a transaction of the server', life);
    return life.over ? never() : undefined;
  }
}
