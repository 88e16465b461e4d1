import type { Desktop } from '@shared/ipc/desktop';
import type { ErrorCode } from '@shared/result/codes';
import { AppError, unwrap } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { BehaviorSubject } from 'rxjs';
import type { Database } from './database';
import type { LocalStore } from './local-store';

const uploadedKey = 'uploaded';
const unreachable: ReadonlySet<ErrorCode> = new Set([
  'OFFLINE',
  'SERVER_UNREACHABLE',
  'SERVER_BUSY',
  'DEVICE_REVOKED',
]);

/**
 * Moves files after the records that name them: uploads what the server lacks, then downloads what this machine lacks,
 * papers of published meetings first. A file counts as present only when its SHA-256 was verified here.
 */
export class FileTransfer {
  readonly present = new BehaviorSubject<ReadonlySet<string>>(new Set());
  /** Named by rows, not on this machine yet. */
  readonly missing = new BehaviorSubject<readonly FileRef[]>([]);
  /** On this machine, not yet verified by the server. */
  readonly unsent = new BehaviorSubject<readonly FileRef[]>([]);
  private readonly database: Database;
  private readonly store: LocalStore;
  private readonly desktop: Desktop;
  /** Why a file could not be moved the last time, by its SHA-256. */
  readonly problems = new Map<string, ErrorCode>();
  private moving = false;
  private again = false;
  private readonly loose = new Map<string, FileRef>();
  /** Removed since the program was opened: one that a download under way still brings goes again. */
  private readonly forgotten = new Set<string>();

  constructor(database: Database, store: LocalStore, desktop: Desktop) {
    this.database = database;
    this.store = store;
    this.desktop = desktop;
  }

  /** Files in the vault that no row names yet, such as those of an open form: they can be shown, and are not sent. */
  keepLoose(files: readonly FileRef[]): void {
    for (const file of files) this.loose.set(file.sha256, file);
    this.present.next(new Set([...this.present.value, ...this.loose.keys()]));
  }

  /** Whether a row names this content; `byDocument` leaves the intake box out. Needs no network. */
  async isNamed(sha256: string, byDocument = false): Promise<boolean> {
    return (await this.namedFiles(byDocument)).some((file) => file.sha256 === sha256);
  }

  /** Removes files of an abandoned form from this machine, save those that a row names. */
  async dropLoose(files: readonly FileRef[]): Promise<void> {
    for (const { sha256 } of files) {
      this.loose.delete(sha256);
      if (!(await this.isNamed(sha256))) await this.removeBytes(sha256);
    }
    await this.refresh();
  }

  /** Compares the files that rows name with those in the vault. Needs no network. */
  async refresh(): Promise<void> {
    await this.removeForgotten();
    const wanted = await this.namedFiles();
    const present = new Set<string>(this.loose.keys());
    for (let at = 0; at < wanted.length; at += 1000) {
      const sha256 = wanted.slice(at, at + 1000).map((file) => file.sha256);
      for (const sha of unwrap(await this.desktop.invoke('files:present', { sha256 })).present)
        present.add(sha);
    }
    const sent = new Set(await this.store.state.get<readonly string[]>(uploadedKey, []));
    this.present.next(present);
    this.missing.next(wanted.filter((file) => !present.has(file.sha256)));
    this.unsent.next(wanted.filter((file) => present.has(file.sha256) && !sent.has(file.sha256)));
  }

  /** Removes what items that were removed leave behind; what cannot be removed now is tried again the next time. */
  private async removeForgotten(): Promise<void> {
    for (const sha256 of await this.store.removedFiles()) {
      try {
        this.loose.delete(sha256);
        this.forgotten.add(sha256);
        if (!(await this.isNamed(sha256))) await this.removeBytes(sha256);
        await this.store.settleRemovedFile(sha256);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        this.problems.set(sha256, error.code);
      }
    }
  }

  private async removeBytes(sha256: string): Promise<void> {
    unwrap(await this.desktop.invoke('files:purge', { sha256 }));
    const sent = await this.store.state.get<readonly string[]>(uploadedKey, []);
    await this.store.state.set(
      uploadedKey,
      sent.filter((known) => known !== sha256),
    );
    this.problems.delete(sha256);
  }

  /**
   * Moves what is to be moved, beside replication and never in its way. A call while a pass is under way lets another
   * follow. What fails is tried again after the next round. At its end every pass tells what is wrong, or ''.
   */
  start(onEnd: (problem: ErrorCode | '') => void): void {
    if (this.moving) {
      this.again = true;
      return;
    }
    this.moving = true;
    void this.passes(onEnd);
  }

  private async passes(onEnd: (problem: ErrorCode | '') => void): Promise<void> {
    try {
      do {
        this.again = false;
        await this.pass();
      } while (this.again);
      onEnd(this.problems.values().next().value ?? '');
    } catch (error) {
      onEnd(error instanceof AppError ? error.code : 'INTERNAL');
    } finally {
      this.moving = false;
    }
  }

  private async pass(): Promise<void> {
    // What went wrong before is history: a file may have been removed meanwhile.
    this.problems.clear();
    await this.refresh();
    for (const file of this.unsent.value) await this.moveOne('files:upload', file);
    for (const file of this.missing.value) await this.moveOne('files:download', file);
    await this.refresh();
  }

  /** Moves one file; a file that cannot be moved does not stop the others, a server out of reach does. */
  private async moveOne(channel: 'files:upload' | 'files:download', file: FileRef): Promise<void> {
    const result = await this.desktop.invoke(channel, { sha256: [file.sha256] });
    if (this.forgotten.has(file.sha256) && !(await this.isNamed(file.sha256)))
      await this.removeBytes(file.sha256);
    else if (result.ok) await this.rememberSent(file.sha256);
    else if (unreachable.has(result.error.code)) unwrap(result);
    else this.problems.set(file.sha256, result.error.code);
  }

  private async rememberSent(sha256: string): Promise<void> {
    this.problems.delete(sha256);
    const sent = new Set(await this.store.state.get<readonly string[]>(uploadedKey, []));
    await this.store.state.set(uploadedKey, [...sent.add(sha256)]);
    this.unsent.next(this.unsent.value.filter((file) => file.sha256 !== sha256));
  }

  private async namedFiles(byDocument = false): Promise<readonly FileRef[]> {
    const files = new Map<string, FileRef>();
    const add = (file: FileRef | null): void => {
      if (file !== null && !files.has(file.sha256)) files.set(file.sha256, file);
    };
    for (const row of await this.database.rows('meetings').find().exec()) {
      const meeting = row.toJSON();
      for (const paper of meeting.papers) add(paper.file as FileRef);
      add(meeting.pack?.document as FileRef | null);
      add(meeting.minutes as FileRef | null);
    }
    for (const row of byDocument ? [] : await this.database.rows('intake').find().exec())
      add(row.toJSON().file as FileRef | null);
    for (const row of await this.database.rows('incoming').find().exec()) {
      const document = row.toJSON();
      for (const file of document.files) add(file as FileRef);
      for (const { file } of Object.values(document.electronicCopies ?? {})) add(file as FileRef);
      for (const { report } of Object.values(document.signatures)) add((report ?? null) as FileRef | null);
    }
    for (const row of await this.database.rows('outgoing').find().exec()) {
      const document = row.toJSON();
      add(document.body as FileRef | null);
      for (const annex of document.annexes) add(annex as FileRef);
      for (const { file } of Object.values(document.electronicCopies ?? {})) add(file as FileRef);
    }
    return [...files.values()];
  }
}
