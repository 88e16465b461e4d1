import { existsSync, statSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blobPath, listSets, setsFolder } from '../../../electron/backup/layout';
import { newHalves } from '../../../electron/backup/recovery-halves';
import { findBackup, settleRestore, stageRestore } from '../../../electron/backup/restore-machine';
import { testBackup } from '../../../electron/backup/test-backup';
import { OperationJournal } from '../../../electron/journal/operation-journal';
import { readRescue } from '../../../electron/journal/rescue';
import { writeRestoredKey } from '../../../electron/main/services/keystore';
import { deriveKey } from '../../../electron/vault/key-wrap';
import { openVault } from '../../../electron/vault/vault';
import { sampleOperation } from '../journal/sample-operations';
import { backUp, type Machine, makeKit, makeMachine, openProfileKeys, putFile } from './machine';

let machine: Machine;
beforeEach(async () => {
  machine = await makeMachine();
});
afterEach(async () => {
  await machine.journal.close();
  await rm(machine.folder, { recursive: true, force: true });
});

const signal = new AbortController().signal;
const test = () =>
  testBackup(machine.root, machine.keystore.masterKey(), machine.journalKey, () => {}, signal);
const codeOf = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
    return '';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};
async function damage(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  const { size } = await handle.stat();
  const place = Math.floor(size / 2);
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, place);
  await handle.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, place);
  await handle.close();
}
async function work(operations: number): Promise<void> {
  for (let n = 1; n <= operations; n++) await machine.journal.append(sampleOperation(n));
}

describe('sao lưu', () => {
  it('holds files, journal and keys, and the self-test reads all of it back', async () => {
    await work(5);
    await putFile(machine, 700_000);
    await putFile(machine, 10);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    expect(await listSets(machine.root)).toEqual(['2026-11-21T01-00-00']);
    expect(await test()).toEqual({ createdAt: '2026-11-21T01:00:00+07:00', files: 2, operations: 5 });
  });

  it('nothing on the drive opens without the recovery key: no master key, no word, no name', async () => {
    await work(2);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    const names = await readdir(machine.root, { recursive: true });
    expect(names.some((name) => name.includes('master.key'))).toBe(false);
    const key = Buffer.from(machine.keystore.masterKey());
    for (const name of names) {
      const file = path.join(machine.root, name);
      const bytes = await readFile(file).catch(() => Buffer.alloc(0));
      expect(bytes.includes(key), name).toBe(false);
      expect(bytes.includes(key.toString('base64')), name).toBe(false);
      expect(bytes.includes('quét'), name).toBe(false);
    }
  });

  it('copies a file of the vault once, however many backups are made', async () => {
    const sha256 = await putFile(machine, 1000);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    const copy = blobPath(machine.root, sha256);
    const { mtimeMs } = statSync(copy);
    const second = await putFile(machine, 2000);
    await backUp(machine, '2026-11-22T01:00:00+07:00');
    expect(statSync(copy).mtimeMs).toBe(mtimeMs);
    expect(existsSync(blobPath(machine.root, second))).toBe(true);
  });

  it('a file that was lost here stays in the backup', async () => {
    const sha256 = await putFile(machine, 1000);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    await machine.vault.remove(sha256);
    const manifest = await backUp(machine, '2026-11-22T01:00:00+07:00');
    expect(manifest.blobs.map((blob) => blob.path)).toEqual([sha256]);
    expect(await test()).toMatchObject({ files: 1 });
  });

  it('phát hiện nhầm: what was removed for good leaves the backup, with every set that may tell of it', async () => {
    const sha256 = await putFile(machine, 1000);
    await work(3);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    await machine.vault.remove(sha256);
    await backUp(machine, '2026-11-22T01:00:00+07:00', [sha256]);
    expect(existsSync(blobPath(machine.root, sha256))).toBe(false);
    expect(await listSets(machine.root)).toEqual(['2026-11-22T01-00-00']);
  });

  it('keeps seven sets', async () => {
    for (let day = 10; day < 19; day++) await backUp(machine, `2026-11-${day}T01:00:00+07:00`);
    const sets = await listSets(machine.root);
    expect(sets).toHaveLength(7);
    expect(sets[0]).toBe('2026-11-18T01-00-00');
  });

  it('is written whole or not at all: one that was cancelled leaves the set before it, and nothing half', async () => {
    await putFile(machine, 1000);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    for (let n = 0; n < 3; n++) await putFile(machine, 3_000_000);
    const stop = new AbortController();
    const cancelled = backUp(machine, '2026-11-22T01:00:00+07:00', [], stop.signal, (done) => {
      if (done === 2) stop.abort();
    });
    expect(await codeOf(cancelled)).toBe('CANCELLED');
    expect(await readdir(setsFolder(machine.root))).toEqual(['2026-11-21T01-00-00']);
    expect(await test()).toMatchObject({ files: 1 });
    await backUp(machine, '2026-11-23T01:00:00+07:00');
    expect(await test()).toMatchObject({ files: 4 });
  });

  it('a newest set that cannot be read does not stop the next backup', async () => {
    await putFile(machine, 1000);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    await damage(path.join(setsFolder(machine.root), '2026-11-21T01-00-00', 'manifest'));
    await backUp(machine, '2026-11-22T01:00:00+07:00');
    expect(await test()).toMatchObject({ files: 1 });
  });
});

