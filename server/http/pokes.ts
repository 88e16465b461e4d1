import type { Notices } from '../storage/port';

/** Pokes of one moment go out together, here and to the other processes. */
const coalesceMs = 50;
/** A notice may have 8000 bytes; more buckets than fit are found by whoever compares heads. */
const noticeBytes = 7_000;

/** Gathers the buckets that commits have changed and tells every process of this server, this one included. */
export class Pokes {
  readonly #name: string;
  readonly #deliver: (buckets: ReadonlySet<string>) => void;
  readonly #notices: Notices;
  readonly #onError: (error: unknown) => void;
  readonly #pending = new Set<string>();
  #flush: NodeJS.Timeout | undefined;

  /**
   * `name` tells this process from the others; `listen` opens the line to them; `deliver` gets what any process has
   * changed.
   */
  constructor(
    name: string,
    listen: (hear: (text: string) => void) => Notices,
    deliver: (buckets: ReadonlySet<string>) => void,
    onError: (error: unknown) => void,
  ) {
    this.#name = name;
    this.#deliver = deliver;
    this.#notices = listen((text) => this.#hear(text));
    this.#onError = onError;
  }

  /** To be called after a commit with the buckets it changed. */
  changed(buckets: readonly string[]): void {
    for (const bucket of buckets) this.#pending.add(bucket);
    if (this.#pending.size > 0) this.#flush ??= setTimeout(() => void this.#send(), coalesceMs);
  }

  /** Sends what is still to be said and ends. */
  async close(): Promise<void> {
    clearTimeout(this.#flush);
    await this.#send();
    await this.#notices.close();
  }

  async #send(): Promise<void> {
    this.#flush = undefined;
    if (this.#pending.size === 0) return;
    const due = [...this.#pending];
    this.#pending.clear();
    this.#deliver(new Set(due));
    try {
      for (const text of noticesOf(due)) await this.#notices.send(`${this.#name} ${text}`);
    } catch (error) {
      this.#onError(error);
    }
  }

  #hear(text: string): void {
    const [from, ...buckets] = text.split(' ');
    if (from !== this.#name) this.#deliver(new Set(buckets));
  }
}

/** Bucket names have no spaces in them. */
function noticesOf(buckets: readonly string[]): readonly string[] {
  const notices: string[] = [];
  for (const bucket of buckets) {
    const last = notices.at(-1);
    if (last === undefined || last.length + bucket.length > noticeBytes) notices.push(bucket);
    else notices[notices.length - 1] = `${last} ${bucket}`;
  }
  return notices;
}
