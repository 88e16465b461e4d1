import { kindOfMime, mimeOfKind, opaqueMime } from '@shared/files/kinds';
import { headLength, sniffHead } from '@shared/files/sniff';
import { parseByteRange } from './byte-range';
import { toFileError } from './file-errors';
import type { Vault } from './vault';

export type ServeOptions = {
  /** The media type the register knows; the bytes have the last word. */
  readonly mime?: string;
  /** File name to offer when the user saves it. */
  readonly name?: string;
};

const statusOfCode: Partial<Record<string, number>> = { FILE_NOT_FOUND: 404, INVALID_INPUT: 400 };

/**
 * Answers a request for content of the vault with byte ranges (RFC 9110, 14), so that viewers open large
 * files at once. Only known document, picture and video types keep their type; everything else, HTML and SVG
 * above all, is opaque bytes. Failures come as a status with the code in `x-error-code`.
 */
export async function serveVaultFile(
  vault: Vault,
  request: Request,
  sha256: string,
  options: ServeOptions = {},
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { ...guardHeaders, allow: 'GET, HEAD' } });
  }
  try {
    return await answer(vault, request, sha256, options);
  } catch (error) {
    const { code } = toFileError(error);
    return new Response(null, {
      status: statusOfCode[code] ?? 500,
      headers: { ...guardHeaders, 'x-error-code': code },
    });
  }
}

/** Content never runs, is never guessed to be something else, and is never written to a browser cache. */
const guardHeaders = {
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  'accept-ranges': 'bytes',
};

async function answer(
  vault: Vault,
  request: Request,
  sha256: string,
  options: ServeOptions,
): Promise<Response> {
  const file = await vault.open(sha256);
  const { size } = file;
  let mime: string;
  try {
    mime = servedMime(await file.read(0, headLength), options.mime);
  } finally {
    await file.close();
  }
  const etag = `"${sha256}"`;
  const headers = new Headers({
    ...guardHeaders,
    etag,
    'content-type': mime,
    'content-disposition': disposition(mime, options.name),
  });
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  const condition = request.headers.get('if-range');
  const range = parseByteRange(
    condition === null || condition === etag ? request.headers.get('range') : null,
    size,
  );
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range === 'whole' ? { start: 0, end: size } : range;
  headers.set('content-length', String(end - start));
  if (range !== 'whole') headers.set('content-range', `bytes ${start}-${end - 1}/${size}`);
  const status = range === 'whole' ? 200 : 206;
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  return new Response(await bodyOf(vault.read(sha256, { start, end })), { status, headers });
}

/** Gives a type only for kinds that the bytes confirm; a ZIP may be either office kind, so there the hint decides. */
export function servedMime(head: Uint8Array, hint: string | undefined): string {
  const content = sniffHead(head);
  const hinted = kindOfMime(hint ?? '');
  switch (content) {
    case 'zip':
      return hinted === 'docx' || hinted === 'xlsx' ? mimeOfKind(hinted) : opaqueMime;
    case 'pdf':
    case 'jpeg':
    case 'png':
    case 'tiff':
    case 'mp4':
      return mimeOfKind(content);
    default:
      return opaqueMime;
  }
}

function disposition(mime: string, name: string | undefined): string {
  const way = mime === opaqueMime ? 'attachment' : 'inline';
  if (name === undefined) return way;
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `${way}; filename*=UTF-8''${encoded}`;
}

/** The first piece is read before the answer begins, so that damage there is a status and not a torn stream. */
async function bodyOf(pieces: AsyncGenerator<Buffer, void, undefined>): Promise<ReadableStream<Uint8Array>> {
  let next: IteratorResult<Buffer, void> | undefined = await pieces.next();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = next ?? (await pieces.next());
      next = undefined;
      if (piece.done === true) controller.close();
      else controller.enqueue(piece.value);
    },
    async cancel() {
      await pieces.return();
    },
  });
}
