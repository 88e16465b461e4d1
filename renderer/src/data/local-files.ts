import type { Desktop } from '@shared/ipc/desktop';
import type { ErrorCode } from '@shared/result/codes';
import { AppError, unwrap } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { BehaviorSubject } from 'rxjs';
import type { LocalStore } from './local-store';
import { type Asked, type FilesState, noFiles, type SyncChannel, type Told } from './sync-channel';

/** How many files one question to the main process names. */
const askedAtOnce = 1000;

type Parts = {
  readonly desktop: Pick<Desktop, 'invoke'>;
  readonly store: Pick<LocalStore, 'removedFiles'>;
  readonly channel: SyncChannel<Asked, Told>;
  /** Whether a row names this content; `byDocument` leaves the intake box out. Needs no network. */
  readonly isNamed: (sha256: string, byDocument?: boolean) => Promise<boolean>;
};

/**
 * The files of this machine as a window sees them that does not move them: which of those it asks for are here, the
 * loose ones of its open forms, and what the sync window says of the rest.
 */
export class LocalFiles {
  /** Whether a file is here, verified; only for those that somebody has asked for. */
  readonly known = new BehaviorSubject<ReadonlyMap<string, boolean>>(new Map());
  readonly state = new BehaviorSubject<FilesState>(noFiles);
  readonly isNamed: Parts['isNamed'];
  /** Why the bytes of a removed item could not be removed, by their SHA-256. */
  readonly problems = new Map<string, ErrorCode>();
  private readonly desktop: Parts['desktop'];
  private readonly store: Parts['store'];
  private readonly channel: Parts['channel'];
  private asking = new Set<string>();

  constructor({ desktop, store, channel, isNamed }: Parts) {
    this.desktop = desktop;
    this.store = store;
    this.channel = channel;
    this.isNamed = isNamed;
    channel.listen((told) => {
      if (told.kind === 'files') this.state.next(told.files);
      else if (told.kind === 'arrived') this.moved(told.sha256, true);
      else if (told.kind === 'gone') this.moved(told.sha256, false);
    });
  }

  /** Lets {@link known} tell of these files. Those asked for in one breath are looked for in one question. */
  ask(sha256: readonly string[]): void {
    const unknown = sha256.filter((sha) => !this.known.value.has(sha));
    if (unknown.length === 0) return;
    if (this.asking.size === 0) queueMicrotask(() => void this.lookForAsked());
    for (const sha of unknown) this.asking.add(sha);
  }

  /** Those of the given files that are here. */
  async presentOf(sha256: readonly string[]): Promise<ReadonlySet<string>> {
    await this.lookFor(sha256);
    return new Set(sha256.filter((sha) => this.known.value.get(sha) === true));
  }

  /** Files in the vault that no row names yet, such as those of an open form: they can be shown, and are not sent. */
  keepLoose(files: readonly FileRef[]): void {
    this.note(files.map(({ sha256 }) => [sha256, true]));
  }

  /** Removes files of an abandoned form from this machine, save those that a row names. */
  async dropLoose(files: readonly FileRef[]): Promise<void> {
    const purged: string[] = [];
    for (const { sha256 } of files) {
      if (await this.isNamed(sha256)) continue;
      await this.removeBytes(sha256);
      purged.push(sha256);
    }
    await this.look(purged);
  }

  /** After rows name other files, or files have come: looks again, and lets the sync window look. Needs no network. */
  async refresh(): Promise<void> {
    await this.look(await this.removeForgotten());
  }

  private async look(purged: string[]): Promise<void> {
    const absent = [...this.known.value].filter(([, here]) => !here).map(([sha256]) => sha256);
    await this.lookFor(absent);
    this.channel.send({ kind: 'look', purged });
  }

  /**
   * Removes the bytes of removed items at once. That they are gone is settled by the sync window, which may be fetching
   * the same bytes just now.
   */
  private async removeForgotten(): Promise<string[]> {
    const purged: string[] = [];
    for (const sha256 of await this.store.removedFiles()) {
      try {
        this.problems.delete(sha256);
        if (await this.isNamed(sha256)) continue;
        await this.removeBytes(sha256);
        purged.push(sha256);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        this.problems.set(sha256, error.code);
      }
    }
    return purged;
  }

  private async removeBytes(sha256: string): Promise<void> {
    unwrap(await this.desktop.invoke('files:purge', { sha256 }));
    this.note([[sha256, false]]);
  }

  private async lookForAsked(): Promise<void> {
    const asked = [...this.asking];
    this.asking = new Set();
    await this.lookFor(asked);
  }

  private async lookFor(sha256: readonly string[]): Promise<void> {
    for (let at = 0; at < sha256.length; at += askedAtOnce) {
      const part = sha256.slice(at, at + askedAtOnce);
      const { present } = unwrap(await this.desktop.invoke('files:present', { sha256: part }));
      const here = new Set(present);
      this.note(part.map((sha) => [sha, here.has(sha)]));
    }
  }

  /** Files have come, or have gone to make room. */
  private moved(sha256: readonly string[], here: boolean): void {
    this.note(sha256.filter((sha) => this.known.value.has(sha)).map((sha) => [sha, here]));
  }

  private note(found: readonly (readonly [string, boolean])[]): void {
    const changed = found.filter(([sha256, here]) => this.known.value.get(sha256) !== here);
    if (changed.length > 0) this.known.next(new Map([...this.known.value, ...changed]));
  }
}
