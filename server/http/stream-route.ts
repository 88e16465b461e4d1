import { AppError } from '@shared/result/result';
import { endpoints } from '@shared/sync/protocol';
import type { FastifyInstance } from 'fastify';
import { serverFull } from '../storage/admission';
import { readableBuckets } from '../sync/readable';
import { authorOf } from './callers';
import type { ServerContext } from './context';
import { EventStream } from './event-stream';

/** The event stream: one poke on connecting, then one after each change. */
export function addStreamRoute(app: FastifyInstance, context: ServerContext): void {
  const { limits, streams, sync } = context;

  app.get(endpoints.stream, async (request, reply) => {
    const author = await authorOf(request, context);
    if (streams.size >= limits.streams) throw new AppError('SERVER_BUSY', serverFull);
    if (streams.countOf(author.device) >= limits.streamsPerDevice)
      throw new AppError('SERVER_BUSY', 'too many streams at a time');
    const readable = await sync.transaction('snapshot', (tx) => readableBuckets(tx, author.unit));
    reply.hijack();
    // Who has left meanwhile says so no more.
    if (reply.raw.destroyed) return;
    reply.raw.once('close', streams.add(new EventStream(author, readable, reply.raw)));
  });

  app.addHook('preClose', async () => streams.close());
}
