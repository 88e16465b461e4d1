import type { Desktop } from '@shared/ipc/desktop';
import type { ErrorCode } from '@shared/result/codes';
import { AppError, unwrap } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { Serial } from '@shared/sync/serial';
import { Subject } from 'rxjs';
import type { LocalStore } from './local-store';
import type { NamedFiles } from './named-files';
import type { SentFiles } from './sent-files';
import type { FilesState } from './sync-channel';

const unreachable: ReadonlySet<ErrorCode> = new Set([
  'OFFLINE',
  'SERVER_UNREACHABLE',
  'SERVER_BUSY',
  'DEVICE_REVOKED',
]);

/** How many files one question to the main process names. */
const askedAtOnce = 1000;
/** How many of the files still to come the state names. */
const listed = 200;

/** What file transfer works with; only the sync window has one. */
export type TransferParts = {
  readonly desktop: Pick<Desktop, 'invoke'>;
  readonly store: Pick<LocalStore, 'removedFiles' | 'settleRemovedFile'>;
  readonly named: Pick<NamedFiles, 'list' | 'ready'>;
  /** Whether a row names this content, read from the rows themselves. */
  readonly isNamed: (sha256: string) => Promise<boolean>;
  readonly sent: SentFiles;
};

/**
 * Moves files after the records that name them: uploads what the server lacks, then downloads what this machine lacks,
 * papers of published meetings first. A file counts as present only when its SHA-256 was verified here.
 */
export class FileTransfer {
  /** Told when {@link state} has changed. */
  readonly changed = new Subject<void>();
  /** Digest of each file that has come. */
  readonly arrived = new Subject<string>();
  /** Named by rows, not on this machine yet. */
  private missing = new Map<string, FileRef>();
  /** On this machine, not yet verified by the server. */
  private unsent = new Map<string, FileRef>();
  private problem: ErrorCode | '' = '';
  private readonly parts: TransferParts;
  private readonly present = new Set<string>();
  private readonly serial = new Serial();
  /** Why a file could not be moved or removed in this pass, by its SHA-256. */
  private readonly problems = new Map<string, ErrorCode>();
  private moving: Promise<void> | null = null;
  private again = false;
  /** Removed since the program was opened: one that a download under way still brings goes again. */
  private readonly forgotten = new Set<string>();

  constructor(parts: TransferParts) {
    this.parts = parts;
  }

  state(): FilesState {
    const missing: FileRef[] = [];
    for (const file of this.missing.values()) if (missing.push(file) === listed) break;
    return { toSend: this.unsent.size, toFetch: this.missing.size, missing, problem: this.problem };
  }

  /** Another window has removed these bytes. */
  forgetPresent(sha256: readonly string[]): void {
    for (const sha of sha256) this.present.delete(sha);
  }

  /** Compares the files that rows name with those in the vault, and removes what must go. Needs no network. */
  refresh(): Promise<void> {
    return this.serial.run(async () => {
      await this.removeForgotten();
      await this.parts.named.ready;
      const wanted = this.parts.named.list();
      await this.lookFor(wanted.map(({ sha256 }) => sha256).filter((sha) => !this.present.has(sha)));
      const missing = new Map<string, FileRef>();
      const unsent = new Map<string, FileRef>();
      for (const file of wanted) {
        if (!this.present.has(file.sha256)) missing.set(file.sha256, file);
        else if (!(await this.parts.sent.has(file.sha256))) unsent.set(file.sha256, file);
      }
      this.missing = missing;
      this.unsent = unsent;
      this.changed.next();
    });
  }

  private async lookFor(sha256: readonly string[]): Promise<void> {
    for (let at = 0; at < sha256.length; at += askedAtOnce) {
      const part = sha256.slice(at, at + askedAtOnce);
      const { present } = unwrap(await this.parts.desktop.invoke('files:present', { sha256: part }));
      for (const sha of present) this.present.add(sha);
    }
  }

  /** Removes what items that were removed leave behind; what cannot be removed now is tried again the next time. */
  private async removeForgotten(): Promise<void> {
    for (const sha256 of await this.parts.store.removedFiles()) {
      try {
        this.forgotten.add(sha256);
        if (!(await this.parts.isNamed(sha256))) await this.removeBytes(sha256);
        await this.parts.store.settleRemovedFile(sha256);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        this.problems.set(sha256, error.code);
      }
    }
  }

  private async removeBytes(sha256: string): Promise<void> {
    unwrap(await this.parts.desktop.invoke('files:purge', { sha256 }));
    await this.parts.sent.remove(sha256);
    this.present.delete(sha256);
    this.problems.delete(sha256);
  }

  /**
   * Moves what is to be moved, beside replication and never in its way. A call while a pass is under way lets another
   * follow. What fails is tried again after the next round. Resolves when nothing moves any more, well or not.
   */
  start(): Promise<void> {
    if (this.moving === null) this.moving = this.passes();
    else this.again = true;
    return this.moving;
  }

  private async passes(): Promise<void> {
    try {
      do {
        this.again = false;
        await this.pass();
      } while (this.again);
      this.problem = this.problems.values().next().value ?? '';
    } catch (error) {
      this.problem = error instanceof AppError ? error.code : 'INTERNAL';
    } finally {
      this.moving = null;
      this.changed.next();
    }
  }

  private async pass(): Promise<void> {
    // What went wrong before is history: a file may have been removed meanwhile.
    this.problems.clear();
    await this.refresh();
    for (const sha256 of this.unsent.keys()) await this.moveOne('files:upload', sha256);
    for (const sha256 of this.missing.keys()) await this.moveOne('files:download', sha256);
    await this.refresh();
  }

  /** Moves one file; a file that cannot be moved does not stop the others, a server out of reach does. */
  private async moveOne(channel: 'files:upload' | 'files:download', sha256: string): Promise<void> {
    const result = await this.parts.desktop.invoke(channel, { sha256: [sha256] });
    if (this.forgotten.has(sha256) && !(await this.parts.isNamed(sha256))) await this.removeBytes(sha256);
    else if (result.ok) await this.settle(channel, sha256);
    else if (unreachable.has(result.error.code)) unwrap(result);
    else this.problems.set(sha256, result.error.code);
  }

  private async settle(channel: 'files:upload' | 'files:download', sha256: string): Promise<void> {
    this.problems.delete(sha256);
    await this.parts.sent.add(sha256);
    this.unsent.delete(sha256);
    if (channel === 'files:download') {
      this.present.add(sha256);
      this.missing.delete(sha256);
      this.arrived.next(sha256);
    }
    this.changed.next();
  }
}
