import { schemaVersion } from '@shared/schema/rows';
import { endpoints, protocolVersion } from '@shared/sync/protocol';
import { isoInHanoi } from '@shared/text/time';
import type { FastifyInstance } from 'fastify';
import { HealthCheck } from '../admin/health';
import { programVersion } from '../version';
import type { ServerContext } from './context';

/** How the server is, for whoever asks: a proxy, a monitor, a client of any version. Status 503 without its database. */
export function addHealthRoute(
  app: FastifyInstance,
  { database, data, uploads, identity, now }: ServerContext,
): void {
  const check = new HealthCheck(database, data, uploads);

  app.get(endpoints.health, async (_request, reply) => {
    const health = await check.read();
    const ok = health.database !== 'unreachable';
    return reply.code(ok ? 200 : 503).send({
      ok,
      serverId: identity.id,
      version: programVersion,
      protocol: protocolVersion,
      schema: schemaVersion,
      now: isoInHanoi(now()),
      ...health,
    });
  });
}
