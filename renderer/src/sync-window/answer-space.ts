import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import type { FileInventory } from '../data/file-inventory';
import { freeSpace, measureSpace, type Space } from '../data/file-space';
import type { FileTransfer } from '../data/file-transfer';
import type { Asked, SyncChannel, Told } from '../data/sync-channel';

export type SpaceParts = Parameters<typeof freeSpace>[0] & {
  readonly inventory: FileInventory;
  readonly transfer: Pick<FileTransfer, 'refresh'>;
};

/** Says how much room could be made, or makes it and says how much it was. */
export async function answerSpace(
  channel: SyncChannel<Told, Asked>,
  parts: SpaceParts,
  { ask, free }: Extract<Asked, { kind: 'space' }>,
): Promise<void> {
  let room: Space = { bytes: 0, files: 0 };
  let problem: ErrorCode | '' = '';
  try {
    await parts.transfer.refresh();
    if (!free) room = await measureSpace(parts);
    else
      for await (const gone of freeSpace(parts)) {
        channel.send({ kind: 'gone', sha256: gone.map(({ sha256 }) => sha256) });
        room = {
          bytes: gone.reduce((sum, { size }) => sum + size, room.bytes),
          files: room.files + gone.length,
        };
      }
    await parts.transfer.refresh();
  } catch (error) {
    problem = error instanceof AppError ? error.code : 'INTERNAL';
  }
  channel.send({ kind: 'space', ask, ...room, problem });
}
