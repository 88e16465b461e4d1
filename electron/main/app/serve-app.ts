import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy } from '../security/content-security-policy';
import { APP_SCHEME, isOwnAddress } from '../security/origin';
import { resolveInside } from '../security/resolve-inside';
import { ownContentType, receivedContentType } from './content-types';

/** Answers a request for a stored file, byte ranges included; the hash is 64 lower-case hex digits. */
export type ServeFile = (request: Request, sha256: string) => Promise<Response>;

const filePath = /^\/files\/([0-9a-f]{64})$/;
const NONCE_PLACE = '__CSP_NONCE__';

/** Must run before `ready`: makes app: a real, secure origin, so that IndexedDB, fetch and media work as on https. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/**
 * Serves the pages under `app://cong-van/` and, at `/files/<sha256>`, the stored files.
 * @param session whose pages are served
 * @param from.rendererRoot folder of the built pages
 * @param from.serveFile the file store; without it every file is unknown
 */
export function serveApp(session: Session, from: { rendererRoot: string; serveFile?: ServeFile }): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return empty(405);
    if (!isOwnAddress(request.url)) return empty(404);
    const { pathname } = new URL(request.url);
    const sha256 = filePath.exec(pathname)?.[1];
    if (sha256 === undefined) return servePage(from.rendererRoot, pathname);
    return from.serveFile === undefined ? empty(404) : harmless(await from.serveFile(request, sha256));
  });
}

async function servePage(root: string, pathname: string): Promise<Response> {
  const file = resolveInside(root, pathname);
  if (file === null) return empty(403);
  const body = await readOrNull(file);
  if (body === null) return empty(404);
  const type = ownContentType(file);
  const headers = { ...commonHeaders, 'content-type': type };
  if (!type.startsWith('text/html')) return new Response(new Uint8Array(body), { headers });
  const nonce = randomBytes(16).toString('base64');
  return new Response(body.toString('utf8').replaceAll(NONCE_PLACE, nonce), {
    headers: {
      ...headers,
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(nonce),
    },
  });
}

const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** A received file shares our origin, so it must never run: no script type, no sniffing, an empty policy of its own. */
function harmless(answer: Response): Response {
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(commonHeaders)) headers.set(name, value);
  headers.set('content-type', receivedContentType(answer.headers.get('content-type')));
  headers.set('content-security-policy', "default-src 'none'; sandbox");
  return new Response(answer.body, { status: answer.status, headers });
}

async function readOrNull(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null;
    throw error;
  }
}

const empty = (status: number): Response => new Response(null, { status });
