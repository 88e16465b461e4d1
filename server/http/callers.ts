import { AppError } from '@shared/result/result';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Author } from '../sync/author';
import type { ServerContext } from './context';

/** The route of a request as it is written in the program, '' for none. What was really asked for may hold anything. */
export function routeOf(request: Pick<FastifyRequest, 'routeOptions'>): string {
  return request.routeOptions.url ?? '';
}

/** The device that is calling. FORBIDDEN (`token`) or DEVICE_REVOKED. */
export function authorOf(request: FastifyRequest, context: ServerContext): Promise<Author> {
  return context.access.authenticate(request.headers.authorization);
}

/** A body that fits its schema; INVALID_INPUT with the place of the first fault otherwise. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = parseWithinStack(schema, body);
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID_INPUT', parsed.error.issues[0]?.path.join('.').slice(0, 100) ?? 'body');
}

function parseWithinStack<S extends z.ZodType>(schema: S, body: unknown): z.ZodSafeParseResult<z.infer<S>> {
  try {
    return schema.safeParse(body);
  } catch (error) {
    // A body of brackets alone is deeper than any stack.
    if (error instanceof RangeError) throw new AppError('INVALID_INPUT', 'depth');
    throw error;
  }
}
