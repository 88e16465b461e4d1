import { randomUUID, randomBytes as systemRandom } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openContentStore } from './files/content-store';
import { removeForgottenFiles } from './files/file-records';
import { buildApp } from './http/app';
import { defaultLimits, type Limits, type ServerContext } from './http/context';
import { Pokes } from './http/pokes';
import { AccessControl } from './identity/access';
import { migrate } from './storage/migrate';
import { openPglite } from './storage/pglite';
import type { Database } from './storage/port';
import { openPostgres } from './storage/postgres';
import { sqlSyncDatabase } from './storage/sql-transaction';

export type ServerOptions = {
  /** Folder of the files and, without `databaseUrl`, of the embedded database. */
  readonly data: string;
  readonly databaseUrl?: string;
  readonly host?: string;
  /** 0 picks a free port. */
  readonly port?: number;
  readonly logLevel?: string;
  readonly limits?: Partial<Limits>;
  readonly now?: () => number;
  readonly randomBytes?: (size: number) => Uint8Array;
};

export type RunningServer = {
  readonly url: string;
  readonly context: ServerContext;
  /** Ends open streams, lets running requests finish for a while, and closes the database. */
  readonly stop: () => Promise<void>;
};

/** How long running requests may take to finish when the server stops. */
const drainMs = 10_000;

/** Opens the database and the file store of a data folder. */
export async function openStorage(options: Pick<ServerOptions, 'data' | 'databaseUrl'>): Promise<Database> {
  await mkdir(options.data, { recursive: true });
  return options.databaseUrl === undefined
    ? openPglite(path.join(options.data, 'database'))
    : openPostgres(options.databaseUrl, (error) =>
        process.stderr.write(`database connection: ${error.message}\n`),
      );
}

/** Makes everything the routes need from an open database. */
export async function makeContext(database: Database, options: ServerOptions): Promise<ServerContext> {
  const randomBytes = options.randomBytes ?? systemRandom;
  const now = options.now ?? Date.now;
  const identity = await migrate(database, () => ({
    id: randomUUID(),
    epoch: randomUUID(),
    tokenSecret: Buffer.from(randomBytes(32)).toString('base64url'),
  }));
  const uploads = path.join(options.data, 'uploads');
  await mkdir(uploads, { recursive: true });
  return {
    database,
    sync: sqlSyncDatabase(database),
    identity,
    store: openContentStore(path.join(options.data, 'files')),
    uploads,
    access: new AccessControl(database, identity.tokenSecret, now),
    pokes: new Pokes(database, (error) => process.stderr.write(`heads: ${String(error)}\n`)),
    limits: { ...defaultLimits, ...options.limits },
    now,
    randomBytes,
  };
}

/** Starts the server on a context that is ready. */
export async function listen(context: ServerContext, options: ServerOptions): Promise<RunningServer> {
  await removeForgottenFiles(context.database, context.store, context.uploads);
  const app = buildApp(context, { level: options.logLevel ?? 'info', stream: process.stderr });
  const host = options.host ?? '127.0.0.1';
  await app.listen({ host, port: options.port ?? 0 });
  const { port } = app.server.address() as AddressInfo;
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${shownHost}:${port}`, context, stop: () => stop(app, context) };
}

async function stop(app: FastifyInstance, context: ServerContext): Promise<void> {
  const drain = setTimeout(() => app.server.closeAllConnections(), drainMs);
  await app.close();
  clearTimeout(drain);
  context.pokes.close();
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
