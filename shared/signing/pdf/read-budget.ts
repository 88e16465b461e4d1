import { AppError } from '../../result/result';

/** What the reading of one file may cost in all: about two seconds of work and 200 MB of objects. */
const limits = { bytes: 256 * 1024 * 1024, values: 4_000_000 } as const;

/**
 * Counts what the reading of one file has cost so far, over all of its revisions. Each single part is bounded where it
 * is read; this bounds their number, for a hostile file repeats what is still allowed once. It counts work and not time,
 * so that the same file has the same outcome on every machine.
 */
export class ReadBudget {
  private bytes = 0;
  private values = 0;

  /** Bytes that were parsed, decoded or compared. Throws PDF_TOO_COMPLEX. */
  spendBytes(count: number): void {
    this.bytes += count;
    if (this.bytes > limits.bytes) throw new AppError('PDF_TOO_COMPLEX', 'bytes to read');
  }

  /** Objects that were made or visited. Throws PDF_TOO_COMPLEX. */
  spendValues(count: number): void {
    this.values += count;
    if (this.values > limits.values) throw new AppError('PDF_TOO_COMPLEX', 'objects to read');
  }
}
