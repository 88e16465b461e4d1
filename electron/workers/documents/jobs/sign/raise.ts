import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import { equalBytes, httpTimestampClient } from '@shared/signing';
import { createHttpPort } from '../../../../network/http-port';
import { type RaiseOptions, raiseLevel } from '../../../../signing/raise-level';
import type { EncryptedFileRef, EncryptedTarget } from '../../../../vault/encrypted-file';
import { transform, withSource } from '../../transform';

export type RaiseSignaturesInput = Pick<RaiseOptions, 'level' | 'anchors' | 'known' | 'now'> & {
  readonly file: EncryptedFileRef;
  readonly target: EncryptedTarget;
  /** Room for the pieces between the steps; the caller discards them afterwards. */
  readonly scratches: readonly EncryptedTarget[];
  /** Address of the timestamp authority. */
  readonly tsa: string;
};

const compareBytes = 1024 * 1024;

/**
 * Makes the signatures of a file last: timestamps, and validation data from the addresses that the certificates name.
 * Gives what could not be had. Errors: TSA_*, NO_SIGNATURE, and those of an update.
 */
export async function raiseSignatures(
  input: RaiseSignaturesInput,
): Promise<{ readonly missing: readonly string[] }> {
  const { file, target, tsa, level, anchors, known, now } = input;
  const http = createHttpPort();
  const free = [...input.scratches];
  const timestamp = httpTimestampClient({ crypto: nodeCrypto, http, url: tsa, now: () => Date.now() });
  const { validationData } = await raiseLevel<EncryptedFileRef, EncryptedTarget>(
    {
      input: file,
      output: target,
      read: withSource,
      transform,
      scratch: async () => {
        const next = free.shift();
        if (next === undefined) throw new AppError('INTERNAL', 'scratch');
        return next;
      },
      // The caller discards every piece, used or not.
      remove: async () => undefined,
    },
    { crypto: nodeCrypto, anchors, intermediates: [], http, known, now, level, timestamp },
  );
  await refuseOtherBeginning(file, target);
  return { missing: validationData?.missing ?? [] };
}

/** What was signed and sent must stay as it was: the new file begins with the old one. */
async function refuseOtherBeginning(before: EncryptedFileRef, after: EncryptedFileRef): Promise<void> {
  await withSource(before, (old) =>
    withSource(after, async (raised) => {
      for (let at = 0; at < old.size; at += compareBytes) {
        const length = Math.min(compareBytes, old.size - at);
        if (!equalBytes(await old.read(at, length), await raised.read(at, length)))
          throw new AppError('HASH_MISMATCH', 'raised file');
      }
    }),
  );
}
