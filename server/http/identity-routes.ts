import { AppError } from '@shared/result/result';
import {
  endpoints,
  enrolRequestSchema,
  pinsResponseSchema,
  replaceKeyRequestSchema,
  tokenRequestSchema,
  unitDevicesResponseSchema,
} from '@shared/sync/protocol';
import { isoInHanoi } from '@shared/text/time';
import type { FastifyInstance } from 'fastify';
import { enrolDevice } from '../identity/enrol';
import { readPins } from '../identity/pins';
import { replaceDeviceKey } from '../identity/replace-key';
import { issueToken } from '../identity/token';
import { readUnitDevices } from '../identity/unit-devices';
import { authorOf, parseBody } from './callers';
import { FailureWindow } from './concurrency';
import type { ServerContext } from './context';

const guessWindowMs = 10 * 60_000;

/** Enrolment, tokens and the PIN verifiers of a unit. */
export function addIdentityRoutes(app: FastifyInstance, context: ServerContext): void {
  const { database, identity, now } = context;
  const guesses = new FailureWindow(context.limits.failedEnrolments, guessWindowMs);

  app.post(endpoints.enrol, async (request) => {
    const body = parseBody(enrolRequestSchema, request.body);
    guesses.check(request.ip, now());
    const newDeviceId = () => `d${Buffer.from(context.randomBytes(8)).toString('hex')}`;
    try {
      return await enrolDevice(database, identity.id, body, now(), newDeviceId);
    } catch (error) {
      if (error instanceof AppError && error.code === 'ENROL_CODE_INVALID') guesses.add(request.ip, now());
      throw error;
    }
  });

  app.post(endpoints.token, async (request) => {
    const body = parseBody(tokenRequestSchema, request.body);
    const token = await issueToken(database, identity.tokenSecret, body, now());
    return { ...token, now: isoInHanoi(now()) };
  });

  app.post(endpoints.deviceKey, async (request) => {
    await replaceDeviceKey(database, parseBody(replaceKeyRequestSchema, request.body), now());
    context.access.forget();
    return {};
  });

  app.get(endpoints.devices, async (request) => {
    const { unit } = await authorOf(request, context);
    return unitDevicesResponseSchema.parse({ devices: await readUnitDevices(database, unit) });
  });

  app.get(endpoints.pins, async (request) => {
    const { unit } = await authorOf(request, context);
    return pinsResponseSchema.parse({ pins: await readPins(database, unit) });
  });
}
