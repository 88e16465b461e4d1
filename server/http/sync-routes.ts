import { AppError } from '@shared/result/result';
import {
  digestRequestSchema,
  endpoints,
  leaseRequestSchema,
  type PullResponse,
  type PushResponse,
  pullRequestSchema,
  pushRequestSchema,
} from '@shared/sync/protocol';
import { isoInHanoi } from '@shared/text/time';
import type { FastifyInstance } from 'fastify';
import { removeForgottenFiles } from '../files/file-records';
import type { Database } from '../storage/port';
import { changeLease } from '../sync/lease';
import { readChanges, readDigest } from '../sync/pull';
import { readLastN, takeInOperations } from '../sync/push';
import { authorOf, parseBody } from './callers';
import { Concurrency } from './concurrency';
import type { ServerContext } from './context';

/** Push, pull, digest and the lease of books. */
export function addSyncRoutes(app: FastifyInstance, context: ServerContext): void {
  const { database, identity, limits } = context;
  const pushes = new Concurrency(limits.pushesPerDevice);
  const pulls = new Concurrency(limits.pullsPerDevice);
  const moment = () => isoInHanoi(context.now());
  const onCommit = (buckets: readonly string[]) => context.pokes.changed(buckets);

  app.post(endpoints.push, async (request): Promise<PushResponse> => {
    const author = await authorOf(request, context);
    const body = parseBody(pushRequestSchema, request.body);
    return pushes.run(author.device, async () => {
      const epoch = await checkEpoch(
        database,
        body.epoch,
        async () => (await readLastN(database, author.device)) === 0,
      );
      const taken = await takeInOperations(database, author, body.ops, moment, onCommit);
      // Before the answer: a client that got none sends the same again, and the removal is tried again with it.
      if (body.ops.some(({ command }) => command === 'intake.purge'))
        await removeForgottenFiles(database, context.store, context.uploads);
      return { results: [...taken.results], lastN: taken.lastN, epoch, now: moment() };
    });
  });

  app.post(endpoints.pull, async (request): Promise<PullResponse> => {
    const author = await authorOf(request, context);
    const body = parseBody(pullRequestSchema, request.body);
    return pulls.run(author.device, async () => {
      const fromStart = () => Promise.resolve(Object.values(body.cursors).every((cursor) => cursor === 0));
      const epoch = await checkEpoch(database, body.epoch, fromStart);
      const changes = await readChanges(database, author, body);
      return { epoch, serverId: identity.id, ...changes, now: moment() };
    });
  });

  app.post(endpoints.digest, async (request) => {
    const author = await authorOf(request, context);
    const { bucket } = parseBody(digestRequestSchema, request.body);
    return pulls.run(author.device, () => readDigest(database, author, bucket));
  });

  app.post(endpoints.lease, async (request) => {
    const author = await authorOf(request, context);
    const body = parseBody(leaseRequestSchema, request.body);
    return changeLease(database, author, body, onCommit);
  });
}

/**
 * Gives the server's epoch, or throws EPOCH_CHANGED with it as detail. A client that knows none yet sends '', which is
 * good only while it has nothing to lose by it.
 */
async function checkEpoch(
  database: Database,
  claimed: string,
  isNew: () => Promise<boolean>,
): Promise<string> {
  const rows = await database.transaction('snapshot', (session) =>
    session.query<{ epoch: string }>('select epoch from server'),
  );
  const epoch = rows[0]?.epoch ?? '';
  if (claimed === epoch || (claimed === '' && (await isNew()))) return epoch;
  throw new AppError('EPOCH_CHANGED', epoch);
}
