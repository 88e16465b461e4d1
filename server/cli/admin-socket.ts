import { createHash } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { AppError, type Result } from '@shared/result/result';
import type { ServerContext } from '../http/context';
import { logFailure } from '../log';
import type { Answer } from './command';
import { runAdmin } from './run-admin';
import { readable } from './system-errors';

const requestBytes = 64 * 1024;

/** Where the server of a data folder takes administrator's commands: a socket only its own user can open. */
export function adminSocketPath(data: string): string {
  const folder = path.resolve(data);
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\cong-van-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  }
  return path.join(folder, 'admin.sock');
}

/** Takes commands for a running server; gives the function that ends it. */
export async function serveAdmin(context: ServerContext, data: string): Promise<() => Promise<void>> {
  const address = adminSocketPath(data);
  if (process.platform !== 'win32') await rm(address, { force: true });
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    answer(context, socket).catch((error: unknown) =>
      socket.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  if (process.platform !== 'win32') await chmod(address, 0o600);
  return () => new Promise((resolve) => server.close(() => resolve()));
}

async function answer(context: ServerContext, socket: net.Socket): Promise<void> {
  let size = 0;
  socket.on('error', () => socket.destroy());
  const chunks: Buffer[] = [];
  // The half that answers must outlive the half that asked.
  const request: AsyncIterable<Buffer> = socket.iterator({ destroyOnReturn: false });
  for await (const chunk of request) {
    size += chunk.length;
    if (size > requestBytes) return void socket.destroy();
    chunks.push(chunk);
  }
  socket.end(JSON.stringify(await resultOf(context, JSON.parse(Buffer.concat(chunks).toString('utf8')))));
}

async function resultOf(context: ServerContext, args: unknown): Promise<Result<Answer>> {
  try {
    if (!Array.isArray(args)) throw new AppError('INVALID_INPUT', 'arguments');
    return { ok: true, value: await runAdmin(context, args.map(String)) };
  } catch (failure) {
    const error = readable(failure);
    if (error instanceof AppError) return { ok: false, error: error.toFailure() };
    logFailure('administration', error);
    return { ok: false, error: { code: 'INTERNAL', detail: 'see the log of the server' } };
  }
}

/** Lets the running server of a data folder do a command. SERVER_UNREACHABLE when there is none that answers. */
export async function askRunningServer(data: string, args: readonly string[]): Promise<Result<Answer>> {
  const socket = net.connect({ path: adminSocketPath(data), allowHalfOpen: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
  } catch (error) {
    throw new AppError('SERVER_UNREACHABLE', error instanceof Error ? error.message : 'admin socket');
  }
  socket.end(JSON.stringify(args));
  return JSON.parse(await text(socket)) as Result<Answer>;
}
