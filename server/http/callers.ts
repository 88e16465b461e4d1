import { AppError } from '@shared/result/result';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Author } from '../sync/apply-operation';
import type { ServerContext } from './context';

/** The device that is calling. FORBIDDEN (`token`) or DEVICE_REVOKED. */
export function authorOf(request: FastifyRequest, context: ServerContext): Promise<Author> {
  return context.access.authenticate(request.headers.authorization);
}

/** A body that fits its schema; INVALID_INPUT with the place of the first fault otherwise. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID_INPUT', parsed.error.issues[0]?.path.join('.').slice(0, 100) ?? 'body');
}
