import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../vault/durable';
import { isMissing } from '../vault/file-errors';

/**
 * Where the server keeps the beginnings of files that were not sent to their end, so that they go on there after a
 * restart too. One small file for each, by its SHA-256. Errors: those of the file system.
 */
export class UploadPlaces {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Address of the unfinished upload at this server, or null. Our token must never go to another server's address. */
  async find(sha256: string, server: string): Promise<string | null> {
    const address = await readFile(this.file(sha256), 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '';
      throw error;
    });
    return URL.canParse(address) && new URL(address).origin === new URL(server).origin ? address : null;
  }

  /** Durable when it resolves. */
  async keep(sha256: string, address: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await replaceFile(this.file(sha256), address);
  }

  async forget(sha256: string): Promise<void> {
    await rm(this.file(sha256), { force: true });
  }

  private file(sha256: string): string {
    return path.join(this.folder, sha256);
  }
}
