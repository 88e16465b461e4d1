import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { AppError } from '@shared/result/result';
import { endpoints } from '@shared/sync/protocol';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { describeError } from '../log';
import { serverFull } from '../storage/admission';
import { routeOf } from './callers';
import type { Limits, ServerContext } from './context';
import { addDownloadRoutes } from './download-routes';
import { addHealthRoute } from './health-route';
import { addIdentityRoutes } from './identity-routes';
import { refusalFor } from './refusals';
import { cutSlowSenders, isTransfer } from './slow-senders';
import { addStreamRoute } from './stream-route';
import { addSyncRoutes } from './sync-routes';
import { addUnitRoutes } from './unit-routes';
import { addUploadRoutes } from './upload-routes';
import { checkVersions } from './versions';

const compress = promisify(gzip);
const compressFromBytes = 1_024;
/** Headers must be here, and a whole request, uploads of files included, which then go on where they were. */
const headersMs = 10_000;
const requestMs = 10 * 60_000;
const timeoutCheckMs = 2_000;
/** A connection on which nothing moves is cut; event streams have heartbeats. */
const silenceMs = 120_000;

/** The HTTP interface of the server, not listening yet. Logs go to `logTo` as JSON lines without any body. */
export function buildApp(
  context: ServerContext,
  log: { readonly level: string; readonly stream: NodeJS.WritableStream },
): FastifyInstance {
  const app = Fastify({
    bodyLimit: context.limits.bodyBytes,
    requestTimeout: requestMs,
    connectionTimeout: silenceMs,
    http: { headersTimeout: headersMs, connectionsCheckingInterval: timeoutCheckMs },
    exposeHeadRoutes: false,
    // The proxy on this machine says who is calling; nobody else is believed.
    trustProxy: 'loopback',
    logger: {
      level: log.level,
      stream: log.stream,
      // Not the address as it was asked for: it could hold anything.
      serializers: {
        err: describeError,
        req: (request) => ({ method: request.method, route: routeOf(request) }),
      },
    },
  });
  cutSlowSenders(app, context.limits.bodyMs);
  refuseWhenFull(app, context.limits);
  // Whoever is told to update is told so before anything else is read.
  app.addHook('onRequest', async (request) => {
    if (routeOf(request) !== endpoints.health) checkVersions(request.headers);
  });
  app.addHook('onSend', compressReply);
  app.addHook('onResponse', async (request, reply) => {
    const status = String(reply.raw.statusCode);
    context.metrics.requests.add(1, request.method, routeOf(request), status);
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'NOT_FOUND' }));
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalFor(error);
    if (refusal.status >= 500) request.log.error({ err: error }, 'request failed');
    if (refusal.retryAfter !== undefined) void reply.header('retry-after', refusal.retryAfter);
    return reply.code(refusal.status).send(refusal.body);
  });
  addHealthRoute(app, context);
  addIdentityRoutes(app, context);
  addSyncRoutes(app, context);
  addStreamRoute(app, context);
  addUnitRoutes(app, context);
  addDownloadRoutes(app, context);
  addUploadRoutes(app, context);
  return app;
}

/** Refuses while too much is under way, before everybody waits too long. Files have room of their own. */
function refuseWhenFull(app: FastifyInstance, limits: Limits): void {
  const running = { requests: 0, fileTransfers: 0 };
  app.addHook('onRequest', async (request, reply) => {
    const route = routeOf(request);
    if (route === endpoints.health || route === endpoints.stream) return;
    const kind = isTransfer(request) ? 'fileTransfers' : 'requests';
    if (running[kind] >= limits[kind]) throw new AppError('SERVER_BUSY', serverFull);
    running[kind]++;
    reply.raw.once('close', () => running[kind]--);
  });
}

async function compressReply(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const accepted = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (!accepted || typeof payload !== 'string' || payload.length < compressFromBytes) return payload;
  void reply
    .header('content-encoding', 'gzip')
    .header('vary', 'accept-encoding')
    .removeHeader('content-length');
  return compress(payload, { level: constants.Z_BEST_SPEED });
}
