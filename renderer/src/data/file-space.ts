import type { Desktop } from '@shared/ipc/desktop';
import { unwrap } from '@shared/result/result';
import { freeable, type Holding } from '@shared/sync/files/free-up';
import { type FileInventory, partsOf } from './file-inventory';

type Parts = {
  readonly desktop: Pick<Desktop, 'invoke'>;
  readonly inventory: Pick<FileInventory, 'holdings' | 'forgetPresent' | 'forgetProof' | 'freed'>;
  readonly epoch: () => Promise<string>;
  readonly clock: () => number;
};

/** Room on the disk: how many bytes, of how many files. */
export type Space = { readonly bytes: number; readonly files: number };

/** How much room could be made. */
export async function measureSpace({ inventory, epoch, clock }: Parts): Promise<Space> {
  const { files, bytes } = freeable(await inventory.holdings(), await epoch(), clock());
  return { files: files.length, bytes };
}

/**
 * Makes room: removes the bytes of what may go, once the server has said again that it has them. Gives part by part what has
 * gone. Errors: those of the network; what was given is gone all the same.
 */
export async function* freeSpace({
  desktop,
  inventory,
  epoch,
  clock,
}: Parts): AsyncGenerator<readonly Holding[]> {
  const { files } = freeable(await inventory.holdings(), await epoch(), clock());
  const bySha = new Map(files.map((file) => [file.sha256, file]));
  for (const part of partsOf([...bySha.keys()])) {
    // Noted before they go: a stop in between must not have them all fetched again.
    await inventory.freed.add(part);
    const { freed } = unwrap(await desktop.invoke('files:free', { sha256: part }));
    inventory.forgetPresent(freed);
    const gone = new Set(freed);
    const stayed = part.filter((sha) => !gone.has(sha));
    await inventory.freed.remove(stayed);
    for (const sha of stayed) await inventory.forgetProof(sha);
    yield freed.flatMap((sha) => bySha.get(sha) ?? []);
  }
}