describe('tự kiểm tra bản sao lưu', () => {
  it('finds one changed bit of a file, of the journal, of the manifest, and a file that is not there', async () => {
    const sha256 = await putFile(machine, 300_000);
    await work(3);
    const set = path.join(setsFolder(machine.root), '2026-11-21T01-00-00');
    const victims = [
      blobPath(machine.root, sha256),
      path.join(set, 'journal', '00000001.journal'),
      path.join(set, 'keys', 'device'),
      path.join(set, 'manifest'),
    ];
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    for (const victim of victims) {
      await damage(victim);
      expect(await codeOf(test()), victim).toBe('BACKUP_DAMAGED');
      await damage(victim);
      expect(await codeOf(test()), victim).toBe('');
    }
    await rm(blobPath(machine.root, sha256));
    expect(await codeOf(test())).toBe('BACKUP_DAMAGED');
  });
});

describe('khôi phục trên máy mới', () => {
  const now = Date.parse('2026-11-25T03:00:00Z');
  async function restore(profile: string, halves = machine.halves, set?: string): Promise<void> {
    const found = await findBackup(machine.usb);
    await stageRestore(
      profile,
      found,
      set ?? found.sets[0] ?? '',
      halves,
      writeRestoredKey,
      () => {},
      signal,
    );
  }

  /** A profile as the first start makes it: a key of its own, an empty vault, a local database. */
  async function freshProfile(): Promise<string> {
    const profile = path.join(machine.folder, 'new machine');
    const keystore = await openProfileKeys(profile);
    await openVault({ dir: path.join(profile, 'vault'), masterKey: keystore.masterKey() });
    await mkdir(path.join(profile, 'IndexedDB'));
    await writeFile(path.join(profile, 'IndexedDB', 'CURRENT'), 'fresh');
    return profile;
  }

  async function expectRestored(profile: string, sha256: string, size: number): Promise<void> {
    const keystore = await openProfileKeys(profile);
    const masterKey = keystore.masterKey();
    expect(masterKey).toEqual(machine.keystore.masterKey());
    const vault = await openVault({ dir: path.join(profile, 'vault'), masterKey });
    expect(await vault.size(sha256)).toBe(size);
    const journal = new OperationJournal(
      path.join(profile, 'journal'),
      deriveKey(masterKey, 'journal key 1'),
    );
    expect((await journal.read(0, 100)).map(({ n }) => n)).toEqual([1, 2, 3, 4]);
    expect(existsSync(path.join(profile, 'IndexedDB'))).toBe(false);
    expect(await readRescue(profile)).toMatchObject({ phase: 'restoring', reason: 'new-machine' });
  }

  it('both halves and the drive give the same keys, files and work; what was there is kept aside', async () => {
    await work(4);
    const sha256 = await putFile(machine, 500_000);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    const profile = await freshProfile();
    await restore(profile);
    await settleRestore(profile, now);
    await expectRestored(profile, sha256, 500_000);
    const aside = path.join(profile, 'trước khôi phục-2026-11-25');
    expect((await readdir(aside)).sort()).toEqual(['IndexedDB', 'keys', 'vault']);
  });

  it('a backup without any file of the vault opens as well', async () => {
    await work(1);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    const profile = await freshProfile();
    await restore(profile);
    await settleRestore(profile, now);
    const keystore = await openProfileKeys(profile);
    await openVault({ dir: path.join(profile, 'vault'), masterKey: keystore.masterKey() });
  });

  it('a cut between any two moves is made good at the next start', async () => {
    await work(4);
    const sha256 = await putFile(machine, 1000);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    for (const moved of [['keys'], ['keys', 'vault'], ['keys', 'vault', 'journal']]) {
      const profile = await freshProfile();
      await restore(profile);
      // As the cut leaves it: these parts have been exchanged, the others not.
      await mkdir(path.join(profile, 'aside'));
      for (const name of moved) {
        if (name !== 'journal') await rename(path.join(profile, name), path.join(profile, 'aside', name));
        await rename(path.join(profile, 'restoring', name), path.join(profile, name));
      }
      await settleRestore(profile, now);
      await expectRestored(profile, sha256, 1000);
      await rm(profile, { recursive: true });
    }
  });

  it('a wrong half, or a damaged backup, changes nothing', async () => {
    await work(1);
    await putFile(machine, 1000);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    const profile = await freshProfile();
    const [clerk] = machine.halves;
    const [, other] = newHalves().halves;
    expect(await codeOf(restore(profile, [clerk, { ...other, kit: clerk.kit }]))).toBe('KIT_MISMATCH');
    await damage(path.join(setsFolder(machine.root), '2026-11-21T01-00-00', 'keys', 'device'));
    expect(await codeOf(restore(profile))).toBe('BACKUP_DAMAGED');
    expect((await readdir(profile)).sort()).toEqual(['IndexedDB', 'keys', 'vault']);
    await settleRestore(profile, now);
    expect(await readRescue(profile)).toMatchObject({ phase: 'none' });
  });

  it('when the newest backup is damaged, the one before it makes the machine', async () => {
    await work(4);
    const sha256 = await putFile(machine, 1000);
    await backUp(machine, '2026-11-20T01:00:00+07:00');
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    await damage(path.join(setsFolder(machine.root), '2026-11-21T01-00-00', 'keys', 'device'));
    const profile = await freshProfile();
    expect(await codeOf(restore(profile))).toBe('BACKUP_DAMAGED');
    await restore(profile, machine.halves, '2026-11-20T01-00-00');
    await settleRestore(profile, now);
    await expectRestored(profile, sha256, 1000);
  });

  it('one damaged file of the vault or line of the journal costs itself, and no machine', async () => {
    await work(4);
    const sound = await putFile(machine, 1000);
    const hit = await putFile(machine, 5000);
    await backUp(machine, '2026-11-21T01:00:00+07:00');
    await damage(blobPath(machine.root, hit));
    await damage(path.join(setsFolder(machine.root), '2026-11-21T01-00-00', 'journal', '00000001.journal'));
    const profile = await freshProfile();
    await restore(profile);
    await settleRestore(profile, now);
    const masterKey = (await openProfileKeys(profile)).masterKey();
    const vault = await openVault({ dir: path.join(profile, 'vault'), masterKey });
    expect([await vault.has(sound), await vault.has(hit)]).toEqual([true, false]);
    const journal = new OperationJournal(
      path.join(profile, 'journal'),
      deriveKey(masterKey, 'journal key 1'),
    );
    expect((await journal.read(0, 100)).length).toBe(3);
  });

  it('a folder without a backup is said to be none', async () => {
    const empty = path.join(machine.folder, 'empty');
    await mkdir(empty);
    expect(await codeOf(findBackup(empty))).toBe('BACKUP_NOT_FOUND');
    expect(await codeOf(findBackup(path.join(machine.folder, 'gone')))).toBe('BACKUP_FOLDER_MISSING');
  });
});

describe('bộ khóa khôi phục', () => {
  it('counts only after both halves were typed in; the old one counts until then', async () => {
    const [old] = machine.halves;
    const fresh = await makeKit(machine.kit, '2026-11-22T08:00:00+07:00');
    expect((await machine.kit.status()).proven?.kit).toBe(old.kit);
    expect(await codeOf(machine.kit.prove(old, fresh[1]))).toBe('KIT_MISMATCH');
    await machine.kit.prove(...fresh);
    expect(await machine.kit.status()).toMatchObject({ proven: { kit: fresh[0].kit }, printed: null });
  });

  it('whose sheets could not be saved is forgotten: nobody is asked to type it in', async () => {
    const made = machine.kit.make('2026-11-22T08:00:00+07:00', () =>
      Promise.reject(new AppError('DISK_FULL')),
    );
    expect(await codeOf(made)).toBe('DISK_FULL');
    const { proven, printed } = await machine.kit.status();
    expect([proven?.kit, printed]).toEqual([machine.halves[0].kit, null]);
  });
});
