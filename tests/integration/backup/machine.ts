import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BackupHead, type Manifest, rootFor } from '../../../electron/backup/layout';
import { makeBackup } from '../../../electron/backup/make-backup';
import type { Half } from '../../../electron/backup/recovery-halves';
import { type KitRecord, RecoveryKit } from '../../../electron/backup/recovery-kit';
import { secretFile } from '../../../electron/identity/secret-file';
import { OperationJournal } from '../../../electron/journal/operation-journal';
import { type Keystore, openKeystore } from '../../../electron/main/services/keystore';
import { deriveKey } from '../../../electron/vault/key-wrap';
import { openVault, type Vault } from '../../../electron/vault/vault';

/** Makes a kit whose sheets a person holds: its halves. */
export async function makeKit(kit: RecoveryKit, madeAt: string): Promise<readonly [Half, Half]> {
  const saved: (readonly [Half, Half])[] = [];
  await kit.make(madeAt, async (halves) => void saved.push(halves));
  const [halves] = saved;
  if (halves === undefined) throw new Error('no kit was made');
  return halves;
}

/** A profile with keys, files and a journal, and a folder that stands for a USB drive. */
export type Machine = {
  readonly folder: string;
  readonly profile: string;
  readonly usb: string;
  readonly root: string;
  readonly keystore: Keystore;
  readonly vault: Vault;
  readonly journal: OperationJournal;
  readonly journalKey: Uint8Array;
  readonly kit: RecoveryKit;
  readonly halves: readonly [Half, Half];
};

const noKeyStore = {
  isEncryptionAvailable: () => false,
  encryptString: () => Buffer.alloc(0),
  decryptString: () => '',
};

export const openProfileKeys = (profile: string): Promise<Keystore> =>
  openKeystore({
    dir: path.join(profile, 'keys'),
    system: noKeyStore,
    platform: 'linux',
    hasProtectedData: async () => false,
  });

export async function makeMachine(): Promise<Machine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cong-van-backup-'));
  const profile = path.join(folder, 'profile');
  const usb = path.join(folder, 'usb');
  await mkdir(usb, { recursive: true });
  const keystore = await openProfileKeys(profile);
  const masterKey = keystore.masterKey();
  const journalKey = deriveKey(masterKey, 'journal key 1');
  const keys = path.join(profile, 'keys');
  const kit = new RecoveryKit(secretFile<KitRecord>(keys, 'recovery-kit', keystore), () => masterKey);
  const halves = await makeKit(kit, '2026-11-21T08:00:00+07:00');
  await kit.prove(...halves);
  await secretFile<{ deviceId: string }>(keys, 'device', keystore).write({ deviceId: 'D1' });
  return {
    folder,
    profile,
    usb,
    root: rootFor(usb, 'D1'),
    keystore,
    vault: await openVault({ dir: path.join(profile, 'vault'), masterKey }),
    journal: new OperationJournal(path.join(profile, 'journal'), journalKey),
    journalKey,
    kit,
    halves,
  };
}

/** Puts random content into the vault; gives its SHA-256. */
export async function putFile({ vault }: Machine, size: number): Promise<string> {
  async function* content() {
    yield randomBytes(size);
  }
  return (await vault.put(content())).sha256;
}

export async function headOf({ kit }: Machine): Promise<BackupHead> {
  const proven = (await kit.status()).proven;
  if (proven === null) throw new Error('no kit');
  const { kit: name, wrapped } = proven;
  return { format: 1, device: 'D1', deviceName: 'VANTHU-01', unitName: 'Huyện', kit: name, wrapped };
}

export async function backUp(
  machine: Machine,
  at: string,
  removed: readonly string[] = [],
  signal = new AbortController().signal,
  progress: (done: number, total: number) => void = () => {},
): Promise<Manifest> {
  const { root, profile, vault, journal, keystore } = machine;
  const input = {
    root,
    head: await headOf(machine),
    masterKey: keystore.masterKey(),
    profile,
    vault,
    journal,
    removed: new Set(removed),
    createdAt: at,
  };
  return makeBackup(input, progress, signal);
}
