import {
  breakGlassRequestSchema,
  digestRequestSchema,
  endpoints,
  leaseRequestSchema,
  type PushResponse,
  pullRequestSchema,
  pushRequestSchema,
} from '@shared/sync/protocol';
import { isoInHanoi } from '@shared/text/time';
import type { FastifyInstance } from 'fastify';
import { removeForgottenFiles } from '../files/file-records';
import { breakGlass } from '../sync/break-glass';
import { readDigest } from '../sync/digest';
import { changeLease } from '../sync/lease';
import { pullAnswer, readChanges } from '../sync/pull';
import { takeInOperations } from '../sync/push';
import { authorOf, parseBody } from './callers';
import { Concurrency } from './concurrency';
import type { ServerContext } from './context';

/** Push, pull, digest and the lease of books. */
export function addSyncRoutes(app: FastifyInstance, context: ServerContext): void {
  const { database, identity, limits, metrics, sync } = context;
  const pushes = new Concurrency(limits.pushesPerDevice);
  const pulls = new Concurrency(limits.pullsPerDevice);
  const moment = () => isoInHanoi(context.now());
  const onCommit = (buckets: readonly string[]) => context.pokes.changed(buckets);

  app.post(endpoints.push, async (request): Promise<PushResponse> => {
    const author = await authorOf(request, context);
    const body = parseBody(pushRequestSchema, request.body);
    return pushes.run(author.device, async () => {
      const taken = await takeInOperations(sync, author, body, moment, onCommit);
      for (const { status } of taken.results) metrics.operations.add(1, status);
      // Before the answer: a client that got none sends the same again, and the removal is tried again with it.
      if (body.ops.some(({ command }) => command === 'intake.purge'))
        await removeForgottenFiles(database, context.store, context.uploads);
      return { ...taken, now: moment() };
    });
  });

  app.post(endpoints.pull, async (request, reply) => {
    const author = await authorOf(request, context);
    const body = parseBody(pullRequestSchema, request.body);
    const changes = await pulls.run(author.device, () => readChanges(sync, author, body));
    for (const { rows } of changes.pages) metrics.rowsPulled.add(rows.length);
    return reply.type('application/json; charset=utf-8').send(pullAnswer(changes, identity.id, moment()));
  });

  app.post(endpoints.digest, async (request) => {
    const author = await authorOf(request, context);
    const { bucket } = parseBody(digestRequestSchema, request.body);
    return pulls.run(author.device, () => readDigest(sync, author, bucket));
  });

  app.post(endpoints.lease, async (request) => {
    const author = await authorOf(request, context);
    const body = parseBody(leaseRequestSchema, request.body);
    return changeLease(sync, author, body, onCommit);
  });

  app.post(endpoints.breakGlass, async (request) => {
    const author = await authorOf(request, context);
    const body = parseBody(breakGlassRequestSchema, request.body);
    return breakGlass(sync, author, body, moment(), onCommit);
  });
}
