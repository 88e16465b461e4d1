import { stat } from 'node:fs/promises';
import type { BackupStatus } from '@shared/ipc/backup-contract';
import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import { Serial } from '@shared/sync/serial';
import { isoInHanoi } from '@shared/text/time';
import type { SecretFile } from '../identity/secret-file';
import { isMissing, toFileError } from '../vault/file-errors';
import type { Vault } from '../vault/vault';
import { rootFor } from './layout';
import { makeBackup } from './make-backup';
import type { RecoveryKit } from './recovery-kit';
import { isBackupDue, isBackupOverdue, isTestDue } from './schedule';
import { testBackup } from './test-backup';

/** What is remembered of backups, sealed in the profile. */
export type BackupRecord = {
  readonly folder: string;
  /** When the folder was chosen. */
  readonly since: string;
  readonly lastBackup: string;
  readonly lastProblem: ErrorCode | '';
  readonly lastTest: BackupStatus['lastTest'];
  /** Content that was removed for good and may still be in the backup. */
  readonly removed: readonly string[];
};

export type BackupWhat = 'backup' | 'test';

export type BackupParts = {
  readonly file: SecretFile<BackupRecord>;
  readonly kit: RecoveryKit;
  readonly profile: string;
  readonly vault: Vault;
  readonly journal: { files(): Promise<readonly string[]> };
  readonly masterKey: () => Uint8Array;
  readonly journalKey: Uint8Array;
  /** Null while the workstation is not enrolled. */
  readonly device: () => {
    readonly deviceId: string;
    readonly name: string;
    readonly unitName: string;
  } | null;
  readonly clock: () => number;
};

const off: BackupRecord = {
  folder: '',
  since: '',
  lastBackup: '',
  lastProblem: '',
  lastTest: null,
  removed: [],
};
/** After a failure the next try by itself is this far away. */
const retryMs = 3_600_000;

/** Backups of this profile to the folder that a person chose: one at a time, by hand or by the clock. */
export class BackupService {
  private readonly parts: BackupParts;
  private running: { readonly what: BackupWhat; readonly stop: AbortController } | null = null;
  private readonly turn = new Serial();
  private lastTry = Number.NEGATIVE_INFINITY;
  private tell: (what: BackupWhat, done: number, total: number) => void = () => undefined;

  constructor(parts: BackupParts) {
    this.parts = parts;
  }

  /** Names who is told how far a backup or a test is. */
  onProgress(tell: (what: BackupWhat, done: number, total: number) => void): void {
    this.tell = tell;
  }

  async status(): Promise<BackupStatus> {
    const { folder, since, lastBackup, lastProblem, lastTest } = await this.record();
    const { proven, printed } = await this.parts.kit.status();
    const from = momentOf(lastBackup, since);
    return {
      folder,
      lastBackup,
      lastProblem,
      lastTest,
      overdue: folder !== '' && isBackupOverdue(from, this.parts.clock()),
      running: this.running?.what ?? '',
      provenKit: proven === null ? null : { kit: proven.kit, madeAt: proven.madeAt },
      printedKit: printed === null ? null : { kit: printed.kit, madeAt: printed.madeAt },
    };
  }

  /** KIT_NOT_PROVEN: a backup that nobody could open is worth less than none. */
  async chooseFolder(folder: string): Promise<void> {
    if ((await this.parts.kit.status()).proven === null) throw new AppError('KIT_NOT_PROVEN');
    await this.change(() => ({ folder, since: isoInHanoi(this.parts.clock()), lastProblem: '' }));
  }

  turnOff(): Promise<void> {
    return this.change(() => ({ folder: '' }));
  }

  cancel(): void {
    this.running?.stop.abort();
  }

  /** Remembers that this content was removed for good, so that the next backup removes it as well. */
  async noteRemoved(sha256: string): Promise<void> {
    await this.change(({ lastBackup, removed }) =>
      lastBackup === '' || removed.includes(sha256) ? {} : { removed: [...removed, sha256] },
    );
  }

  /** Makes a backup now. The failure is remembered and thrown. */
  async run(): Promise<void> {
    try {
      await this.alone('backup', (signal) => this.backUp(signal));
    } catch (error) {
      const { code } = toFileError(error);
      if (code !== 'WRONG_STATE') await this.change(() => ({ lastProblem: code }));
      throw error;
    }
  }

