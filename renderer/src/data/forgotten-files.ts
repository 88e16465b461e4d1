import type { Desktop } from '@shared/ipc/desktop';
import type { ErrorCode } from '@shared/result/codes';
import { AppError, unwrap } from '@shared/result/result';
import type { FileInventory } from './file-inventory';
import type { LocalStore } from './local-store';

type Parts = {
  readonly desktop: Pick<Desktop, 'invoke'>;
  readonly store: Pick<LocalStore, 'removedFiles' | 'settleRemovedFile'>;
  /** Whether a row names this content, read from the rows themselves. */
  readonly isNamed: (sha256: string) => Promise<boolean>;
  readonly inventory: Pick<FileInventory, 'forgetPresent' | 'forgetProof'>;
};

/** Removes the bytes that items leave behind which were removed themselves. */
export class ForgottenFiles {
  /** Why bytes could not be removed the last time, by their SHA-256. */
  readonly problems = new Map<string, ErrorCode>();
  private readonly parts: Parts;
  /** Removed since the program was opened: one that a download under way still brings goes again. */
  private readonly seen = new Set<string>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Removes what is to go; what cannot be removed now is tried again the next time. */
  async remove(): Promise<void> {
    this.problems.clear();
    for (const sha256 of await this.parts.store.removedFiles()) {
      try {
        this.seen.add(sha256);
        if (!(await this.parts.isNamed(sha256))) await this.removeBytes(sha256);
        await this.parts.store.settleRemovedFile(sha256);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        this.problems.set(sha256, error.code);
      }
    }
  }

  /** Removes a file again that has just moved although its item was removed meanwhile; gives whether it was so. */
  async removeLate(sha256: string): Promise<boolean> {
    if (!this.seen.has(sha256) || (await this.parts.isNamed(sha256))) return false;
    await this.removeBytes(sha256);
    return true;
  }

  private async removeBytes(sha256: string): Promise<void> {
    unwrap(await this.parts.desktop.invoke('files:purge', { sha256 }));
    await this.parts.inventory.forgetProof(sha256);
    this.parts.inventory.forgetPresent([sha256]);
  }
}
