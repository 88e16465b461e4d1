import type { ContentStore } from '../files/content-store';
import type { AccessControl } from '../identity/access';
import type { ServerIdentity } from '../storage/migrate';
import type { Database } from '../storage/port';
import type { SyncDatabase } from '../sync/port';
import type { Pokes } from './pokes';

/** How much one client may ask at a time. Sizes in bytes. */
export type Limits = {
  readonly bodyBytes: number;
  readonly uploadBytes: number;
  readonly pushesPerDevice: number;
  readonly pullsPerDevice: number;
  readonly requests: number;
  readonly failedEnrolments: number;
};

export const defaultLimits: Limits = {
  bodyBytes: 1_048_576,
  uploadBytes: 4 * 1024 ** 3,
  pushesPerDevice: 2,
  pullsPerDevice: 4,
  requests: 200,
  failedEnrolments: 20,
};

/** Everything the routes work with. `now` gives milliseconds. */
export type ServerContext = {
  readonly database: Database;
  /** The same database, as push, pull and lease use it. */
  readonly sync: SyncDatabase;
  readonly identity: ServerIdentity;
  readonly store: ContentStore;
  /** Folder of uploads that are still coming in. */
  readonly uploads: string;
  readonly access: AccessControl;
  readonly pokes: Pokes;
  readonly limits: Limits;
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
};