  /** Restores the newest backup for trial. What came of it is remembered; a failure is thrown. */
  async test(): Promise<void> {
    const at = isoInHanoi(this.parts.clock());
    try {
      const { files, operations } = await this.alone('test', (signal) => this.tryRestore(signal));
      await this.change(() => ({ lastTest: { at, problem: '', files, operations } }));
    } catch (error) {
      const { code } = toFileError(error);
      if (code !== 'WRONG_STATE' && code !== 'CANCELLED')
        await this.change(() => ({ lastTest: { at, problem: code, files: 0, operations: 0 } }));
      throw error;
    }
  }

  /** Does what is due, given for how long nobody has touched the machine. Failures are for the screen. */
  async tick(idleSeconds: number): Promise<void> {
    const now = this.parts.clock();
    const { folder, since, lastBackup, lastTest } = await this.record();
    if (folder === '' || this.running !== null || now - this.lastTry < retryMs) return;
    if (isBackupDue(momentOf(lastBackup, ''), now, idleSeconds)) {
      this.lastTry = now;
      await this.run();
    } else if (isTestDue(momentOf(lastTest?.at ?? '', since), now, idleSeconds)) {
      this.lastTry = now;
      await this.test();
    }
  }

  private async backUp(signal: AbortSignal): Promise<void> {
    const { profile, vault, journal, clock, kit } = this.parts;
    const { device, root } = await this.place();
    const { proven } = await kit.status();
    if (proven === null) throw new AppError('KIT_NOT_PROVEN');
    const { removed } = await this.record();
    const createdAt = isoInHanoi(clock());
    const head = {
      format: 1 as const,
      device: device.deviceId,
      deviceName: device.name,
      unitName: device.unitName,
      kit: proven.kit,
      wrapped: proven.wrapped,
    };
    const gone: string[] = [];
    for (const sha256 of removed) if (!(await vault.has(sha256))) gone.push(sha256);
    const masterKey = this.parts.masterKey();
    const input = { root, head, masterKey, profile, vault, journal, removed: new Set(gone), createdAt };
    await makeBackup(input, (done, total) => this.tell('backup', done, total), signal);
    await this.change((record) => {
      const left = record.removed.filter((sha256) => !removed.includes(sha256));
      return { lastBackup: createdAt, lastProblem: '', removed: left };
    });
  }

  private async tryRestore(signal: AbortSignal) {
    const { masterKey, journalKey } = this.parts;
    const { root } = await this.place();
    const tell = (done: number, total: number): void => this.tell('test', done, total);
    return testBackup(root, masterKey(), journalKey, tell, signal);
  }

  private async place() {
    const device = this.parts.device();
    if (device === null) throw new AppError('NOT_ENROLLED');
    const { folder } = await this.record();
    if (folder === '') throw new AppError('BACKUP_FOLDER_MISSING', 'off');
    await stat(folder).catch((error: unknown) => {
      throw isMissing(error) ? new AppError('BACKUP_FOLDER_MISSING') : error;
    });
    return { device, root: rootFor(folder, device.deviceId) };
  }

  private async alone<T>(what: BackupWhat, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.running !== null) throw new AppError('WRONG_STATE', this.running.what);
    const stop = new AbortController();
    this.running = { what, stop };
    try {
      return await work(stop.signal);
    } catch (error) {
      throw toFileError(error);
    } finally {
      this.running = null;
    }
  }

  private async record(): Promise<BackupRecord> {
    return { ...off, ...(await this.parts.file.read()) };
  }

  /** One at a time: a file may be removed while a backup ends. */
  private change(part: (record: BackupRecord) => Partial<BackupRecord>): Promise<void> {
    return this.turn.run(async () => {
      const record = await this.record();
      await this.parts.file.write({ ...record, ...part(record) });
    });
  }
}

/** The first of two moments that is known, in milliseconds; long ago when none is. */
function momentOf(iso: string, otherwise: string): number {
  const known = iso === '' ? otherwise : iso;
  return known === '' ? 0 : Date.parse(known);
}
