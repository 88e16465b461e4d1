import { AppError } from '@shared/result/result';
import type { Unit } from '@shared/schema/people';
import { endpoints, type UnitsSeenResponse } from '@shared/sync/protocol';
import { isoInHanoi } from '@shared/text/time';
import type { FastifyInstance } from 'fastify';
import { unitActivity } from '../admin/unit-activity';
import { authorOf } from './callers';
import type { ServerContext } from './context';

/** Which units have not been in touch for long: for the devices of a unit of the province's level only. */
export function addUnitRoutes(app: FastifyInstance, context: ServerContext): void {
  app.get(endpoints.unitsSeen, async (request): Promise<UnitsSeenResponse> => {
    const { unit } = await authorOf(request, context);
    if ((await levelOf(context, unit)) !== 'province') throw new AppError('FORBIDDEN', 'level');
    const units = (await unitActivity(context.database)).map(({ lastSeen, ...known }) => ({
      ...known,
      lastSeen: lastSeen === null ? '' : isoInHanoi(lastSeen),
    }));
    return { units, now: isoInHanoi(context.now()) };
  });
}

function levelOf({ sync }: ServerContext, unit: string): Promise<Unit['level'] | undefined> {
  return sync.transaction('snapshot', async (tx) => {
    await tx.actForServer();
    return (await tx.readRow('units', unit))?.level;
  });
}
