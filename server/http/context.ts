import type { ContentStore } from '../files/content-store';
import type { AccessControl } from '../identity/access';
import type { Metrics } from '../metrics/metrics';
import type { ServerIdentity } from '../storage/migrate';
import type { Database } from '../storage/port';
import type { SyncDatabase } from '../sync/port';
import type { Connections } from './connections';
import type { Pokes } from './pokes';

/** How much one client may ask at a time. Sizes in bytes. */
export type Limits = {
  readonly bodyBytes: number;
  /** Milliseconds within which a JSON body must be here. */
  readonly bodyMs: number;
  readonly uploadBytes: number;
  readonly pushesPerDevice: number;
  readonly pullsPerDevice: number;
  /** Requests under way in all, transfers of files and streams not counted. */
  readonly requests: number;
  readonly fileTransfers: number;
  readonly streams: number;
  readonly streamsPerDevice: number;
  /** Transactions that may wait for the database. */
  readonly waiting: number;
  /** Connections to PostgreSQL. */
  readonly connections: number;
  readonly failedEnrolments: number;
};

export const defaultLimits: Limits = {
  bodyBytes: 1_048_576,
  bodyMs: 30_000,
  uploadBytes: 4 * 1024 ** 3,
  pushesPerDevice: 2,
  pullsPerDevice: 4,
  requests: 200,
  fileTransfers: 100,
  streams: 5_000,
  streamsPerDevice: 4,
  waiting: 100,
  connections: 12,
  failedEnrolments: 20,
};

/** Everything the routes work with. `now` gives milliseconds. */
export type ServerContext = {
  readonly database: Database;
  /** The same database, as push, pull and lease use it. */
  readonly sync: SyncDatabase;
  readonly identity: ServerIdentity;
  /** Folder of everything that lies on this machine. */
  readonly data: string;
  readonly store: ContentStore;
  /** Folder of uploads that are still coming in. */
  readonly uploads: string;
  readonly access: AccessControl;
  readonly pokes: Pokes;
  readonly streams: Connections;
  readonly transfers: Connections;
  readonly metrics: Metrics;
  readonly limits: Limits;
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
};
