import type { Exclusive } from '@shared/sync/client/exclusive';
import type { Journal } from '@shared/sync/client/journal';
import { LocalStore } from '@shared/sync/client/local-store';
import type { Database } from './database';
import { rxLocalDatabase } from './rx-local-database';
import { sha256Text } from './sha256';
import { windowLock } from './window-lock';

export type { QuarantinedRow } from '@shared/sync/client/quarantine';
export type { LocalStore };

/** Opens the store of this device over its databases; every window has one of its own, and `lock` keeps them apart. */
export function openLocalStore(
  database: Database,
  journal: Journal,
  lock: Exclusive = windowLock('cong-van:rows'),
): Promise<LocalStore> {
  return LocalStore.open({ database: rxLocalDatabase(database), journal, lock, sha256: sha256Text });
}
