import type { Desktop } from '@shared/ipc/desktop';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { type LineHint, saysMetered, waitsForNetwork } from '@shared/sync/files/metered';
import { inOrderOfNeed, type Waiting } from '@shared/sync/files/transfer-order';
import { Serial } from '@shared/sync/serial';
import { dayInHanoi } from '@shared/text/time';
import { Subject } from 'rxjs';
import { FileFailures } from './file-failures';
import type { FileInventory } from './file-inventory';
import type { ForgottenFiles } from './forgotten-files';
import type { FilesState } from './sync-channel';

const unreachable: ReadonlySet<ErrorCode> = new Set([
  'OFFLINE',
  'SERVER_UNREACHABLE',
  'SERVER_BUSY',
  'DEVICE_REVOKED',
]);
/** How many files of each kind the state names. */
const listed = 200;
const dayMs = 24 * 3_600_000;

/** What file transfer works with; only the sync window has one. */
export type TransferParts = {
  readonly desktop: Pick<Desktop, 'invoke'>;
  readonly inventory: FileInventory;
  readonly forgotten: ForgottenFiles;
  readonly clock: () => number;
  /** What is known of the network now. */
  readonly line: () => LineHint;
};

/**
 * Moves files after the records that name them, in the order in which they are needed (`inOrderOfNeed`). A file counts as
 * present only when its SHA-256 was verified here, and as sent only when the server has verified it.
 */
export class FileTransfer {
  /** Told when {@link state} has changed. */
  readonly changed = new Subject<void>();
  /** Digest of each file that has come. */
  readonly arrived = new Subject<string>();
  private problem: ErrorCode | '' = '';
  private readonly parts: TransferParts;
  private readonly serial = new Serial();
  private readonly failures = new FileFailures();
  /** A person waits for these, does not want these now, wants these over a paid network too. */
  private readonly opened = new Set<string>();
  private readonly refused = new Set<string>();
  private readonly paidFor = new Set<string>();
  /** What this pass has tried, and the rest with what is needed most at the end; null when it is to be ordered again. */
  private readonly tried = new Set<string>();
  private queue: Waiting[] | null = null;
  private moving: Promise<void> | null = null;
  private again = false;
  /** A round has ended since it was last asked what can be had now. */
  private roundEnded = false;

  constructor(parts: TransferParts) {
    this.parts = parts;
  }

  state(): FilesState {
    const { toSend, toFetch } = this.parts.inventory;
    const paused = [...toSend.values(), ...toFetch.values()].filter((waiting) => this.isPaused(waiting));
    return {
      toSend: toSend.size,
      toFetch: toFetch.size,
      missing: firstOf(toFetch.values()),
      problem: this.problem,
      metered: this.isMetered(),
      paused: paused.length,
      pausedFiles: firstOf(paused),
      problems: this.failures.list().slice(0, listed),
    };
  }

  /** Compares the files that rows name with those in the vault, and removes what must go. Needs no network. */
  refresh(): Promise<void> {
    return this.serial.run(async () => {
      await this.parts.forgotten.remove();
      const { inventory } = this.parts;
      await inventory.refresh(this.opened);
      this.queue = null;
      this.failures.keepOnly((sha) => inventory.toSend.has(sha) || inventory.toFetch.has(sha));
      this.changed.next();
    });
  }

  /** A person has opened a file that is not here: it comes next. Resolves when nothing moves any more. */
  open(sha256: string): Promise<void> {
    this.opened.add(sha256);
    return this.tryNow(sha256);
  }

  /** A person wants this file over a paid network too. */
  anyway(sha256: string): Promise<void> {
    this.paidFor.add(sha256);
    return this.tryNow(sha256);
  }

  /** A person does not want to wait for this file: it stays where it is until somebody opens it again. */
  async cancel(sha256: string): Promise<void> {
    this.opened.delete(sha256);
    this.refused.add(sha256);
    this.queue = null;
    await this.parts.desktop.invoke('files:cancel', { sha256 });
  }

  private tryNow(sha256: string): Promise<void> {
    this.refused.delete(sha256);
    this.failures.settle(sha256);
    this.tried.delete(sha256);
    return this.start();
  }

