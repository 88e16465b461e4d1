import { AppError } from '@shared/result/result';
import type {
  BreakGlassRequest,
  LeaseRequest,
  PullRequest,
  PushRequest,
  PushResponse,
} from '@shared/sync/protocol';
import { isoInHanoi } from '@shared/text/time';
import { RowWriter, serverAuthor } from '../../../server/rows/row-writer';
import type { Author } from '../../../server/sync/author';
import { breakGlass } from '../../../server/sync/break-glass';
import { changeLease } from '../../../server/sync/lease';
import { pullAnswer } from '../../../server/sync/pull';
import { takeInOperations } from '../../../server/sync/push';
import { readAtOneMoment } from '../checks/one-moment';
import type { Answer, Request } from '../network';
import type { Pauses } from '../pauses';
import { MemoryDatabase } from './memory-database';
import { unitOf } from './seed';
import type { ServerState } from './state';

const ignorePokes = () => undefined;

/** Machines keep what was answered for 35 days: an older backup is not what a restore begins from. */
const oldestBackupMs = 30 * 86_400_000;

type Backup = { readonly at: number; readonly state: ServerState };

/** The provincial server: the product's code for each request over a database in memory, its backups and its restarts. */
export class ServerMachine {
  readonly database: MemoryDatabase;
  private readonly backups: Backup[];
  private restores = 0;
  private readonly now: () => number;
  private readonly found: (problem: string) => void;

  /** `found` is told what its answers break. */
  constructor(state: ServerState, pauses: Pauses, now: () => number, found: (problem: string) => void) {
    this.found = found;
    this.database = new MemoryDatabase(state, pauses);
    this.now = now;
    this.backups = [{ at: now(), state }];
  }

  get state(): ServerState {
    return this.database.state;
  }

  /** Answers one request as the routes of the server do once they know the caller. */
  async serve({ device, kind, text }: Request): Promise<Answer> {
    const known = this.state.devices.get(device);
    if (known?.status !== 'active') return { refusal: new AppError('DEVICE_REVOKED') };
    try {
      return { text: await this.answer({ device, unit: known.unit }, kind, JSON.parse(text)) };
    } catch (error) {
      if (error instanceof AppError) return { refusal: error };
      // Whatever the server did not expect reaches the client as a refusal without details.
      return { refusal: new AppError('INTERNAL', error instanceof Error ? error.message : '') };
    }
  }

  backUp(): void {
    this.backups.push({ at: this.now(), state: this.state });
  }

  /**
   * An older state comes back under a new epoch, as the administrator's command makes it. False where there is no backup
   * that is new enough.
   */
  restore(pick: (count: number) => number): boolean {
    const usable = this.backups.filter(({ at }) => at >= this.now() - oldestBackupMs);
    const backup = usable[usable.length === 0 ? 0 : pick(usable.length)];
    if (backup === undefined) return false;
    this.restores += 1;
    this.database.crash();
    this.database.state = { ...backup.state, epoch: `e${this.restores + 1}` };
    return true;
  }

  /** Gives or takes the right of a unit's devices to read the rows of another unit. */
  setGrant(unit: string, readable: string, given: boolean): void {
    const others = (this.state.grants.get(unit) ?? []).filter((other) => other !== readable);
    const grants = new Map(this.state.grants).set(unit, given ? [...others, readable].sort() : others);
    this.database.state = { ...this.state, grants };
  }

  /** Whether a device is shut out. */
  isRevoked(device: string): boolean {
    return this.state.devices.get(device)?.status === 'revoked';
  }

  /** A list of units is read into the directory. */
  async importUnits(ids: readonly string[]): Promise<void> {
    await this.database.transaction('read-write', async (tx) => {
      await tx.actForServer();
      const writer = new RowWriter(tx, serverAuthor);
      for (const id of ids) await writer.putAsServer('units', id, unitOf(id), id);
      await writer.publish();
    });
  }

  get restored(): boolean {
    return this.restores > 0;
  }

  private async answer(author: Author, kind: Request['kind'], body: unknown): Promise<string> {
    const moment = () => isoInHanoi(this.now());
    const { database } = this;
    switch (kind) {
      case 'push': {
        const taken = await takeInOperations(database, author, body as PushRequest, moment, ignorePokes);
        return JSON.stringify({ ...taken, now: moment() } satisfies PushResponse);
      }
      case 'pull': {
        const changes = await readAtOneMoment(database, author, body as PullRequest, this.found);
        return pullAnswer(changes, this.state.serverId, moment());
      }
      case 'lease':
        return JSON.stringify(await changeLease(database, author, body as LeaseRequest, ignorePokes));
      case 'break-glass': {
        const request = body as BreakGlassRequest;
        return JSON.stringify(await breakGlass(database, author, request, moment(), ignorePokes));
      }
    }
  }
}
