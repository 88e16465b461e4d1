import { mkdir } from 'node:fs/promises';
import { seedSample, writeEnrolmentFile } from '../sample/seed';
import { listen, makeContext, openStorage, type RunningServer, type ServerOptions } from '../server';
import { serveAdmin } from './admin-socket';
import { lockData } from './data-lock';
import type { CommandLine } from './options';

type ServeOptions = Extract<CommandLine, { kind: 'serve' }>;

/** Starts the server, says where it listens, and ends on SIGTERM or SIGINT after running requests have finished. */
export async function serve(options: ServeOptions): Promise<void> {
  await mkdir(options.data, { recursive: true });
  const unlock = await lockData(options.data);
  try {
    const server = await start(options);
    const closeAdmin = await serveAdmin(server.context, options.data);
    if (server.metricsUrl !== '') process.stdout.write(`METRICS ${server.metricsUrl}\n`);
    process.stdout.write(`LISTENING ${server.url}\n`);
    await stopSignal();
    await closeAdmin();
    await server.stop();
  } finally {
    await unlock();
  }
}

async function start(options: ServeOptions): Promise<RunningServer> {
  const { data, host, port, logLevel, databaseUrl, files, connections, metricsPort } = options;
  const serverOptions: ServerOptions = {
    data,
    host,
    port,
    logLevel,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(files === undefined ? {} : { files }),
    ...(connections === undefined ? {} : { limits: { connections } }),
    ...(metricsPort === undefined ? {} : { metricsPort }),
  };
  const database = await openStorage(serverOptions);
  try {
    const context = await makeContext(database, serverOptions);
    if (options.sample) await seedSample(context);
    const server = await listen(context, serverOptions);
    if (options.sample) await writeEnrolmentFile(context, data, server.url);
    return server;
  } catch (error) {
    await database.close();
    throw error;
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}
