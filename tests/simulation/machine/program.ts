import { sha256 } from '@shared/node/sha256';
import { AppError } from '@shared/result/result';
import type { Person } from '@shared/schema/people';
import { carryOut, type Planner } from '@shared/sync/client/carry-out';
import { LocalStore } from '@shared/sync/client/local-store';
import { takeLostBook } from '@shared/sync/client/take-lost-book';
import { syncOnce } from '@shared/sync/engine';
import type {
  BreakGlassRequest,
  LeaseRequest,
  LeaseResponse,
  PullResponse,
  PushResponse,
} from '@shared/sync/protocol';
import { Serial } from '@shared/sync/serial';
import { isoInHanoi } from '@shared/text/time';
import type { Network, RequestKind } from '../network';
import type { Life } from '../pauses';
import type { Disk } from './disk';
import type { DurableSteps } from './durable-steps';
import { memoryJournal } from './memory-journal';
import { type DiskWatch, memoryLocalDatabase } from './memory-local-database';

/** What a running program is made of. */
export type ProgramParts = {
  readonly device: string;
  readonly unit: string;
  readonly disk: Disk;
  readonly steps: DurableSteps;
  readonly life: Life;
  /** Whether the disk has been put back from an older copy since the last start. */
  readonly restored: boolean;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly network: Network;
  readonly watch: DiskWatch;
};

/** Rows of a pull and operations of a push: so few that every schedule has pages that end in the middle. */
const limits = { pullLimit: 4, pushLimit: 3 };

/**
 * The program of a workstation: the product's store twice over one disk, as its two windows open it. Replication runs in
 * the second one, people work in both in turn, and only the lock keeps them apart.
 */
export class Program {
  private readonly parts: ProgramParts;
  private readonly visible: LocalStore;
  private readonly hidden: LocalStore;
  /** Where the next command is given. */
  private desk: 'visible' | 'hidden' = 'visible';
  private hasFailed = false;
  private readonly asking = new Serial();

  private constructor(parts: ProgramParts, visible: LocalStore, hidden: LocalStore) {
    this.parts = parts;
    this.visible = visible;
    this.hidden = hidden;
  }

  /** Starts on what the disk holds, however the last program ended. */
  static async open(parts: ProgramParts): Promise<Program> {
    const { disk, steps, life, watch } = parts;
    const open = {
      database: memoryLocalDatabase(disk, steps, life, watch),
      journal: memoryJournal(disk, steps, life),
      lock: new Serial(),
      sha256,
    };
    const windows = [await LocalStore.open(open), await LocalStore.open(open)] as const;
    if (parts.restored) await windows[0].requireNumberingProof('restored');
    return new Program(parts, ...windows);
  }

  /**
   * Carries out a command of a person; resolves when the work is safe. After a full disk people stay in the window that has
   * told them so: the other one knows nothing of what was begun.
   */
  async run(person: Person, plan: Planner): Promise<void> {
    const { device, unit, clock, newId } = this.parts;
    const context = { person, device, now: isoInHanoi(clock()), newId };
    try {
      await carryOut(
        { store: this[this.desk], unit, sha256, clockAheadMs: () => Promise.resolve(0) },
        context,
        plan,
      );
      if (!this.hasFailed) this.desk = this.desk === 'visible' ? 'hidden' : 'visible';
    } catch (error) {
      if (error instanceof AppError && error.code === 'DISK_FULL') this.hasFailed = true;
      throw error;
    }
  }

  /** One round of replication; says how it ended. Whatever is no refusal and no failed line is a fault of the product. */
  async sync(window: 'hidden' | 'visible' = 'hidden'): Promise<string> {
    try {
      const report = await syncOnce(
        this[window].replica,
        {
          push: (request) => this.call('push', request) as Promise<PushResponse>,
          pull: (request) => this.call('pull', request) as Promise<PullResponse>,
        },
        limits,
      );
      const { sent, received } = report;
      return sent + received === 0 ? 'nothing to do' : `sent ${sent}, received ${received}`;
    } catch (error) {
      if (error instanceof AppError) return error.message;
      throw error;
    }
  }

  /** Asks the server for a book: a free one, or one of a lost machine. */
  async ask(
    kind: 'lease' | 'break-glass',
    request: LeaseRequest | BreakGlassRequest,
  ): Promise<LeaseResponse> {
    const post = async () => (await this.call(kind, request)) as LeaseResponse;
    const { visible: store, asking: lock } = this;
    if ('people' in request) return takeLostBook({ store, lock }, request, post);
    const answer = await post();
    await store.storeAnswer(answer);
    return answer;
  }

  /** A person agrees to everything that may go. */
  async agreeToRemovals(): Promise<void> {
    for (const { bucket } of await this.visible.heldBuckets()) await this.visible.agreeToRemoval(bucket);
  }

  digest(bucket: string): Promise<{ readonly count: number; readonly digest: string }> {
    return this.hidden.digest(bucket);
  }

  private call(kind: RequestKind, body: unknown): Promise<unknown> {
    const { network, device, life } = this.parts;
    return network.call({ device, kind, text: JSON.stringify(body) }, life);
  }
}
