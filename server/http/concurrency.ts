import { AppError } from '@shared/result/result';

/** Counts what is under way per key and refuses more than the limit with SERVER_BUSY. */
export class Concurrency {
  readonly #limit: number;
  readonly #running = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const running = this.#running.get(key) ?? 0;
    if (running >= this.#limit) throw new AppError('SERVER_BUSY', 'too many requests at a time');
    this.#running.set(key, running + 1);
    try {
      return await work();
    } finally {
      const left = (this.#running.get(key) ?? 1) - 1;
      if (left === 0) this.#running.delete(key);
      else this.#running.set(key, left);
    }
  }
}

/** Counts failures per key within a time window: slows down who guesses codes. */
export class FailureWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #failures = new Map<string, readonly number[]>();

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** SERVER_BUSY when there were too many failures lately. */
  check(key: string, now: number): void {
    const recent = (this.#failures.get(key) ?? []).filter((at) => now - at < this.#windowMs);
    if (recent.length === 0) this.#failures.delete(key);
    else this.#failures.set(key, recent);
    if (recent.length >= this.#limit) throw new AppError('SERVER_BUSY', 'too many failed attempts');
  }

  add(key: string, now: number): void {
    this.#failures.set(key, [...(this.#failures.get(key) ?? []), now]);
  }
}
