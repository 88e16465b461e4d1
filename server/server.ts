import { randomUUID, randomBytes as systemRandom } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openContentStore } from './files/content-store';
import { removeForgottenFiles } from './files/file-records';
import { buildApp } from './http/app';
import { Connections } from './http/connections';
import { defaultLimits, type Limits, type ServerContext } from './http/context';
import { readOutlook } from './http/outlook';
import { Pokes } from './http/pokes';
import { AccessControl } from './identity/access';
import { logFailure } from './log';
import { listenForMetrics } from './metrics/listen';
import { Metrics, timed } from './metrics/metrics';
import { migrate } from './storage/migrate';
import { openPglite } from './storage/pglite';
import type { Database } from './storage/port';
import { openPostgres } from './storage/postgres';
import { sqlSyncDatabase } from './storage/sql-transaction';

/** Where a server keeps everything. */
export type StorageOptions = {
  /** Folder of the files and, without `databaseUrl`, of the embedded database. */
  readonly data: string;
  readonly databaseUrl?: string;
  /** Folder of files and uploads where it is not `data`: processes on one PostgreSQL share it. */
  readonly files?: string;
};

export type ServerOptions = StorageOptions & {
  readonly host?: string;
  /** 0 picks a free port. */
  readonly port?: number;
  readonly logLevel?: string;
  /** Loopback port of `GET /metrics`; 0 picks a free one, without it there are none. */
  readonly metricsPort?: number;
  readonly limits?: Partial<Limits>;
  readonly now?: () => number;
  readonly randomBytes?: (size: number) => Uint8Array;
};

export type RunningServer = {
  readonly url: string;
  /** Where metrics are read, or '' where no port was given for them. */
  readonly metricsUrl: string;
  readonly context: ServerContext;
  /** Ends open streams, lets running requests finish for a while, and closes the database. */
  readonly stop: () => Promise<void>;
};

/** How long running requests may take to finish when the server stops. */
const drainMs = 10_000;

/** Opens the database of a data folder, or the PostgreSQL server that is named. */
export async function openStorage(
  options: StorageOptions & Pick<ServerOptions, 'limits'>,
): Promise<Database> {
  await mkdir(options.data, { recursive: true });
  const { waiting, connections } = { ...defaultLimits, ...options.limits };
  if (options.databaseUrl === undefined) return openPglite(path.join(options.data, 'database'), waiting);
  const onIdleError = (error: Error) => logFailure('database connection', error);
  return openPostgres({ url: options.databaseUrl, connections, waiting, onIdleError });
}

/** Where the files of a server lie, and those that are still coming in. */
export function fileFolders({ data, files = data }: StorageOptions): {
  readonly content: string;
  readonly uploads: string;
} {
  return { content: path.join(files, 'files'), uploads: path.join(files, 'uploads') };
}

/** Makes everything the routes need from an open database. */
export async function makeContext(opened: Database, options: ServerOptions): Promise<ServerContext> {
  const database = timed(opened, (seconds) => metrics.transactionSeconds.observe(seconds));
  const metrics: Metrics = new Metrics({
    database,
    streams: () => streams.size,
    transfers: () => transfers.size,
  });
  const randomBytes = options.randomBytes ?? systemRandom;
  const now = options.now ?? Date.now;
  const identity = await migrate(database, () => ({
    id: randomUUID(),
    epoch: randomUUID(),
    tokenSecret: Buffer.from(randomBytes(32)).toString('base64url'),
  }));
  const { content, uploads } = fileFolders(options);
  await mkdir(uploads, { recursive: true });
  const look = (devices: readonly string[]) => readOutlook(database, devices);
  const watch = () => new Connections(look, (error) => logFailure('open connections', error), now);
  const streams = watch();
  const transfers = watch();
  return {
    database,
    sync: sqlSyncDatabase(database),
    identity,
    data: options.data,
    store: openContentStore(content),
    uploads,
    access: new AccessControl(database, identity.tokenSecret, now),
    pokes: new Pokes(
      randomUUID(),
      (hear) => database.listen(hear),
      (buckets) => streams.poke(buckets),
      (error) => logFailure('notice', error),
    ),
    streams,
    transfers,
    metrics,
    limits: { ...defaultLimits, ...options.limits },
    now,
    randomBytes,
  };
}

/** Starts the server on a context that is ready. */
export async function listen(context: ServerContext, options: ServerOptions): Promise<RunningServer> {
  await removeForgottenFiles(context.database, context.store, context.uploads);
  const app = buildApp(context, { level: options.logLevel ?? 'info', stream: process.stderr });
  const metrics =
    options.metricsPort === undefined ? null : await listenForMetrics(context.metrics, options.metricsPort);
  const stop = async () => {
    await metrics?.stop();
    await closeApp(app, context);
  };
  try {
    const host = options.host ?? '127.0.0.1';
    await app.listen({ host, port: options.port ?? 0 });
    const { port } = app.server.address() as AddressInfo;
    const shownHost = host.includes(':') ? `[${host}]` : host;
    return { url: `http://${shownHost}:${port}`, metricsUrl: metrics?.url ?? '', context, stop };
  } catch (error) {
    await metrics?.stop();
    throw error;
  }
}

async function closeApp(app: FastifyInstance, context: ServerContext): Promise<void> {
  const drain = setTimeout(() => app.server.closeAllConnections(), drainMs);
  await app.close();
  clearTimeout(drain);
  await context.pokes.close();
  await context.database.close();
}

/** Opens the storage of a data folder and starts the server on it. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const database = await openStorage(options);
  try {
    return await listen(await makeContext(database, options), options);
  } catch (error) {
    await database.close();
    throw error;
  }
}
