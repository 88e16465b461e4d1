import { AppError } from '@shared/result/result';
import { endpoints } from '@shared/sync/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { routeOf } from './callers';
import { refusalFor } from './refusals';

/** Whether a request moves a file; such a one may take as long as it moves. */
export function isTransfer(request: FastifyRequest): boolean {
  const route = routeOf(request);
  return route.startsWith(`${endpoints.files}/`) && route !== endpoints.filesHave;
}

/** Ends the connection of a request whose JSON body is not here in time, so that it holds no place. */
export function cutSlowSenders(app: FastifyInstance, bodyMs: number): void {
  const waiting = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  app.addHook('onRequest', async (request, reply) => {
    if (isTransfer(request) || request.headers['content-length'] === '0') return;
    const cut = setTimeout(() => {
      const { status, body } = refusalFor(new AppError('TIMEOUT', 'body'));
      reply.hijack();
      reply.raw.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
      reply.raw.end(JSON.stringify(body), () => request.raw.destroy());
    }, bodyMs);
    waiting.set(request, cut);
    reply.raw.once('close', () => clearTimeout(cut));
  });
  app.addHook('preValidation', async (request) => clearTimeout(waiting.get(request)));
}
