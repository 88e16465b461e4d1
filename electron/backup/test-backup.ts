import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { OperationJournal } from '../journal/operation-journal';
import { openVault, type Vault } from '../vault/vault';
import { listSets, type Manifest, readManifest } from './layout';
import type { BackupProgress } from './make-backup';
import { type RestoreInput, restoreBlob, restoredBlob, restoreJournal, restoreKeys } from './restore-set';

export type TestedBackup = {
  readonly createdAt: string;
  readonly files: number;
  readonly operations: number;
};

/**
 * Restores the newest set into a temporary folder and reads everything back: every file of the vault is opened and its
 * content hashed, every operation of the journal is opened. A file of the vault is removed again after it was read, so
 * that the test needs the room of one. Errors: BACKUP_NOT_FOUND, BACKUP_DAMAGED, DISK_FULL, CANCELLED.
 */
export async function testBackup(
  root: string,
  masterKey: Uint8Array,
  journalKey: Uint8Array,
  progress: BackupProgress,
  signal: AbortSignal,
): Promise<TestedBackup> {
  const set = (await listSets(root))[0];
  if (set === undefined) throw new AppError('BACKUP_NOT_FOUND');
  const manifest = await readManifest(root, set, masterKey);
  const target = await mkdtemp(path.join(tmpdir(), 'cong-van-restore-'));
  try {
    const input = { root, set, manifest, target };
    await restoreKeys(input, signal);
    if (!(await restoreJournal(input, signal))) throw new AppError('BACKUP_DAMAGED', 'journal');
    await readJournal(target, journalKey, manifest);
    await readBlobs(input, masterKey, progress, signal);
    return { createdAt: manifest.createdAt, files: manifest.blobs.length, operations: manifest.operations };
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

async function readJournal(target: string, journalKey: Uint8Array, { operations }: Manifest): Promise<void> {
  const journal = new OperationJournal(path.join(target, 'journal'), journalKey);
  const read = await journal.read(0, Number.MAX_SAFE_INTEGER);
  if (read.length !== operations) throw new AppError('BACKUP_DAMAGED', 'journal');
}

async function readBlobs(
  input: RestoreInput,
  masterKey: Uint8Array,
  progress: BackupProgress,
  signal: AbortSignal,
): Promise<void> {
  const vault = await openVault({ dir: path.join(input.target, 'vault'), masterKey });
  const { blobs } = input.manifest;
  for (const [index, blob] of blobs.entries()) {
    const sound =
      (await restoreBlob(input, blob, signal)) && (await contentDigest(vault, blob.path)) === blob.path;
    if (!sound) throw new AppError('BACKUP_DAMAGED', blob.path);
    await rm(restoredBlob(input.target, blob.path));
    progress(index + 1, blobs.length);
  }
}

/** SHA-256 of the content; BACKUP_DAMAGED when it does not open. */
async function contentDigest(vault: Vault, sha256: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of vault.read(sha256)) hash.update(piece);
  } catch (error) {
    if (error instanceof AppError && error.code === 'FILE_DAMAGED_ON_DISK')
      throw new AppError('BACKUP_DAMAGED', sha256);
    throw error;
  }
  return hash.digest('hex');
}
