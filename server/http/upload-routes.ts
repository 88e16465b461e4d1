import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { AppError } from '@shared/result/result';
import { sha256Schema } from '@shared/schema/values';
import { endpoints } from '@shared/sync/protocol';
import { type ServerOptions, Server as TusServer } from '@tus/server';
import type { FastifyInstance } from 'fastify';
import { hashFile } from '../files/content-store';
import { recordUpload } from '../files/file-records';
import { keepUnfinishedMs, removeUnfinished } from '../files/unfinished-uploads';
import { UploadLocks } from '../files/upload-locks';
import { UploadStore } from '../files/upload-store';
import { describeError } from '../log';
import type { Author } from '../sync/author';
import { authorOf } from './callers';
import type { ServerContext } from './context';
import { refusalFor } from './refusals';
import { watchTransfer } from './transfer';

type TusRequest = Parameters<NonNullable<ServerOptions['onIncomingRequest']>>[0];
type TusUpload = Parameters<NonNullable<ServerOptions['onUploadFinish']>>[1];

const sweepMs = 6 * 3_600_000;

/**
 * Resumable upload (tus 1.0). A file counts only after its whole SHA-256 was found to be the one that was announced;
 * the bytes are then on disk and renamed into the content store. Anything else is deleted: HASH_MISMATCH.
 */
export function addUploadRoutes(app: FastifyInstance, context: ServerContext): void {
  const authors = new WeakMap<IncomingMessage, Author>();
  const authorFor = (request: TusRequest): Author => {
    const raw = request.runtime?.node?.req as IncomingMessage | undefined;
    const author = raw === undefined ? undefined : authors.get(raw);
    if (author === undefined) throw new AppError('FORBIDDEN', 'token');
    return author;
  };
  const newName = () => Buffer.from(context.randomBytes(16)).toString('hex');
  const datastore = new UploadStore({ directory: context.uploads });
  const tus = new TusServer({
    path: endpoints.filesUpload,
    datastore,
    locker: new UploadLocks(context.database, newName),
    relativeLocation: true,
    maxSize: context.limits.uploadBytes,
    allowedOrigins: [],
    namingFunction: (request) => `${authorFor(request).device}_${newName()}`,
    onIncomingRequest: async (request, id) => {
      // Knowing the address of another device's upload must not be enough to touch it.
      if (!id.startsWith(`${authorFor(request).device}_`)) throw new AppError('FILE_NOT_FOUND');
    },
    onUploadCreate: async (_request, upload) => {
      if (!sha256Schema.safeParse(upload.metadata?.['sha256']).success)
        throw new AppError('INVALID_INPUT', 'sha256');
      return {};
    },
    onUploadFinish: async (request, upload) => {
      await finishUpload(context, datastore, upload, authorFor(request));
      return {};
    },
    onResponseError: (_request, error) => {
      if (error instanceof Error) {
        const refusal = refusalFor(error);
        if (refusal.status >= 500) app.log.error({ err: describeError(error) }, 'upload');
        return { status_code: refusal.status, body: JSON.stringify(refusal.body) };
      }
      return { status_code: error.status_code, body: JSON.stringify({ code: codeOf(error.status_code) }) };
    },
  });

  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
  for (const url of [endpoints.filesUpload, `${endpoints.filesUpload}/:id`]) {
    app.route({
      method: ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
      url,
      handler: async (request, reply) => {
        const author = await authorOf(request, context);
        authors.set(request.raw, author);
        reply.hijack();
        watchTransfer(context.transfers, author, reply.raw);
        await tus.handle(request.raw, reply.raw);
      },
    });
  }

  const removeOld = (): void => {
    removeUnfinished(context.uploads, context.now() - keepUnfinishedMs).catch((error: unknown) =>
      app.log.error({ err: error }, 'unfinished uploads'),
    );
  };
  removeOld();
  const sweep = setInterval(removeOld, sweepMs);
  app.addHook('preClose', async () => clearInterval(sweep));
}

function codeOf(status: number): string {
  if (status === 404 || status === 410) return 'FILE_NOT_FOUND';
  if (status === 413) return 'FILE_TOO_LARGE';
  return status >= 500 ? 'IO' : 'INVALID_INPUT';
}

async function finishUpload(
  context: ServerContext,
  datastore: UploadStore,
  upload: TusUpload,
  author: Author,
): Promise<void> {
  const source = path.join(context.uploads, upload.id);
  const announced = upload.metadata?.['sha256'];
  const { sha256, size } = await hashFile(source);
  if (sha256 !== announced) {
    await datastore.remove(upload.id);
    throw new AppError('HASH_MISMATCH');
  }
  await context.store.adopt(source, sha256);
  await recordUpload(context.database, context.store, { sha256, size }, author, context.now());
  context.metrics.fileBytes.add(size, 'received');
  await datastore.configstore.delete(upload.id);
  await rm(source, { force: true });
}
