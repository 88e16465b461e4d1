import type { ServerResponse } from 'node:http';
import type { Author } from '../sync/author';
import type { Connection } from './connections';

/** A client that does not read gets no further pokes; it pulls when it connects again. */
const unreadBytes = 16_384;

/** Server-sent events that say "pull now" to one device. They name buckets, never rows. */
export class EventStream implements Connection {
  readonly author: Author;
  buckets: readonly string[];
  readonly #response: ServerResponse;

  constructor(author: Author, buckets: readonly string[], response: ServerResponse) {
    this.author = author;
    this.buckets = buckets;
    this.#response = response;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    this.poke(buckets);
  }

  poke(buckets: readonly string[]): void {
    this.#send(`event: poke\ndata: ${JSON.stringify({ b: buckets })}\n\n`);
  }

  beat(): void {
    this.#send(': heartbeat\n\n');
  }

  end(): void {
    this.#response.end();
  }

  #send(text: string): void {
    const { writableEnded, writableLength } = this.#response;
    // Writing after the end would end the whole process.
    if (!writableEnded && writableLength < unreadBytes) this.#response.write(text);
  }
}
