import { createReadStream } from 'node:fs';
import { AppError } from '@shared/result/result';
import { sha256Schema } from '@shared/schema/values';
import { endpoints, filesHaveRequestSchema } from '@shared/sync/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseRange } from '../files/byte-range';
import { filesReadableBy } from '../files/file-records';
import type { Metrics } from '../metrics/metrics';
import { authorOf, parseBody } from './callers';
import type { ServerContext } from './context';
import { watchTransfer } from './transfer';

/** Which files are still wanted, and ranged download of those the caller's unit may read. */
export function addDownloadRoutes(app: FastifyInstance, context: ServerContext): void {
  app.post(endpoints.filesHave, async (request) => {
    const { unit } = await authorOf(request, context);
    const { sha256 } = parseBody(filesHaveRequestSchema, request.body);
    const readable = await filesReadableBy(context.database, sha256, unit);
    return { missing: [...new Set(sha256)].filter((sha) => !readable.has(sha)) };
  });

  app.route<{ Params: { sha: string } }>({
    method: ['GET', 'HEAD'],
    url: `${endpoints.files}/:sha`,
    handler: async (request, reply) => {
      const author = await authorOf(request, context);
      const { unit } = author;
      const sha = sha256Schema.safeParse(request.params.sha);
      if (!sha.success) throw new AppError('FILE_NOT_FOUND');
      const size = (await filesReadableBy(context.database, [sha.data], unit)).has(sha.data)
        ? await context.store.sizeOf(sha.data)
        : null;
      if (size === null) throw new AppError('FILE_NOT_FOUND');
      watchTransfer(context.transfers, author, reply.raw);
      return sendFile(request, reply, context.metrics, {
        sha: sha.data,
        size,
        path: context.store.pathOf(sha.data),
      });
    },
  });
}

type StoredFile = { readonly sha: string; readonly size: number; readonly path: string };

function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics,
  file: StoredFile,
): FastifyReply {
  const etag = `"${file.sha}"`;
  void reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
  });
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  const { 'if-range': condition } = request.headers;
  const fits = condition === undefined || condition === etag;
  const range = chooseRange(fits ? request.headers.range : undefined, file.size);
  if (range.kind === 'unsatisfiable') {
    return reply
      .code(416)
      .header('content-range', `bytes */${file.size}`)
      .header('content-type', 'application/json')
      .send({ code: 'INVALID_INPUT', detail: 'range' });
  }
  const [start, end] = range.kind === 'part' ? [range.start, range.end] : [0, file.size - 1];
  void reply.code(range.kind === 'part' ? 206 : 200).header('content-length', end - start + 1);
  if (range.kind === 'part') void reply.header('content-range', `bytes ${start}-${end}/${file.size}`);
  if (request.method === 'HEAD' || file.size === 0) return reply.send();
  const bytes = createReadStream(file.path, { start, end });
  reply.raw.once('close', () => metrics.fileBytes.add(bytes.bytesRead, 'sent'));
  return reply.send(bytes);
}
