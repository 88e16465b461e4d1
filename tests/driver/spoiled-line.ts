import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** `lose`: the server does what was asked, and its answer never arrives. `fail`: it is not asked, the answer is 500. */
export type Spoiling = 'lose' | 'fail';

/** The way from one machine to the server, by which single answers can be spoiled. */
export class SpoiledLine {
  readonly url: string;
  /** What has been spoiled so far, by the path that was asked. */
  readonly spoiled: string[] = [];
  private readonly listener: Server;
  private next: { readonly path: string; readonly how: Spoiling } | null = null;
  private refusedWords = '';

  private constructor(listener: Server) {
    this.listener = listener;
    this.url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  }

  /** A line to the server at the address that `server` gives whenever something is asked. */
  static async open(server: () => string): Promise<SpoiledLine> {
    const listener = createServer((asked, answer) => line.pass(asked, answer, server()));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const line = new SpoiledLine(listener);
    return line;
  }

  /** Spoils the next answer to a request whose path begins so. */
  spoilNext(path: string, how: Spoiling): void {
    this.next = { path, how };
  }

  /** Refuses whatever holds these words, as a filter before the server may do; with '' nothing more. */
  refuseWords(words: string): void {
    this.refusedWords = words;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.listener.close(() => resolve()));
    this.listener.closeAllConnections();
    await closed;
  }

  private pass(asked: IncomingMessage, answer: ServerResponse, server: string): void {
    const how = this.spoilingOf(asked.url ?? '');
    if (how === 'fail') {
      asked.resume();
      refuse(answer, 500, '{"code":"INTERNAL"}');
      return;
    }
    if (this.refusedWords === '') asked.pipe(sendOn(asked, answer, server, how));
    else void this.passRead(asked, answer, server);
  }

  /** The filter reads the whole of what is sent before it lets it go on. */
  private async passRead(asked: IncomingMessage, answer: ServerResponse, server: string): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (body.includes(this.refusedWords)) refuse(answer, 406, '');
    else sendOn(asked, answer, server, null).end(body);
  }

  private spoilingOf(path: string): Spoiling | null {
    if (this.next === null || !path.startsWith(this.next.path)) return null;
    const { how } = this.next;
    this.next = null;
    this.spoiled.push(path);
    return how;
  }
}

function refuse(answer: ServerResponse, status: number, body: string): void {
  answer.writeHead(status, { 'content-type': 'application/json' });
  answer.end(body);
}

/** Asks the server the same and gives its answer back; what was sent has to be written into the request that this gives. */
function sendOn(
  { url, method, headers }: IncomingMessage,
  answer: ServerResponse,
  server: string,
  how: Spoiling | null,
): ClientRequest {
  const onward = request(new URL(url ?? '/', server), { method, headers }, (reply) => {
    if (how === 'lose') {
      reply.resume();
      reply.once('end', () => answer.destroy());
      return;
    }
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
    // A stream that the server breaks off breaks off here too.
    reply.once('close', () => answer.destroy());
  });
  onward.once('error', () => answer.destroy());
  answer.once('close', () => onward.destroy());
  return onward;
}
