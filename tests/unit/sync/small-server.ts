import { createHash } from 'node:crypto';
import { AppError } from '@shared/result/result';
import type { SyncNet } from '@shared/sync/engine';
import { mergeChange } from '@shared/sync/merge';
import type { Operation } from '@shared/sync/operation';
import { sameJson } from '@shared/sync/patch';
import { numberReused, type OpResult, type PullResponse, type WireRow } from '@shared/sync/protocol';

type ServerRow = {
  readonly coll: WireRow['coll'];
  readonly id: string;
  readonly data: Record<string, unknown>;
  readonly rev: number;
  readonly stamps: Parameters<typeof mergeChange>[0]['stamps'];
  readonly buckets: readonly string[];
};
type FeedEntry = { readonly seq: number; readonly row: string; readonly gone: boolean };

/**
 * A server of one page of code that keeps the rules of the protocol which the client relies on: exactly once by number,
 * no gap, merge by field, a feed per bucket, an epoch. The real one is run by the simulation and the integration tests.
 */
export class SmallServer {
  epoch = 'e1';
  readable: string[] = ['province', 'unit:u'];
  rows = new Map<string, ServerRow>();
  feeds = new Map<string, FeedEntry[]>();
  taken: { readonly operation: Operation; readonly result: OpResult }[] = [];
  /** Operations that are refused when they come, with the code. */
  readonly refuses = new Map<number, string>();
  /** Numbers of operations that make the whole push fail. */
  readonly failsAt = new Set<number>();
  pulls = 0;

  get lastN(): number {
    return this.taken.length;
  }

  /** Another device, or the server itself, sets fields of a row. */
  set(coll: WireRow['coll'], id: string, data: Record<string, unknown>, buckets = ['unit:u']): void {
    const known = this.rows.get(`${coll}/${id}`);
    const change = { coll, id, base: known?.rev ?? 0, create: known === undefined, patch: data as never };
    const before = known ?? { data: {}, stamps: {}, rev: 0 };
    const merged = mergeChange(before, change, { device: 'other', actor: 'other', at: '' });
    this.publish({ coll, id, buckets, data: merged.data, rev: merged.rev, stamps: merged.stamps });
  }

  /** The row leaves a bucket. */
  leave(coll: WireRow['coll'], id: string, bucket = 'unit:u'): void {
    const row = this.rows.get(`${coll}/${id}`);
    if (row === undefined) throw new Error(`no ${id}`);
    this.rows.set(`${coll}/${id}`, { ...row, buckets: row.buckets.filter((each) => each !== bucket) });
    this.append(bucket, `${coll}/${id}`, true);
  }

  backup(): () => void {
    const { rows, feeds, taken } = structuredClone({ rows: this.rows, feeds: this.feeds, taken: this.taken });
    return () => {
      const again = structuredClone({ rows, feeds, taken });
      this.rows = again.rows;
      this.feeds = again.feeds;
      this.taken = again.taken;
    };
  }

  readonly net: SyncNet = {
    push: async ({ epoch, ops }) => {
      if (epoch !== this.epoch && !(epoch === '' && this.lastN === 0)) throw new AppError('EPOCH_CHANGED');
      const sent = structuredClone(ops) as readonly Operation[];
      if (sent.some(({ n }) => this.failsAt.has(n))) throw new AppError('INTERNAL');
      const results: OpResult[] = [];
      for (const operation of sent) {
        const result = this.take(operation);
        if (result === null) break;
        results.push(result);
      }
      return { results, lastN: this.lastN, epoch: this.epoch, now: this.now };
    },
    pull: async ({ epoch, cursors, limit }) => {
      this.pulls += 1;
      const fromStart = Object.values(cursors).every((cursor) => cursor === 0);
      if (epoch !== this.epoch && !(epoch === '' && fromStart)) throw new AppError('EPOCH_CHANGED');
      const buckets = this.readable.map((bucket) => this.page(bucket, cursors[bucket] ?? 0, limit));
      const drop = Object.keys(cursors).filter((bucket) => !this.readable.includes(bucket));
      return { epoch: this.epoch, serverId: 'S', buckets, drop, lastN: this.lastN, now: this.now };
    },
  };