  /**
   * Moves what is to be moved, beside replication and never in its way. A call while a pass is under way lets another
   * follow. What fails is tried again later. Resolves when nothing moves any more, well or not.
   */
  start(): Promise<void> {
    if (this.moving === null) this.moving = this.passes();
    else {
      this.again = true;
      this.roundEnded = true;
      // What has come meanwhile may be needed before the rest.
      void this.refresh();
    }
    return this.moving;
  }

  private async passes(): Promise<void> {
    try {
      do {
        this.again = false;
        await this.pass();
      } while (this.again);
      const [failure] = this.failures.list();
      this.problem = failure?.code ?? this.parts.forgotten.problems.values().next().value ?? '';
    } catch (error) {
      this.problem = error instanceof AppError ? error.code : 'INTERNAL';
    } finally {
      this.moving = null;
      this.changed.next();
    }
  }

  private async pass(): Promise<void> {
    await this.refresh();
    const { inventory } = this.parts;
    await inventory.askServer();
    await this.forgiveAbsent();
    this.tried.clear();
    for (let next = await this.next(); next !== undefined; next = await this.next()) {
      this.tried.add(next.file.sha256);
      await this.moveOne(next);
    }
    await this.refresh();
  }

  /** Rows come before the files that they name: what its sender has brought meanwhile need not wait for its time. */
  private async forgiveAbsent(): Promise<void> {
    this.roundEnded = false;
    const absent = this.failures.list().filter(({ code }) => code === 'FILE_NOT_FOUND');
    const there = await this.parts.inventory.onServer(absent.map(({ file }) => file.sha256));
    for (const sha of there) {
      this.failures.settle(sha);
      this.tried.delete(sha);
    }
    if (there.length > 0) this.queue = null;
  }

  /** The file that is needed most now. */
  private async next(): Promise<Waiting | undefined> {
    // It may be a file that was missing before, and a pass through many files takes long.
    if (this.roundEnded) await this.forgiveAbsent();
    this.queue ??= this.ordered();
    return this.queue.pop();
  }

  private ordered(): Waiting[] {
    const now = this.parts.clock();
    const { toSend, toFetch } = this.parts.inventory;
    const moment = { today: dayInHanoi(now), tomorrow: dayInHanoi(now + dayMs), now, opened: this.opened };
    const candidates = [...toSend.values(), ...toFetch.values()].filter((waiting) => {
      const { sha256 } = waiting.file;
      const stays = this.tried.has(sha256) || this.refused.has(sha256) || this.failures.waits(sha256, now);
      return !stays && !this.isPaused(waiting);
    });
    return inOrderOfNeed(candidates, moment).toReversed();
  }

  /** Moves one file; a file that cannot be moved does not stop the others, a server out of reach does. */
  private async moveOne(waiting: Waiting): Promise<void> {
    const { desktop, forgotten, inventory, clock } = this.parts;
    const { file, direction } = waiting;
    const channel = direction === 'up' ? 'files:upload' : 'files:download';
    const result = await desktop.invoke(channel, { sha256: [file.sha256] });
    if (await forgotten.removeLate(file.sha256)) return;
    if (result.ok) {
      this.failures.settle(file.sha256);
      this.opened.delete(file.sha256);
      await inventory.settle(waiting);
      if (direction === 'down') this.arrived.next(file.sha256);
    } else if (unreachable.has(result.error.code)) {
      // The others are tried first the next time: it may be this file that breaks the line.
      this.failures.noteBreak(file, result.error.code, clock());
      throw new AppError(result.error.code, result.error.detail);
    } else if (result.error.code !== 'CANCELLED') this.failures.note(file, result.error.code, clock());
    this.changed.next();
  }

  private isMetered(): boolean {
    return this.parts.inventory.choices.metered || saysMetered(this.parts.line());
  }

  private isPaused({ file: { sha256, size } }: Waiting): boolean {
    return waitsForNetwork(size, { metered: this.isMetered(), anyway: this.paidFor.has(sha256) });
  }
}

function firstOf(files: Iterable<Waiting>): FileRef[] {
  const first: FileRef[] = [];
  for (const { file } of files) if (first.push(file) === listed) break;
  return first;
}
