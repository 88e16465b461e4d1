import { AppError } from '@shared/result/result';
import { type SyncNet, type SyncStore, syncOnce } from '@shared/sync/engine';
import type { Operation } from '@shared/sync/operation';
import { Overlay } from '@shared/sync/overlay';
import type { PullResponse, WireRow } from '@shared/sync/protocol';
import { describe, expect, it } from 'vitest';

const row = (id: string, rev: number): WireRow => ({ coll: 'incoming', id, rev, gone: false, data: {} });
const op = (n: number): Operation => ({
  op: `D:${n}`,
  n,
  command: 'incoming.comment',
  actor: 'p',
  at: '',
  changes: [{ coll: 'incoming', id: 'x', base: 1, create: false, patch: { note: `n${n}` } }],
});

/** A store in memory that writes down every durable step in order. */
function memoryStore(initial: { ops?: Operation[]; epoch?: string } = {}) {
  const steps: string[] = [];
  let pending = initial.ops ?? [];
  let done: Operation[] = [];
  let identity = { serverId: 'S', epoch: initial.epoch ?? 'e1' };
  let cursors: Record<string, number> = {};
  const store: SyncStore = {
    identity: async () => identity,
    pendingOperations: async (limit) => pending.slice(0, limit),
    recordResults: async (results) => {
      for (const result of results) {
        const found = pending.find((known) => known.op === result.op);
        if (found !== undefined) done = [...done, found];
        pending = pending.filter((known) => known.op !== result.op);
        steps.push(`result ${result.op} ${result.status}`);
      }
    },
    cursors: async () => cursors,
    storeRows: async (rows) => void steps.push(`rows ${rows.map((each) => each.id).join(',')}`),
    moveCursor: async (bucket, next) => {
      cursors = { ...cursors, [bucket]: next };
      steps.push(`cursor ${bucket} ${next}`);
    },
    dropBucket: async (bucket) => void steps.push(`drop ${bucket}`),
    confirmThrough: async (n) => void steps.push(`confirm ${n}`),
    restart: async (serverId, epoch, lastN) => {
      identity = { serverId, epoch };
      cursors = {};
      pending = [...done.filter((known) => known.n > lastN), ...pending];
      steps.push(`restart ${epoch} ${lastN}`);
    },
  };
  return { store, steps, pending: () => pending };
}

const page = (rows: WireRow[], next: number, more = false, lastN = 0, epoch = 'e1'): PullResponse => ({
  epoch,
  serverId: 'S',
  buckets: [{ bucket: 'unit:u', rows, next, more }],
  drop: [],
  lastN,
  now: '',
});

const idle: SyncNet = {
  pull: async () => page([], 0),
  push: async ({ ops }) => ({
    results: ops.map((each) => ({ op: each.op, status: 'ok' as const, reason: '', rows: [] })),
    lastN: ops.at(-1)?.n ?? 0,
    epoch: 'e1',
    now: '',
  }),
};

describe('pull', () => {
  it('stores the rows of a page before it moves the cursor (H5), and confirms only at the end', async () => {
    const { store, steps } = memoryStore();
    const pages = [page([row('a', 1)], 5, true, 3), page([row('b', 2)], 9, false, 4)];
    const report = await syncOnce(store, { ...idle, pull: async () => pages.shift() ?? page([], 9) });
    expect(steps).toEqual(['rows a', 'cursor unit:u 5', 'rows b', 'cursor unit:u 9', 'confirm 4']);
    expect(report.received).toBe(2);
  });

  it('does not move the cursor when storing failed', async () => {
    const { store, steps } = memoryStore();
    const failing = { ...store, storeRows: async () => Promise.reject(new AppError('DISK_FULL')) };
    await expect(syncOnce(failing, { ...idle, pull: async () => page([row('a', 1)], 5) })).rejects.toThrow(
      'DISK_FULL',
    );
    expect(steps).toEqual([]);
  });

  it('starts over in a new epoch and sends again what the server has lost', async () => {
    const { store, steps, pending } = memoryStore({ ops: [op(1), op(2)], epoch: 'e1' });
    await syncOnce(store, idle);
    expect(pending()).toEqual([]);
    steps.length = 0;
    const sent: string[] = [];
    await syncOnce(store, {
      pull: async ({ epoch }) => {
        if (epoch === 'e1') throw new AppError('EPOCH_CHANGED');
        return page([], 0, false, 1, 'e2');
      },
      push: async (request) => {
        sent.push(...request.ops.map((each) => each.op));
        return idle.push(request);
      },
    });
    expect(steps[0]).toBe('restart e2 1');
    expect(sent).toEqual(['D:2']);
  });
});

describe('push', () => {
  it('keeps an operation pending until the server has answered it', async () => {
    const { store, pending } = memoryStore({ ops: [op(1)] });
    const torn = { ...idle, push: async () => Promise.reject(new AppError('SERVER_UNREACHABLE')) };
    await expect(syncOnce(store, torn)).rejects.toThrow('SERVER_UNREACHABLE');
    expect(pending()).toHaveLength(1);
    await syncOnce(store, idle);
    expect(pending()).toEqual([]);
  });

  it('stops when the server refuses a gap instead of asking for ever', async () => {
    const { store } = memoryStore({ ops: [op(5)] });
    const gap = { ...idle, push: async () => ({ results: [], lastN: 3, epoch: 'e1', now: '' }) };
    await expect(syncOnce(store, gap)).rejects.toThrow('SERVER_REFUSED');
  });
});

describe('work on its way over pulled rows', () => {
  it('is not hidden by a pull, and goes when the pull contains it', () => {
    const overlay = new Overlay();
    overlay.add(op(1));
    overlay.add(op(2));
    expect(overlay.over('incoming', 'x', { id: 'x', note: 'máy chủ', rev: 7 })).toMatchObject({
      note: 'n2',
      rev: 7,
    });
    overlay.confirmThrough(1);
    expect(overlay.over('incoming', 'x', { note: 'máy chủ' })).toMatchObject({ note: 'n2' });
    overlay.confirmThrough(2);
    expect(overlay.over('incoming', 'x', { note: 'máy chủ' })).toMatchObject({ note: 'máy chủ' });
  });
  it('does not bring back a row that is gone', () => {
    const overlay = new Overlay();
    overlay.add(op(1));
    expect(overlay.over('incoming', 'x', null)).toBeNull();
  });
});
