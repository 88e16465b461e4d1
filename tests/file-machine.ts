import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { Device, type DeviceRecord } from '../electron/identity/device';
import type { SecretFile } from '../electron/identity/secret-file';
import { FileExchange } from '../electron/network/file-exchange';
import { ServerClient } from '../electron/network/server-client';
import { UploadPlaces } from '../electron/network/upload-places';
import { openVault, type Vault } from '../electron/vault/vault';

/** The parts of a workstation that move files, as the main process puts them together; the folder outlives `open`. */
export type FileMachine = {
  readonly vault: Vault;
  readonly files: FileExchange;
  readonly client: ServerClient;
};

export type FileMachineFolder = {
  /** The program is started: everything is read from the folder again. */
  open(): Promise<FileMachine>;
};

/** Enrols a workstation that keeps its files in `folder`. */
export async function newFileMachine(
  folder: string,
  server: string,
  code: string,
): Promise<FileMachineFolder> {
  let kept: DeviceRecord | null = null;
  const file: SecretFile<DeviceRecord> = {
    read: () => Promise.resolve(kept),
    write: (value) => Promise.resolve(void (kept = value)),
  };
  const masterKey = randomBytes(32);
  const open = async (): Promise<FileMachine> => {
    const vault = await openVault({ dir: path.join(folder, 'vault'), masterKey });
    const client = new ServerClient(await Device.open(file), Date.now);
    const places = new UploadPlaces(path.join(folder, 'uploads'));
    return { vault, client, files: new FileExchange({ client, vault, places }) };
  };
  const device = await Device.open(file);
  const client = new ServerClient(device, Date.now);
  await device.enrol(server, 'Máy thử', (publicKey) =>
    client.enrol(server, { code, name: 'Máy thử', publicKey }),
  );
  return { open };
}

/** Bytes that cannot be made shorter, in pieces, and without holding them all. */
export async function* randomPieces(size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; at += 1_000_000) yield randomBytes(Math.min(1_000_000, size - at));
}

/** SHA-256 of what the vault gives for this name. */
export async function digestIn(vault: Vault, sha256: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of vault.read(sha256)) hash.update(piece);
  return hash.digest('hex');
}