  now = '2026-11-21T08:00:00.000+07:00';

  /** What a device that may read these buckets ought to see, by collection and id. */
  shown(buckets: readonly string[] = this.readable): Record<string, unknown> {
    const rows = [...this.rows].filter(([, row]) => row.buckets.some((bucket) => buckets.includes(bucket)));
    return Object.fromEntries(rows.map(([key, { data }]) => [key, data]));
  }

  /** Digest of a bucket as PROTOCOL.md describes it. */
  digest(bucket: string): { readonly count: number; readonly digest: string } {
    const rows = [...this.rows.values()].filter((row) => row.buckets.includes(bucket));
    const sum = rows.reduce(
      (xor, { coll, id, rev }) =>
        xor ^ createHash('sha256').update(`${coll}|${id}|${rev}`).digest().readBigUInt64BE(0),
      0n,
    );
    return { count: rows.length, digest: sum.toString(16).padStart(16, '0') };
  }

  private page(bucket: string, cursor: number, limit: number): PullResponse['buckets'][number] {
    const feed = (this.feeds.get(bucket) ?? []).filter(({ seq }) => seq > cursor);
    if (cursor > this.headOf(bucket)) throw new AppError('INVALID_INPUT', 'cursor');
    const page = feed.slice(0, limit);
    const rows = page.map(({ row, gone }): WireRow => {
      const [coll, id] = row.split('/') as [WireRow['coll'], string];
      const stored = this.rows.get(row);
      return {
        coll,
        id,
        rev: stored?.rev ?? 0,
        gone,
        data: gone ? null : structuredClone(stored?.data ?? null),
      };
    });
    const head = this.headOf(bucket);
    return { bucket, rows, next: page.at(-1)?.seq ?? cursor, head, more: page.length < feed.length };
  }

  private take(operation: Operation): OpResult | null {
    const { op, n } = operation;
    const known = this.taken[n - 1];
    if (known !== undefined)
      return sameJson(known.operation, operation) ? known.result : refusal(op, numberReused);
    if (n !== this.lastN + 1) return null;
    const code = this.refuses.get(n);
    const result = code === undefined ? this.apply(operation) : refusal(op, code);
    this.taken.push({ operation, result });
    return result;
  }

  private apply(operation: Operation): OpResult {
    let conflict = false;
    for (const change of operation.changes) {
      const known = this.rows.get(`${change.coll}/${change.id}`);
      if (known === undefined && !change.create) return refusal(operation.op, 'NOT_FOUND');
      const before = known ?? { data: {}, stamps: {}, rev: 0 };
      const merged = mergeChange(before, change, { device: 'D', actor: operation.actor, at: operation.at });
      conflict ||= merged.lost.length > 0;
      const { data, rev, stamps } = merged;
      const buckets = known?.buckets ?? ['unit:u'];
      this.publish({ coll: change.coll, id: change.id, buckets, data, rev, stamps });
    }
    return { op: operation.op, status: conflict ? 'conflict' : 'ok', reason: '', rows: [] };
  }

  private publish(row: ServerRow): void {
    this.rows.set(`${row.coll}/${row.id}`, row);
    for (const bucket of row.buckets) this.append(bucket, `${row.coll}/${row.id}`, false);
  }

  private append(bucket: string, row: string, gone: boolean): void {
    const feed = (this.feeds.get(bucket) ?? []).filter((entry) => entry.row !== row);
    this.feeds.set(bucket, [...feed, { seq: this.headOf(bucket) + 1, row, gone }]);
  }

  private headOf(bucket: string): number {
    return this.feeds.get(bucket)?.at(-1)?.seq ?? 0;
  }
}

function refusal(op: string, reason: string): OpResult {
  return { op, status: 'rejected', reason, rows: [] };
}
