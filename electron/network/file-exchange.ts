import type { Vault } from '../vault/vault';
import { downloadFile } from './download-file';
import { missingOnServer } from './files-have';
import type { TransferProgress } from './moving';
import { type UploadParts, uploadFile } from './upload-file';

type Parts = UploadParts & { readonly vault: Pick<Vault, 'has' | 'partial' | 'size' | 'read' | 'remove'> };

/** Files between the vault and the server: what is under way can be stopped, and goes on later where it stopped. */
export class FileExchange {
  private readonly parts: Parts;
  private readonly moving = new Map<
    string,
    { readonly stop: AbortController; readonly ended: Promise<void> }
  >();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Which of these the server does not have. */
  missing(sha256: readonly string[]): Promise<ReadonlySet<string>> {
    return missingOnServer(this.parts.client, sha256);
  }

  /** See {@link uploadFile}; nothing moves when the server has it already. */
  async upload(sha256: string, onProgress: TransferProgress): Promise<void> {
    if (!(await this.missing([sha256])).has(sha256)) return this.parts.places.forget(sha256);
    await this.stoppable(sha256, (stopped) => uploadFile(this.parts, sha256, onProgress, stopped));
  }

  /** See {@link downloadFile}. */
  download(sha256: string, onProgress: TransferProgress): Promise<void> {
    return this.stoppable(sha256, (stopped) => downloadFile(this.parts, sha256, onProgress, stopped));
  }

  /** Stops a file that is on its way: its transfer ends with CANCELLED. */
  cancel(sha256: string): void {
    this.moving.get(sha256)?.stop.abort();
  }

  /** Drops what was begun of a file that is to go. */
  async forget(sha256: string): Promise<void> {
    this.cancel(sha256);
    await this.parts.places.forget(sha256);
  }

  /**
   * Removes the bytes of those files that the server says, in this moment, it has; gives these. What it does not have
   * stays: it may be the only copy.
   */
  async freeUp(sha256: readonly string[]): Promise<readonly string[]> {
    const missing = await this.missing(sha256);
    const safe = sha256.filter((sha) => !missing.has(sha));
    for (const sha of safe) await this.parts.vault.remove(sha);
    return safe;
  }

  /** Two who want the same file wait for one transfer. */
  private stoppable(sha256: string, move: (stopped: AbortSignal) => Promise<void>): Promise<void> {
    const known = this.moving.get(sha256);
    if (known !== undefined) return known.ended;
    const stop = new AbortController();
    const ended = move(stop.signal).finally(() => this.moving.delete(sha256));
    this.moving.set(sha256, { stop, ended });
    return ended;
  }
}
