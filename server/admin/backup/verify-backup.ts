import path from 'node:path';
import { AppError } from '@shared/result/result';
import { type BackupFolder, contentFile, readContents, readManifest, tableFile } from './backup-folder';
import type { Manifest } from './manifest';
import { readPart } from './parts';

/** A backup that was read from end to end, and everything that is not as it was written, one line each. */
export type VerifiedBackup = { readonly manifest: Manifest; readonly faults: readonly string[] };

/** Reads every byte of a backup and compares it with the manifest. Errors: those of the manifest itself. */
export async function verifyBackup(folder: BackupFolder, name: string): Promise<VerifiedBackup> {
  const manifest = await readManifest(folder, name);
  const faults: string[] = [];
  const check = async (bytes: AsyncIterable<Buffer>, what: string) => {
    try {
      for await (const chunk of bytes) void chunk;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      faults.push(`${what}: ${error.code === 'FILE_NOT_FOUND' ? 'missing' : 'damaged'}`);
    }
  };
  for (const table of manifest.tables) {
    const file = path.join(folder.path, name, tableFile(table.name));
    await check(readPart(file, table, folder.key), `table ${table.name}`);
  }
  for (const file of await readContents(folder, manifest)) {
    await check(readPart(contentFile(folder, file.sha256), file, folder.key), `file ${file.sha256}`);
  }
  return { manifest, faults };
}
