import type { LocalStore } from '@shared/sync/client/local-store';
import type { Database } from '../../../renderer/src/data/database';
import type { RawStore } from './raw-store';

/** The product's databases and, beside them, the raw ones that hold the same rows. */
export type Subject = { readonly database: Database; readonly store: LocalStore; readonly raw: RawStore };
