import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Judgement, judgeType } from '@shared/files/judge';
import { type ContentKind, type FileProblem, mimeOfKind } from '@shared/files/kinds';
import { sniffContent } from '@shared/files/sniff';
import { AppError } from '@shared/result/result';
import type { EncryptedFileRef } from '../vault/encrypted-file';
import { toFileError } from '../vault/file-errors';
import type { PutOptions, Vault } from '../vault/vault';
import type { Inspection } from '../workers/documents/inspect/inspection';

/** What the content is; `problem` says what the user must be told, and is absent when all is well. */
export type FileDescription = {
  readonly kind: ContentKind;
  readonly mime: string;
  readonly problem?: FileProblem;
  readonly pages?: number;
  readonly width?: number;
  readonly height?: number;
};

export type TakenFile = FileDescription & {
  readonly sha256: string;
  readonly size: number;
  /** The file's own name in composed Unicode (NFC), without folders. */
  readonly name: string;
  /** The vault had these bytes already. Whether a document has them too, only the register can say. */
  readonly existed: boolean;
};

/** Looks into content in the document worker. */
export type Inspect = (
  input: { readonly file: EncryptedFileRef; readonly kind: ContentKind },
  options: { readonly signal?: AbortSignal },
) => Promise<Inspection>;

export type Intake = {
  /**
   * Takes a file into the vault, unchanged, and says what it is. Broken, encrypted, empty and unknown files
   * are taken too, with their problem. Throws FILE_NOT_FOUND, DISK_FULL, CANCELLED, and IO: unreadable, or
   * (`detail` {@link changedWhileRead}) still being written.
   */
  takeFile(path: string, options?: PutOptions): Promise<TakenFile>;
  /** Says what content of the vault is, e.g. after it came from the server. */
  describe(sha256: string, name: string, signal?: AbortSignal): Promise<FileDescription>;
};

export const changedWhileRead = 'changed while read';

/** `onTaken` is told of every file once it is safe, and holds nothing up. */
export function createIntake(parts: {
  vault: Vault;
  inspect: Inspect;
  onTaken?: (taken: TakenFile) => void;
}): Intake {
  const { vault, inspect, onTaken } = parts;

  async function judge(sha256: string, name: string): Promise<Judgement> {
    const file = await vault.open(sha256);
    try {
      return judgeType(await sniffContent(file), name, file.size);
    } finally {
      await file.close();
    }
  }

  async function describe(sha256: string, name: string, signal?: AbortSignal): Promise<FileDescription> {
    const { kind, problem } = await judge(sha256, name);
    const known = { kind, mime: mimeOfKind(kind), ...(problem === undefined ? {} : { problem }) };
    if (kind === 'other' || (problem !== undefined && problem !== 'FILE_TYPE_MISMATCH')) return known;
    const { path, dataKey } = await vault.openFileKey(sha256);
    const found = await inspect(
      { file: { path, dataKey }, kind },
      signal === undefined ? {} : { signal },
    ).catch(findingOfFailure);
    return { ...known, ...found };
  }

  async function takeFile(path: string, options: PutOptions = {}): Promise<TakenFile> {
    const name = basename(path).normalize('NFC');
    const before = await versionOf(path);
    const stored = await vault.put(path, options);
    const after = await versionOf(path);
    if (!isSameVersion(before, after) || stored.size !== after.size)
      throw new AppError('IO', changedWhileRead);
    const taken = { ...stored, name, ...(await describe(stored.sha256, name, options.signal)) };
    onTaken?.(taken);
    return taken;
  }

  return { takeFile, describe };
}

/** A worker that died or gave up over a file says something about the file; it stays taken and findable. */
function findingOfFailure(error: unknown): Inspection {
  const { code } = toFileError(error);
  if (code === 'TIMEOUT' || code === 'WORKER_CRASHED') return { problem: code };
  if (code === 'INTERNAL') return { problem: 'WORKER_CRASHED' };
  throw error;
}

/** What changes when somebody writes to a file or puts another in its place. */
export type FileVersion = { readonly size: number; readonly mtimeMs: number; readonly ino: number };

export async function versionOf(path: string): Promise<FileVersion> {
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new AppError('IO', 'not a file');
    return { size: info.size, mtimeMs: info.mtimeMs, ino: info.ino };
  } catch (error) {
    throw toFileError(error);
  }
}

export function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}
