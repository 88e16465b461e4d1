import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BackupRecord, BackupService } from '../../../electron/backup/backup-service';
import { blobPath, listSets } from '../../../electron/backup/layout';
import { type KitRecord, RecoveryKit } from '../../../electron/backup/recovery-kit';
import { secretFile } from '../../../electron/identity/secret-file';
import { type Machine, makeKit, makeMachine, putFile } from './machine';

const hour = 3_600_000;
const idle = 600;
const busy = 0;
let machine: Machine;
let now = 0;
beforeEach(async () => {
  machine = await makeMachine();
  now = Date.parse('2026-11-21T08:00:00+07:00');
});
afterEach(async () => {
  await machine.journal.close();
  await rm(machine.folder, { recursive: true, force: true });
});

function service(kit = machine.kit): BackupService {
  const { profile, vault, journal, journalKey, keystore } = machine;
  return new BackupService({
    file: secretFile<BackupRecord>(path.join(profile, 'keys'), 'backup', keystore),
    kit,
    profile,
    vault,
    journal,
    masterKey: () => keystore.masterKey(),
    journalKey,
    device: () => ({ deviceId: 'D1', name: 'VANTHU-01', unitName: 'Huyện' }),
    clock: () => now,
  });
}

async function switchedOn(): Promise<BackupService> {
  const backup = service();
  await backup.chooseFolder(machine.usb);
  return backup;
}

const codeOf = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
    return '';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

describe('backups of a machine', () => {
  it('are off until a folder is chosen, and none is taken before a kit was typed in', async () => {
    const { profile, keystore } = machine;
    const file = secretFile<KitRecord>(path.join(profile, 'keys'), 'other-kit', keystore);
    const unproven = new RecoveryKit(file, () => keystore.masterKey());
    await makeKit(unproven, '2026-11-21T08:00:00+07:00');
    expect(await codeOf(service(unproven).chooseFolder(machine.usb))).toBe('KIT_NOT_PROVEN');
    const backup = service();
    await backup.tick(idle);
    expect(await backup.status()).toMatchObject({ folder: '', lastBackup: '', overdue: false });
  });

  it('remember the last one, also after a restart', async () => {
    await (await switchedOn()).run();
    expect(await service().status()).toMatchObject({
      folder: machine.usb,
      lastBackup: '2026-11-21T08:00:00+07:00',
      lastProblem: '',
      running: '',
    });
  });

  it('come by themselves once a day when nobody works, and are made up for when one was missed', async () => {
    const backup = await switchedOn();
    await backup.tick(busy);
    expect(await listSets(machine.root)).toHaveLength(1);
    now += 2 * hour;
    await backup.tick(idle);
    expect(await listSets(machine.root)).toHaveLength(1);
    now += 22 * hour;
    await backup.tick(busy);
    expect(await listSets(machine.root)).toHaveLength(1);
    await backup.tick(idle);
    expect(await listSets(machine.root)).toHaveLength(2);
    now += 40 * hour;
    await backup.tick(busy);
    expect(await listSets(machine.root)).toHaveLength(3);
  });

  it('a drive that is away is said, tried again an hour later, and warned of after three days', async () => {
    const backup = await switchedOn();
    await backup.run();
    const away = `${machine.usb} away`;
    await rename(machine.usb, away);
    now += 25 * hour;
    expect(await codeOf(backup.tick(idle))).toBe('BACKUP_FOLDER_MISSING');
    expect(existsSync(machine.usb)).toBe(false);
    expect(await backup.status()).toMatchObject({ lastProblem: 'BACKUP_FOLDER_MISSING', overdue: false });
    expect(await codeOf(backup.tick(idle))).toBe('');
    now += 48 * hour;
    expect((await backup.status()).overdue).toBe(true);
    await rename(away, machine.usb);
    await backup.tick(idle);
    expect(await backup.status()).toMatchObject({ lastProblem: '', overdue: false });
  });

  it('are tested each month by a restore, and a damaged one is said', async () => {
    const sha256 = await putFile(machine, 1000);
    const backup = await switchedOn();
    await backup.run();
    now += 31 * 24 * hour;
    await backup.tick(idle);
    now += hour;
    await backup.tick(idle);
    expect((await backup.status()).lastTest).toMatchObject({ problem: '', files: 1 });
    await rm(blobPath(machine.root, sha256));
    expect(await codeOf(backup.test())).toBe('BACKUP_DAMAGED');
    expect((await backup.status()).lastTest).toMatchObject({ problem: 'BACKUP_DAMAGED' });
  });

  it('phát hiện nhầm: bytes that were removed here leave the drive with the next backup', async () => {
    const sha256 = await putFile(machine, 1000);
    const backup = await switchedOn();
    await backup.run();
    await backup.noteRemoved(sha256);
    await machine.vault.remove(sha256);
    now += hour;
    await backup.run();
    expect(existsSync(blobPath(machine.root, sha256))).toBe(false);
    expect(await listSets(machine.root)).toHaveLength(1);
  });

  it('run one at a time, and can be cancelled', async () => {
    for (let n = 0; n < 4; n++) await putFile(machine, 3_000_000);
    const backup = await switchedOn();
    backup.onProgress((_what, done) => {
      if (done === 1) backup.cancel();
    });
    const first = codeOf(backup.run());
    expect(await codeOf(backup.run())).toBe('WRONG_STATE');
    expect(await first).toBe('CANCELLED');
    expect(await listSets(machine.root)).toEqual([]);
    expect(await backup.status()).toMatchObject({ lastBackup: '', lastProblem: 'CANCELLED', running: '' });
  });
});
