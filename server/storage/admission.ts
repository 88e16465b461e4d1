import { AppError } from '@shared/result/result';
import type { Load } from './port';

/** How many transactions may run and how many may wait for their turn. */
export type Room = { readonly running: number; readonly waiting: number };

/** Detail of SERVER_BUSY when the whole server is full, not one device too fast: it is answered with 503. */
export const serverFull = 'full';

/**
 * Lets a number of transactions run and some wait; more are refused at once, before everybody waits too long.
 * SERVER_BUSY with {@link serverFull}.
 */
export class Admission {
  readonly #room: Room;
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#room.running) this.#running++;
    else await this.#wait();
    try {
      return await work();
    } finally {
      // The place goes straight to whoever waited longest.
      const next = this.#queue.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  load(): Load {
    return { running: this.#running, waiting: this.#queue.length };
  }

  #wait(): Promise<void> {
    if (this.#queue.length >= this.#room.waiting) throw new AppError('SERVER_BUSY', serverFull);
    return new Promise((resolve) => this.#queue.push(resolve));
  }
}
