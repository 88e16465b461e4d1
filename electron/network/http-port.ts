import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { AppError } from '@shared/result/result';
import type { HttpAnswer, HttpPort, HttpRequest } from '@shared/signing/index';

const defaultTimeLimit = 15_000;
const defaultTotalTime = 60_000;
const maxRedirects = 3;

function unreachable(reason: string): AppError {
  return new AppError('SERVICE_UNREACHABLE', reason);
}

/**
 * HTTP by Node itself for timestamps, OCSP, revocation lists and issuer certificates. One exchange with its redirects takes
 * `timeLimit` milliseconds at most; an answer is cut off where it passes the size it may have. Redirects stay on
 * HTTP and HTTPS, and never lead from HTTPS back to HTTP. Throws SERVICE_UNREACHABLE.
 */
export function createHttpPort(timeLimit = defaultTimeLimit): HttpPort {
  return {
    exchange: async (request) => {
      const signal = AbortSignal.timeout(timeLimit);
      let url = readUrl(request.url);
      for (let redirects = 0; ; redirects++) {
        const answer = await exchangeOnce(url, request, signal);
        if ('status' in answer) return answer;
        if (redirects === maxRedirects) throw unreachable('too many redirects');
        const next = readUrl(answer.location, url);
        if (url.protocol === 'https:' && next.protocol !== 'https:') throw unreachable('redirect to HTTP');
        url = next;
      }
    },
  };
}

/**
 * The same port for one search of many exchanges: once these have taken `milliseconds` together, the rest is refused with
 * SERVICE_UNREACHABLE, so that services that answer slowly cannot keep a person waiting.
 */
export function withinTotalTime(http: HttpPort, milliseconds = defaultTotalTime): HttpPort {
  let spent = 0;
  return {
    exchange: async (request) => {
      if (spent >= milliseconds) throw unreachable('total time');
      const start = performance.now();
      try {
        return await http.exchange(request);
      } finally {
        spent += performance.now() - start;
      }
    },
  };
}

function readUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw unreachable('not an HTTP address');
  return url;
}

type Redirect = { readonly location: string };

function exchangeOnce(
  url: URL,
  { body, limit }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer | Redirect> {
  return new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': body.type, 'content-length': body.bytes.length } : {};
    const options = { method: body ? 'POST' : 'GET', headers, signal };
    const fail = (error: Error): void =>
      reject(error instanceof AppError ? error : unreachable(signal.aborted ? 'timeout' : reasonOf(error)));
    const request: ClientRequest = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      options,
      (response) => {
        const { statusCode: status = 0, headers: received } = response;
        if (status >= 300 && status < 400 && received.location !== undefined) {
          response.destroy();
          resolve({ location: received.location });
          return;
        }
        readBody(response, limit).then(
          (bytes) => resolve({ status, type: received['content-type'] ?? '', body: bytes }),
          (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
        );
      },
    );
    request.on('error', fail);
    request.end(body?.bytes);
  });
}

function reasonOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.name;
}

async function readBody(response: IncomingMessage, limit: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response) {
    const block = part as Buffer;
    size += block.length;
    if (size > limit) throw unreachable('answer too large');
    parts.push(block);
  }
  return new Uint8Array(Buffer.concat(parts));
}
