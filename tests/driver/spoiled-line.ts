import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
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

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.listener.close(() => resolve()));
    this.listener.closeAllConnections();
    await closed;
  }

  private pass(asked: IncomingMessage, answer: ServerResponse, server: string): void {
    const how = this.spoilingOf(asked.url ?? '');
    if (how === 'fail') {
      asked.resume();
      answer.writeHead(500, { 'content-type': 'application/json' });
      answer.end('{"code":"INTERNAL"}');
      return;
    }
    const { method, headers } = asked;
    const onward = request(new URL(asked.url ?? '/', server), { method, headers }, (reply) => {
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
    asked.pipe(onward);
  }

  private spoilingOf(path: string): Spoiling | null {
    if (this.next === null || !path.startsWith(this.next.path)) return null;
    const { how } = this.next;
    this.next = null;
    this.spoiled.push(path);
    return how;
  }
}
