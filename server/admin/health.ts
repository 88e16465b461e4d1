import { statfs } from 'node:fs/promises';
import { AppError } from '@shared/result/result';
import type { Database } from '../storage/port';
import { lastMaintenance, type MaintenanceRecord } from './maintenance';

/**
 * How a server is. `busy`: too many wait for the database, or it has not answered within two seconds, as while the
 * embedded one is being backed up. `diskFree` in bytes, of the disk that holds the files.
 */
export type Health = {
  readonly database: 'reachable' | 'busy' | 'unreachable';
  readonly diskFree: number;
  readonly lastBackup: MaintenanceRecord | null;
  readonly lastAudit: MaintenanceRecord | null;
};

const answerMs = 2_000;

/** Looks at database, disk and the last maintenance. One question to the database at a time, however many ask. */
export class HealthCheck {
  readonly #database: Database;
  readonly #data: string;
  readonly #files: string;
  #question: Promise<Health['database']> | undefined;

  /** `data` is where maintenance is recorded, `files` any folder on the disk of the files. */
  constructor(database: Database, data: string, files: string) {
    this.#database = database;
    this.#data = data;
    this.#files = files;
  }

  async read(): Promise<Health> {
    const [database, disk, lastBackup, lastAudit] = await Promise.all([
      this.#askDatabase(),
      statfs(this.#files),
      lastMaintenance(this.#data, 'backup'),
      lastMaintenance(this.#data, 'audit'),
    ]);
    return { database, diskFree: disk.bavail * disk.bsize, lastBackup, lastAudit };
  }

  async #askDatabase(): Promise<Health['database']> {
    this.#question ??= this.#database
      .transaction('snapshot', (session) => session.query('select 1'))
      .then(
        () => 'reachable' as const,
        (error: unknown) => (isFull(error) ? 'busy' : 'unreachable'),
      )
      .finally(() => {
        this.#question = undefined;
      });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'busy'>((resolve) => {
      timer = setTimeout(() => resolve('busy'), answerMs);
    });
    try {
      return await Promise.race([this.#question, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof AppError && error.code === 'SERVER_BUSY';
}

/** What an administrator has to look after, one line each. `now` in milliseconds. */
export function healthFaults(
  health: Health,
  now: number,
  limits: { readonly backupHours: number; readonly auditHours: number; readonly diskFree: number },
): readonly string[] {
  return [
    ...(health.database === 'reachable' ? [] : [`database: ${health.database}`]),
    ...(health.diskFree >= limits.diskFree ? [] : [`disk: ${Math.floor(health.diskFree / 1e6)} MB free`]),
    ...maintenanceFaults('backup', health.lastBackup, now, limits.backupHours),
    ...maintenanceFaults('audit', health.lastAudit, now, limits.auditHours),
  ];
}

function maintenanceFaults(
  what: string,
  last: MaintenanceRecord | null,
  now: number,
  hours: number,
): readonly string[] {
  if (last === null) return [`${what}: never`];
  if (!last.ok) return [`${what}: the last one, of ${last.at}, found faults`];
  return now - Date.parse(last.at) > hours * 3_600_000 ? [`${what}: none since ${last.at}`] : [];
}
