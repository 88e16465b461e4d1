import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { LineIndex } from '../journal/line-index';
import { makeFolder, replaceFile, syncFolder } from '../vault/durable';
import { isMissing } from '../vault/file-errors';
import type { Vault } from '../vault/vault';
import { copyFile } from './copy-file';
import {
  type BackupHead,
  blobPath,
  type Entry,
  headPath,
  listSets,
  type Manifest,
  manifestPath,
  readManifest,
  sealManifest,
  setName,
  setsFolder,
  unfinished,
} from './layout';

/** What a backup is made of, and where it goes. */
export type BackupInput = {
  readonly root: string;
  readonly head: BackupHead;
  readonly masterKey: Uint8Array;
  readonly profile: string;
  readonly vault: Vault;
  /** Segments of the journal; it may be appended to meanwhile. */
  readonly journal: { files(): Promise<readonly string[]> };
  /** Content that was removed for good since the last backup: it leaves the backup too, with every older set. */
  readonly removed: ReadonlySet<string>;
  readonly createdAt: string;
};

export type BackupProgress = (done: number, total: number) => void;

/** The key itself never leaves the machine except wrapped. */
const keptBack = new Set(['master.key']);
const setsKept = 7;

/**
 * Makes one backup: new files of the vault are added, then the set of today appears whole. Content that an earlier backup
 * holds stays in it, so that files lost here are not lost there. Errors: DISK_FULL, IO, CANCELLED.
 */
export async function makeBackup(
  input: BackupInput,
  progress: BackupProgress,
  signal: AbortSignal,
): Promise<Manifest> {
  const { root, masterKey } = input;
  const part = path.join(setsFolder(root), unfinished);
  await rm(part, { recursive: true, force: true });
  try {
    const blobs = await backUpBlobs(input, await knownBlobs(root, masterKey), progress, signal);
    const manifest = await backUpProfile(input, part, blobs, signal);
    await replaceFile(manifestPath(part), sealManifest(masterKey, manifest));
    await replaceFile(headPath(root), JSON.stringify(input.head, null, 1));
    await rename(part, path.join(setsFolder(root), setName(input.createdAt)));
    await syncFolder(setsFolder(root));
    await dropOldSets(root, input.removed.size > 0 ? 1 : setsKept);
    for (const sha256 of input.removed) await rm(blobPath(root, sha256), { force: true });
    return manifest;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

/** What the newest set that can be read says of the content that is in the backup already. */
async function knownBlobs(root: string, masterKey: Uint8Array): Promise<ReadonlyMap<string, Entry>> {
  for (const set of await listSets(root)) {
    const manifest = await readManifest(root, set, masterKey).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'BACKUP_DAMAGED') return null;
      throw error;
    });
    if (manifest !== null) return new Map(manifest.blobs.map((blob) => [blob.path, blob]));
  }
  return new Map();
}

async function backUpBlobs(
  { root, vault, removed }: BackupInput,
  known: ReadonlyMap<string, Entry>,
  progress: BackupProgress,
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const wanted = new Set(known.keys());
  for await (const sha256 of vault.list()) wanted.add(sha256);
  for (const sha256 of removed) wanted.delete(sha256);
  const entries: Entry[] = [];
  let done = 0;
  for (const sha256 of wanted) {
    const entry = known.get(sha256);
    if (entry !== undefined && (await isThere(root, entry))) entries.push(entry);
    // What is neither here nor there any more cannot be kept; a restored machine fetches it from the server.
    else if (await vault.has(sha256)) entries.push(await add(root, vault, sha256, signal));
    done += 1;
    progress(done, wanted.size);
  }
  return entries;
}

async function isThere(root: string, { path: sha256, size }: Entry): Promise<boolean> {
  try {
    return (await stat(blobPath(root, sha256))).size === size;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function add(root: string, vault: Vault, sha256: string, signal: AbortSignal): Promise<Entry> {
  const target = blobPath(root, sha256);
  const { path: source } = await vault.openFileKey(sha256);
  const copied = await copyFile(source, `${target}.part`, signal);
  await rename(`${target}.part`, target);
  await syncFolder(path.dirname(target));
  return { path: sha256, ...copied };
}

async function backUpProfile(
  { profile, journal, createdAt, head }: BackupInput,
  part: string,
  blobs: readonly Entry[],
  signal: AbortSignal,
): Promise<Manifest> {
  const keys = (await readdir(path.join(profile, 'keys'))).filter((name) => !keptBack.has(name));
  const segments = (await journal.files()).map((file) => path.basename(file));
  const names = [...keys.map((name) => `keys/${name}`), ...segments.map((name) => `journal/${name}`)];
  await makeFolder(part);
  const files: Entry[] = [];
  for (const name of names) {
    try {
      const copied = await copyFile(path.join(profile, name), path.join(part, name), signal);
      files.push({ path: name, ...copied });
    } catch (error) {
      // A segment that was pruned, or a temporary name, since the list was made.
      if (!isMissing(error)) throw error;
    }
  }
  const { operations } = (await LineIndex.of(path.join(part, 'journal'))).summary();
  return { format: 1, createdAt, device: head.device, files, blobs: [...blobs], operations };
}

async function dropOldSets(root: string, kept: number): Promise<void> {
  for (const name of (await listSets(root)).slice(kept))
    await rm(path.join(setsFolder(root), name), { recursive: true, force: true });
}
