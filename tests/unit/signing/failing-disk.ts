import { memorySource } from '../../../electron/signing/file-bytes';
import { AppError } from '../../../shared/result/result';
import type { ByteSource } from '../../../shared/signing/ports';

/**
 * Does something with a file once for each read that it takes, of which that one fails as a disk does. Gives the codes
 * with which it ended, 'done' where it went on as if nothing had been.
 */
export async function endsWhenReadsFail(
  bytes: Uint8Array,
  act: (source: ByteSource) => Promise<unknown>,
): Promise<readonly unknown[]> {
  const whole = memorySource(bytes);
  let reads = 0;
  const failingAt = (nth: number): ByteSource => {
    reads = 0;
    const read = (offset: number, length: number): Promise<Uint8Array> =>
      ++reads === nth ? Promise.reject(new AppError('IO', 'EIO')) : whole.read(offset, length);
    return { size: whole.size, read };
  };
  await act(failingAt(0));
  const ends: unknown[] = [];
  for (const count = reads; ends.length < count; )
    ends.push(
      await act(failingAt(ends.length + 1)).then(
        () => 'done',
        (error: unknown) => (error instanceof AppError ? error.code : error),
      ),
    );
  return ends;
}
