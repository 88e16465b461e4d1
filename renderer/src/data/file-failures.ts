import type { ErrorCode } from '@shared/result/codes';
import type { FileRef } from '@shared/schema/values';
import { nextTry } from '@shared/sync/files/next-try';

export type FileFailure = {
  readonly file: FileRef;
  readonly code: ErrorCode;
  /** How often in a row. */
  readonly times: number;
  /** When it is tried again, in milliseconds since 1970. */
  readonly nextAt: number;
};

/** Files that could not be moved: each waits for its own time, longer after each failure, and stops no other. */
export class FileFailures {
  private readonly failures = new Map<string, FileFailure>();

  note(file: FileRef, code: ErrorCode, now: number): void {
    const times = (this.failures.get(file.sha256)?.times ?? 0) + 1;
    this.failures.set(file.sha256, { file, code, times, nextAt: nextTry(times, now) });
  }

  /** A line that broke says little of the file: it waits as after a first failure. */
  noteBreak(file: FileRef, code: ErrorCode, now: number): void {
    this.failures.set(file.sha256, { file, code, times: 1, nextAt: nextTry(1, now) });
  }

  settle(sha256: string): void {
    this.failures.delete(sha256);
  }

  /** Drops those of files that nobody wants moved any more. */
  keepOnly(wanted: (sha256: string) => boolean): void {
    for (const sha of this.failures.keys()) if (!wanted(sha)) this.failures.delete(sha);
  }

  waits(sha256: string, now: number): boolean {
    return now < (this.failures.get(sha256)?.nextAt ?? 0);
  }

  list(): readonly FileFailure[] {
    return [...this.failures.values()];
  }
}
