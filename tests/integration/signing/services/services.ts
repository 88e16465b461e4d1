import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { makePki, type TestPki } from '../fixtures';
import { answerFile, answerOcsp, answerTimestamp, type OcspFault, type TsaFault } from './answers';
import { revoke } from './revocations';

/** How a service misbehaves on the wire, whatever it was asked. */
export type WireFault = 'down' | 'error-500' | 'slow' | 'oversized' | 'garbage' | 'redirect-to-file';

/** What goes wrong at each service; change it between two requests. */
export type Faults = {
  tsa: WireFault | TsaFault | null;
  ocsp: WireFault | OcspFault | null;
  /** Revocation lists and issuer certificates. */
  files: WireFault | null;
};

/** Real services of a test PKI on 127.0.0.1: `openssl ts`, `openssl ocsp` and its files behind one HTTP server. */
export type Services = {
  /** `http://127.0.0.1:PORT`; below it `/tsa`, `/ocsp`, `/root.crl`, `/issuing.crl`, `/root.cer`, `/issuing.cer`. */
  readonly url: string;
  readonly tsaUrl: string;
  readonly faults: Faults;
  /** Paths in the order in which they were asked. */
  readonly requests: string[];
  /** Revokes a certificate of the issuing authority by its id, at a time in milliseconds, and renews the list. */
  readonly revoke: (id: string, at: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const isWireFault = (fault: string | null): fault is WireFault =>
  fault !== null && ['down', 'error-500', 'slow', 'oversized', 'garbage', 'redirect-to-file'].includes(fault);

/** Services for a PKI whose certificates name none; enough for timestamps. */
export async function startServices(pki: TestPki): Promise<Services> {
  return (await listen()).serve(pki);
}

/** A PKI made in `dir` whose certificates name its own services. */
export async function startServicedPki(
  dir: string,
): Promise<{ readonly pki: TestPki; readonly services: Services }> {
  const listening = await listen();
  const pki = await makePki(dir, { services: listening.url });
  return { pki, services: listening.serve(pki) };
}

type Listening = { readonly url: string; readonly serve: (pki: TestPki) => Services };

async function listen(): Promise<Listening> {
  const server = createServer();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, serve: (pki) => serve(server, sockets, url, pki) };
}

function serve(server: Server, sockets: ReadonlySet<Socket>, url: string, pki: TestPki): Services {
  const faults: Faults = { tsa: null, ocsp: null, files: null };
  const requests: string[] = [];
  server.on('request', (request, response) => {
    requests.push(request.url ?? '');
    answer(pki, faults, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { url, tsaUrl: `${url}/tsa`, faults, requests, revoke: (id, at) => revoke(pki, id, at), stop };
}

async function answer(
  pki: TestPki,
  faults: Faults,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? '';
  const fault = path === '/tsa' ? faults.tsa : path === '/ocsp' ? faults.ocsp : faults.files;
  if (isWireFault(fault)) return misbehave(fault, response);
  const body = await bodyOf(request);
  const { type, bytes } =
    path === '/tsa'
      ? await answerTimestamp(pki, body, faults.tsa as TsaFault | null)
      : path === '/ocsp'
        ? await answerOcsp(pki, body, faults.ocsp as OcspFault | null)
        : await answerFile(pki, path);
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes);
}

function misbehave(fault: WireFault, response: ServerResponse): void {
  if (fault === 'down') response.destroy();
  if (fault === 'error-500') response.writeHead(500).end('internal error');
  if (fault === 'garbage') response.writeHead(200).end(randomBytes(300));
  if (fault === 'redirect-to-file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
  if (fault === 'slow') response.writeHead(200).write('0');
  if (fault === 'oversized') pour(response);
}

/** Writes without end, as fast as it is read. */
function pour(response: ServerResponse): void {
  const block = Buffer.alloc(1 << 20, 0x30);
  const write = (): void => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', write);
  response.writeHead(200);
  write();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
