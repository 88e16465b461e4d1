import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { readNumberRequest } from '@shared/domain/number-slips';
import { AppError } from '@shared/result/result';
import { type LanAnswer, lanPaths, lanRequestSchema, listenerText } from '@shared/sync/lan-numbers';
import { parseJson } from '@shared/text/parse-json';
import { makeListenerCertificate } from './listener-certificate';

export type NumberListenerParts = {
  /** The id of this machine. */
  readonly device: () => string;
  readonly sign: (text: string) => string;
  /** Whether a machine of the unit signed this text. */
  readonly signed: (device: string, text: string, proof: string) => Promise<boolean>;
  /** Gives the number that a genuine request slip asks for. */
  readonly answer: (slip: string) => Promise<LanAnswer>;
  readonly onDefect: (error: unknown) => void;
};

const largestRequest = 8_192;
const timeLimits = { headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 5_000 };
const mostConnections = 16;

/**
 * Listens on the network of the office for the request slips of the unit's other machines. A request that is not signed by
 * one of them gets no further than here.
 */
export class NumberListener {
  private readonly parts: NumberListenerParts;
  private server: Server | null = null;

  constructor(parts: NumberListenerParts) {
    this.parts = parts;
  }

  /** The addresses under which the others reach this machine; none while it does not listen. */
  addresses(): readonly string[] {
    const bound = this.server?.address() as AddressInfo | null | undefined;
    if (bound === null || bound === undefined) return [];
    const found = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const outer = found.filter(({ address, internal }) => !internal && isIPv4(address));
    const hosts = outer.length === 0 ? ['127.0.0.1'] : outer.map(({ address }) => address);
    return hosts.map((host) => `${host}:${bound.port}`);
  }

  /** Begins to listen; on any free port where another program has the wanted one. */
  async open(port: number): Promise<void> {
    if (this.server !== null) return;
    const { privateKey, der, fingerprint } = makeListenerCertificate(this.parts.device());
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const server = createServer({ ...timeLimits, key, cert: pemOf(der), minVersion: 'TLSv1.3' });
    server.maxConnections = mostConnections;
    server.on('request', (request, response) => {
      this.respond(request, response, fingerprint).catch((error: unknown) => {
        this.parts.onDefect(error);
        response.destroy();
      });
    });
    // A caller that speaks no TLS ends with its own connection.
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    await listen(server, port).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      return listen(server, 0);
    });
    this.server = server;
  }

  async close(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    this.server = null;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  private async respond(
    request: IncomingMessage,
    response: ServerResponse,
    fingerprint: string,
  ): Promise<void> {
    if (request.method === 'GET' && request.url === lanPaths.listener) {
      const device = this.parts.device();
      const proof = this.parts.sign(listenerText(device, fingerprint));
      return send(response, 200, { device, proof });
    }
    if (request.method !== 'POST' || request.url !== lanPaths.number) return send(response, 404, {});
    const slip = slipOf(await bodyOf(request));
    if (slip === null || !(await this.isGenuine(slip))) {
      return send(response, 403, { code: 'BOOK_TOKEN_INVALID' });
    }
    return send(response, 200, await this.parts.answer(slip));
  }

  private async isGenuine(slip: string): Promise<boolean> {
    try {
      const { device, text, proof } = readNumberRequest(slip);
      return await this.parts.signed(device, text, proof);
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** The text of a request; '' where it is longer than any slip. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > largestRequest) return '';
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function slipOf(body: string): string | null {
  return lanRequestSchema.safeParse(parseJson(body)).data?.slip ?? null;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
