import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { versions } from '../../integration/server/plain-client';
import type { LoadedServer } from './loaded-server';

const settleMs = 5_000;
const atATime = 50;

/**
 * By how many megabytes the server's resident memory grows while `perDevice` event streams of every device stay open
 * and idle. Linux only.
 */
export async function measureIdleStreams(
  { devices, program }: LoadedServer,
  perDevice: number,
): Promise<{ readonly streams: number; readonly megabytes: number }> {
  const warm = await Promise.all(devices.slice(0, 20).map((device) => openIdle(program.url, device.access)));
  for (const socket of warm) socket.destroy();
  await settle();
  const before = await residentBytes(program.pid);
  const tokens = devices.flatMap(({ access }) => Array.from({ length: perDevice }, () => access));
  const sockets: Socket[] = [];
  for (let index = 0; index < tokens.length; index += atATime) {
    const batch = tokens.slice(index, index + atATime);
    sockets.push(...(await Promise.all(batch.map((token) => openIdle(program.url, token)))));
  }
  await settle();
  const after = await residentBytes(program.pid);
  for (const socket of sockets) socket.destroy();
  return { streams: sockets.length, megabytes: (after - before) / 1e6 };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, settleMs));
}

/** A stream on a bare socket, so that this side costs next to nothing; resolves with its first poke. */
function openIdle(url: string, token: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const headers = Object.entries(versions).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.once('error', reject);
    socket.write(
      `GET /v1/sync/stream HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n${headers.join('')}\r\n`,
    );
    let seen = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      if (!seen.startsWith('HTTP/1.1 200')) reject(new Error(seen.slice(0, 100)));
      else if (seen.includes('event: poke')) resolve(socket);
    });
  });
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1024;
}
