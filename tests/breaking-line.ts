import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that breaks when it is told to, and counts what goes over it. */
export type BreakingLine = {
  readonly url: string;
  /** Bytes that the client has sent, and that it was sent, headers included. */
  readonly up: () => number;
  readonly down: () => number;
  readonly cuts: () => number;
  /** From now on the line is cut each time it has carried so many more bytes, so many times. */
  readonly cutEvery: (bytes: number, times: number) => void;
  /** Leads to another server from the next connection on. */
  readonly leadTo: (url: string) => void;
  readonly stop: () => Promise<void>;
};

/** Opens a line to `target` (http://host:port) on a port of its own. */
export async function openBreakingLine(target: string): Promise<BreakingLine> {
  let to = new URL(target);
  let up = 0;
  let down = 0;
  let cuts = 0;
  let cutAt = Number.POSITIVE_INFINITY;
  let every = 0;
  let left = 0;
  const open = new Set<Socket>();
  const carried = (): void => {
    if (up + down < cutAt) return;
    cuts += 1;
    left -= 1;
    cutAt = left > 0 ? up + down + every : Number.POSITIVE_INFINITY;
    for (const socket of open) socket.destroy();
  };
  const server = createServer((near) => {
    const far = connect({ host: to.hostname, port: Number(to.port) });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (bytes) => {
      up += bytes.length;
      carried();
    });
    far.on('data', (bytes) => {
      down += bytes.length;
      carried();
    });
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    up: () => up,
    down: () => down,
    cuts: () => cuts,
    cutEvery(bytes, times) {
      every = bytes;
      left = times;
      cutAt = up + down + bytes;
    },
    leadTo(url) {
      to = new URL(url);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
