import type { Author } from '../sync/author';

/** A connection that stays open: an event stream, or a file on its way. */
export type Connection = {
  readonly author: Author;
  /** What its device may read, as it was last told. */
  buckets: readonly string[];
  /** Says that these of its buckets have changed. */
  poke(buckets: readonly string[]): void;
  beat(): void;
  end(): void;
};

/** What is looked up for open connections: where feeds end, how devices stand, what their units may read. */
export type Outlook = {
  readonly heads: ReadonlyMap<string, number>;
  readonly standings: ReadonlyMap<string, { readonly status: string; readonly unit: string }>;
  readonly readable: (unit: string) => readonly string[];
};

/** How often all open connections are looked at: a revocation reaches them within this time. */
export const watchMs = 5_000;
/** A heartbeat goes out with every fifth look. */
const beatEvery = 5;
/** Without an answer of the database for this long nobody can be let stay. */
const blindMs = 20_000;

/**
 * All connections that stay open in this process, looked after by one timer: it ends those of revoked and moved devices,
 * follows what units may read, and finds changes of other processes whose notice was lost.
 */
export class Connections {
  readonly #look: (devices: readonly string[]) => Promise<Outlook>;
  readonly #onError: (error: unknown) => void;
  readonly #now: () => number;
  readonly #open = new Set<Connection>();
  /** As they were last seen. Older ones than a connection only make it pull once more than it must. */
  #heads: ReadonlyMap<string, number> = new Map();
  #timer: NodeJS.Timeout | undefined;
  #looks = 0;
  #lastLook = 0;
  #looking = false;

  constructor(
    look: (devices: readonly string[]) => Promise<Outlook>,
    onError: (error: unknown) => void,
    now: () => number,
  ) {
    this.#look = look;
    this.#onError = onError;
    this.#now = now;
  }

  get size(): number {
    return this.#open.size;
  }

  /** How many of these one device has. */
  countOf(device: string): number {
    let count = 0;
    for (const { author } of this.#open) if (author.device === device) count++;
    return count;
  }

  /** Looks after a connection until the function that is given back is called. */
  add(connection: Connection): () => void {
    this.#open.add(connection);
    if (this.#timer === undefined) {
      this.#lastLook = this.#now();
      this.#timer = setInterval(() => void this.#watch(), watchMs);
    }
    return () => {
      this.#open.delete(connection);
      if (this.#open.size === 0) this.#rest();
    };
  }

  /** Tells every connection which of its buckets are among these. */
  poke(changed: ReadonlySet<string>): void {
    for (const connection of this.#open) {
      const buckets = connection.buckets.filter((bucket) => changed.has(bucket));
      if (buckets.length > 0) connection.poke(buckets);
    }
  }

  /** Ends them all. */
  close(): void {
    for (const connection of this.#open) connection.end();
    this.#rest();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #watch(): Promise<void> {
    const beat = ++this.#looks % beatEvery === 0;
    if (this.#looking) return;
    this.#looking = true;
    try {
      const outlook = await this.#look([...new Set([...this.#open].map(({ author }) => author.device))]);
      this.#lastLook = this.#now();
      for (const connection of this.#open) follow(connection, outlook, beat);
      this.#comparedHeads(outlook.heads);
    } catch (error) {
      this.#onError(error);
      if (this.#now() - this.#lastLook > blindMs) this.close();
    } finally {
      this.#looking = false;
    }
  }

  #comparedHeads(heads: ReadonlyMap<string, number>): void {
    const before = this.#heads;
    this.#heads = heads;
    const moved = [...heads].filter(([bucket, head]) => (before.get(bucket) ?? 0) !== head);
    if (moved.length > 0) this.poke(new Set(moved.map(([bucket]) => bucket)));
  }
}

function follow(connection: Connection, outlook: Outlook, beat: boolean): void {
  const { author } = connection;
  const standing = outlook.standings.get(author.device);
  if (standing?.status !== 'active' || standing.unit !== author.unit) return connection.end();
  const readable = outlook.readable(author.unit);
  if (readable.join() !== connection.buckets.join()) {
    const changed = [
      ...readable.filter((bucket) => !connection.buckets.includes(bucket)),
      ...connection.buckets.filter((bucket) => !readable.includes(bucket)),
    ];
    connection.buckets = readable;
    connection.poke(changed);
  } else if (beat) connection.beat();
}
