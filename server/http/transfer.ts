import type { ServerResponse } from 'node:http';
import type { Author } from '../sync/author';
import type { Connection, Connections } from './connections';

/** A file on its way: it is cut when its device is revoked or moved, and goes on elsewhere or not at all. */
class Transfer implements Connection {
  readonly author: Author;
  buckets: readonly string[] = [];
  readonly #response: ServerResponse;

  constructor(author: Author, response: ServerResponse) {
    this.author = author;
    this.#response = response;
  }

  // What is being read or written is settled when it begins.
  poke(): void {}
  beat(): void {}

  end(): void {
    this.#response.destroy();
  }
}

/** Watches over a transfer until its connection closes. */
export function watchTransfer(transfers: Connections, author: Author, response: ServerResponse): void {
  if (response.destroyed) return;
  response.once('close', transfers.add(new Transfer(author, response)));
}
