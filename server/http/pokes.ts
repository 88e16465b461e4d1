import type { Database } from '../storage/port';
import { actForServer } from '../storage/scope';

type Poke = (buckets: readonly string[]) => void;
type Listener = { readonly buckets: readonly string[]; readonly poke: Poke };

/** Pokes of one moment go out together. */
const coalesceMs = 50;
/** How often heads are compared, for changes that another process has made. */
const pollMs = 5_000;

/** Tells connected devices that there is something to pull. It never carries data. */
export class Pokes {
  readonly #database: Database;
  readonly #listeners = new Set<Listener>();
  readonly #pending = new Set<string>();
  readonly #onError: (error: unknown) => void;
  #heads = new Map<string, number>();
  #flush: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;

  constructor(database: Database, onError: (error: unknown) => void) {
    this.#database = database;
    this.#onError = onError;
  }

  /** Calls `poke` with those of these buckets that have changed; gives the function that ends it. */
  listen(buckets: readonly string[], poke: Poke): () => void {
    const listener = { buckets, poke };
    this.#listeners.add(listener);
    this.#poll ??= setInterval(() => void this.#compareHeads(), pollMs);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** To be called after a commit with the buckets it changed. */
  changed(buckets: readonly string[]): void {
    for (const bucket of buckets) this.#pending.add(bucket);
    this.#flush ??= setTimeout(() => {
      this.#flush = undefined;
      const due = new Set(this.#pending);
      this.#pending.clear();
      for (const listener of this.#listeners) {
        const changed = listener.buckets.filter((bucket) => due.has(bucket));
        if (changed.length > 0) listener.poke(changed);
      }
    }, coalesceMs);
  }

  close(): void {
    clearInterval(this.#poll);
    clearTimeout(this.#flush);
    this.#poll = undefined;
    this.#flush = undefined;
  }

  async #compareHeads(): Promise<void> {
    try {
      const rows = await this.#database.transaction('snapshot', async (session) => {
        await actForServer(session);
        return session.query<{ bucket: string; head: number }>('select bucket, head from bucket');
      });
      const moved = rows.filter(({ bucket, head }) => (this.#heads.get(bucket) ?? head) !== head);
      this.#heads = new Map(rows.map(({ bucket, head }) => [bucket, head]));
      if (moved.length > 0) this.changed(moved.map(({ bucket }) => bucket));
    } catch (error) {
      this.#onError(error);
    }
  }
}
