import { randomUUID } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isPassingFile } from '@shared/files/folder-names';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import { toFileError } from '../vault/file-errors';
import { type Journal, openJournal } from './journal';
import { moveTaken } from './move-taken';
import {
  changedWhileRead,
  type FileVersion,
  type Intake,
  isSameVersion,
  type TakenFile,
  versionOf,
} from './take-file';

export type WatchedFile = {
  /** Stable over crashes: whoever stores the file under this key never gets it twice. */
  readonly claimId: string;
  readonly file: TakenFile;
};

/** Told once when it begins; the folder or the file is tried again until it is over. */
export type WatchProblem =
  | { readonly scope: 'folder'; readonly code: ErrorCode }
  | { readonly scope: 'file'; readonly name: string; readonly code: ErrorCode };

export type WatchOptions = {
  readonly intake: Pick<Intake, 'takeFile'>;
  /** A file in the profile, one for each watched folder. */
  readonly journalPath: string;
  /** Must resolve only when the file is durably registered; a rejection is a problem and is tried again. */
  readonly onTaken: (taken: WatchedFile) => Promise<void>;
  readonly onProblem: (problem: WatchProblem) => void;
  /** Milliseconds between looks. */
  readonly pollMs?: number;
  /** How long size and time must stand still before a file is taken. */
  readonly settleMs?: number;
  /** How long a file that looks empty or cut off must stand still: a scanner may pause between pages. */
  readonly patienceMs?: number;
  /** How long to wait after a problem. */
  readonly retryMs?: number;
};

export type FolderWatch = {
  /** Ends the watch after what is being done now; a file that is not confirmed by then is reported next time. */
  stop(): Promise<void>;
};

type Tracked = {
  version: FileVersion;
  /** Monotonic milliseconds since which the version has been the same. */
  since: number;
  notBefore: number;
  failingSince?: number;
  reported?: ErrorCode;
};

/**
 * Watches a folder that a scanner or a colleague drops files into. Each file is taken into the vault once it
 * has stopped growing, reported, and moved to the subfolder "Đã nhận" only after the consumer has confirmed.
 * Nothing is locked, renamed or removed before. Throws IO when the journal cannot be opened.
 */
export async function watchFolder(dir: string, options: WatchOptions): Promise<FolderWatch> {
  const journal = await openJournal(options.journalPath).catch((error: unknown) => {
    throw toFileError(error);
  });
  const control = new AbortController();
  const alarm = createAlarm();
  const scan = createScan(dir, options, journal, control.signal);
  const { pollMs = 1000, retryMs = 30_000 } = options;
  let watcher: FSWatcher | undefined;

  async function loop(): Promise<void> {
    while (!control.signal.aborted) {
      const readable = await scan();
      if (!readable) {
        watcher?.close();
        watcher = undefined;
      } else {
        watcher ??= wakeOnChange(
          dir,
          () => alarm.ring(),
          () => {
            watcher = undefined;
          },
        );
      }
      await alarm.wait(readable ? pollMs : retryMs);
    }
    watcher?.close();
  }

  const ended = loop();
  return {
    async stop() {
      control.abort();
      alarm.ring();
      await ended;
    },
  };
}

/** The system's notice only shortens the wait; where it does not work (network shares), polling is enough. */
function wakeOnChange(dir: string, ring: () => void, onEnd: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(dir, { persistent: false }, ring);
    watcher.on('error', () => {
      watcher.close();
      onEnd();
    });
    return watcher;
  } catch {
    return undefined;
  }
}

function createAlarm() {
  let wake: (() => void) | undefined;
  let rung = false;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(ms: number): Promise<void> {
      // A burst of notices (one for each write) must not become a burst of looks.
      await pause(Math.min(ms, 100));
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = undefined;
      rung = false;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Makes the function that looks once through the folder; it gives whether the folder could be read. */
function createScan(dir: string, options: WatchOptions, journal: Journal, signal: AbortSignal) {
  const { settleMs = 2000, patienceMs = 15_000, retryMs = 30_000 } = options;
  const tracked = new Map<string, Tracked>();
  let folderProblem: ErrorCode | undefined;

  async function scan(): Promise<boolean> {
    let names: readonly string[];
    try {
      const entries = await readdir(dir, { withFileTypes: true });
      names = entries
        .filter((entry) => entry.isFile() && !isPassingFile(entry.name))
        .map((entry) => entry.name);
      await journal.retain(new Set(names));
    } catch (error) {
      reportFolder(toFileError(error).code);
      return false;
    }
    folderProblem = undefined;
    for (const name of tracked.keys()) if (!names.includes(name)) tracked.delete(name);
    for (const name of names) {
      if (signal.aborted) break;
      await look(name);
    }
    return true;
  }

  function reportFolder(code: ErrorCode): void {
    if (folderProblem !== code) options.onProblem({ scope: 'folder', code });
    folderProblem = code;
  }

  async function look(name: string): Promise<void> {
    const now = performance.now();
    let state = tracked.get(name);
    try {
      const version = await versionOf(join(dir, name));
      if (state === undefined || !isSameVersion(state.version, version)) {
        tracked.set(name, {
          version,
          since: now,
          notBefore: now + (version.size === 0 ? patienceMs : settleMs),
        });
        return;
      }
      if (now < state.notBefore) return;
      await take(name, state);
    } catch (error) {
      state ??= { version: { size: -1, mtimeMs: -1, ino: -1 }, since: now, notBefore: now };
      tracked.set(name, state);
      handleFailure(name, state, toWatchError(error));
    }
  }

  async function take(name: string, state: Tracked): Promise<void> {
    const file = await options.intake.takeFile(join(dir, name), { signal });
    if (!isSameVersion(await versionOf(join(dir, name)), state.version)) return void tracked.delete(name);
    if (file.problem === 'FILE_BROKEN' && performance.now() < state.since + patienceMs) {
      state.notBefore = state.since + patienceMs;
      return;
    }
    const key = { sha256: file.sha256, name, mtimeMs: state.version.mtimeMs };
    const claim = journal.find(key) ?? (await journal.claim(key, randomUUID()));
    if (!claim.confirmed) {
      await options.onTaken({ claimId: claim.claimId, file });
      await journal.confirm(claim.claimId);
    }
    await moveTaken(dir, name, state.version);
    await journal.finish(claim.claimId);
    tracked.delete(name);
  }

  function handleFailure(name: string, state: Tracked, error: AppError): void {
    // Gone, still growing, or stopped: nothing anybody needs to hear of.
    if (error.code === 'FILE_NOT_FOUND' || error.code === 'CANCELLED' || error.detail === changedWhileRead) {
      tracked.delete(name);
      return;
    }
    const now = performance.now();
    state.failingSince ??= now;
    // A scanner's lock lasts seconds; only what stays unreadable is worth a word.
    const isLock = error.code === 'IO' && now - state.failingSince < retryMs;
    state.notBefore = now + (isLock ? settleMs : retryMs);
    if (isLock || state.reported === error.code) return;
    state.reported = error.code;
    options.onProblem({ scope: 'file', name, code: error.code });
  }

  return scan;
}

/** The consumer may throw anything; its own codes are kept. */
function toWatchError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const known = toFileError(error);
  return known.detail === undefined && known.code === 'IO' ? new AppError('INTERNAL') : known;
}
