import type { ServerResponse } from 'node:http';
import { endpoints } from '@shared/sync/protocol';
import type { FastifyInstance } from 'fastify';
import { readableBuckets } from '../sync/readable';
import { authorOf } from './callers';
import type { ServerContext } from './context';

const heartbeatMs = 25_000;
/** A client that does not read gets no further pokes; it pulls when it connects again. */
const unreadBytes = 16_384;

/** Server-sent events that say "pull now": one on connecting, then after each change. They name buckets, never rows. */
export function addStreamRoute(app: FastifyInstance, context: ServerContext): void {
  const open = new Set<ServerResponse>();

  app.get(endpoints.stream, async (request, reply) => {
    const { device, unit } = await authorOf(request, context);
    const readable = await context.sync.transaction('snapshot', (tx) => readableBuckets(tx, unit));
    reply.hijack();
    const response = reply.raw;
    open.add(response);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const send = (text: string) => {
      if (response.writableLength < unreadBytes) response.write(text);
    };
    const poke = (buckets: readonly string[]) =>
      send(`event: poke\ndata: ${JSON.stringify({ b: buckets })}\n\n`);
    const beat = async () => {
      if (await context.access.isActive(device)) send(': heartbeat\n\n');
      else response.end();
    };
    const heartbeat = setInterval(() => {
      beat().catch((error: unknown) => {
        request.log.error({ err: error }, 'heartbeat');
        response.end();
      });
    }, heartbeatMs);
    const stop = context.pokes.listen(readable, poke);
    response.once('close', () => {
      clearInterval(heartbeat);
      stop();
      open.delete(response);
    });
    poke(readable);
  });

  app.addHook('preClose', async () => {
    for (const response of open) response.end();
  });
}
