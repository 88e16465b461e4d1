import { createHash } from 'node:crypto';
import type { Row } from './plain-client';

/** The rows that a client holds, and through which buckets it holds them: section 5 of the protocol. */
export class PlainRows {
  /** By `coll/id`. */
  readonly byKey = new Map<string, Row>();
  readonly #holders = new Map<string, Set<string>>();

  /** A row as a bucket gave it; one that is gone there goes once no other bucket holds it. */
  store(bucket: string, row: Row): void {
    const key = `${row.coll}/${row.id}`;
    if (row.gone) return this.#leave(bucket, key);
    this.#holders.set(key, (this.#holders.get(key) ?? new Set()).add(bucket));
    if ((this.byKey.get(key)?.rev ?? 0) <= row.rev) this.byKey.set(key, row);
  }

  /** A bucket may not be read any more. */
  drop(bucket: string): void {
    for (const key of this.#in(bucket)) this.#leave(bucket, key);
  }

  clear(): void {
    this.byKey.clear();
    this.#holders.clear();
  }

  /** XOR of the first 8 bytes of SHA-256 over `coll|id|rev` of every row of a bucket, 16 hexadecimal digits. */
  digestOf(bucket: string): string {
    let sum = 0n;
    for (const key of this.#in(bucket)) {
      const { coll, id, rev } = this.byKey.get(key) ?? { coll: '', id: '', rev: 0 };
      const hash = createHash('sha256').update(`${coll}|${id}|${rev}`).digest('hex');
      sum ^= BigInt(`0x${hash.slice(0, 16)}`);
    }
    return sum.toString(16).padStart(16, '0');
  }

  #in(bucket: string): readonly string[] {
    return [...this.#holders].filter(([, buckets]) => buckets.has(bucket)).map(([key]) => key);
  }

  #leave(bucket: string, key: string): void {
    const buckets = this.#holders.get(key);
    buckets?.delete(bucket);
    if (buckets === undefined || buckets.size > 0) return;
    this.#holders.delete(key);
    this.byKey.delete(key);
  }
}
