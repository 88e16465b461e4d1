import type { LocalStore } from '@shared/sync/client/local-store';
import type { Change, Operation } from '@shared/sync/operation';
import type { OpResult } from '@shared/sync/protocol';
import { describe, expect, it } from 'vitest';
import { newDisk, openStore } from './memory-database';

const at = '2026-03-02T08:00:00+07:00';
/** A secret item as the server has it after its removal. */
const removed = {
  id: 'i1',
  unit: 'u',
  newestFirst: 1,
  state: 'purged',
  source: 'chosen',
  at,
  by: 'p',
  file: null,
  problem: '',
  incomingId: '',
  note: '',
};

const conflict = { id: 'D:1:0', unit: 'u', coll: 'intake', entity: 'i1' };

/** Somebody decides that the document holds which the item was registered as. */
function decide(store: LocalStore): Promise<Operation> {
  return store.exclusively(() =>
    store.append('D', {
      command: 'conflict.decide',
      actor: 'p',
      at,
      changes: [
        { coll: 'conflicts', id: conflict.id, base: 1, create: false, patch: { decision: 'lost' } },
        { coll: 'intake', id: 'i1', base: 3, create: false, patch: { incomingId: 'doc' } },
      ],
    }),
  );
}

describe('own work on an item that was removed as secret', () => {
  it('leaves the row as the server has it when it is refused: every copy is equal', async () => {
    const store = await openStore(newDisk());
    await store.replica.restart('S', 'e1', 0);
    await store.replica.hear(['unit:u'], 0);
    const row = { coll: 'intake', id: 'i1', rev: 3, gone: false, data: removed } as const;
    await store.replica.storePage({ bucket: 'unit:u', rows: [row], next: 1, more: false }, 0, 0);
    const { op } = await decide(store);
    expect(await store.read('intake', 'i1')).toMatchObject({ incomingId: 'doc' });
    await store.replica.recordResults([{ op, status: 'rejected', reason: 'INVALID_INPUT', rows: [row] }], {
      lastN: 1,
      at: Date.parse(at),
    });
    expect(await store.read('intake', 'i1')).toMatchObject({ ...removed, rev: 3 });
  });
});

describe('a removal that the server refuses, because the item was registered elsewhere', () => {
  const file = {
    sha256: 'a'.repeat(64),
    size: 1,
    name: 'quet.pdf',
    mime: 'application/pdf',
    kind: 'pdf',
    pages: 1,
  };
  const rowOf = (state: string, rev: number) => {
    const data = { ...removed, state, file, incomingId: state === 'registered' ? 'doc' : '' };
    return { coll: 'intake', id: 'i1', rev, gone: false, data } as const;
  };
  const remove = (store: LocalStore): Promise<Operation> =>
    store.exclusively(() => {
      const { id: _id, unit: _unit, newestFirst: _order, source: _source, ...patch } = removed;
      const changes = [{ coll: 'intake' as const, id: 'i1', base: 1, create: false, patch }];
      return store.append('D', { command: 'intake.purge', actor: 'p', at, changes });
    });

  it('is read again where the machine stopped before it was shown: nothing of it was kept here', async () => {
    const disk = newDisk();
    const store = await openStore(disk);
    await store.replica.restart('S', 'e1', 0);
    await store.replica.hear(['unit:u'], 0);
    const page = (row: ReturnType<typeof rowOf>, next: number) => ({
      bucket: 'unit:u',
      rows: [row],
      next,
      more: false,
    });
    await store.replica.storePage(page(rowOf('waiting', 1), 1), 0, 0);
    const { op } = await remove(store);
    await store.replica.storePage(page(rowOf('registered', 2), 2), 1, 0);
    disk.beforeStep = (step) => {
      if (step.startsWith('rows intake')) throw new Error('power');
    };
    const rows = [rowOf('registered', 2)];
    const refusal: OpResult = { op, status: 'rejected', reason: 'WRONG_STATE', rows };
    await expect(store.replica.recordResults([refusal], { lastN: 1, at: Date.parse(at) })).rejects.toThrow(
      'power',
    );
    disk.beforeStep = () => undefined;
    const again = await openStore(disk);
    expect(await again.read('intake', 'i1')).toBeNull();
    expect(await again.replica.cursors()).toEqual({ 'unit:u': 0 });
    await again.replica.storePage(page(rowOf('registered', 2), 2), 0, 1);
    expect(await again.read('intake', 'i1')).toMatchObject({ state: 'registered', file, rev: 2 });
  });
});

describe('copies of a document that was made of an item', () => {
  const fileOf = (letter: string) => {
    const name = `${letter}.pdf`;
    return { sha256: letter.repeat(64), size: 1, name, mime: 'application/pdf', kind: 'pdf', pages: 1 };
  };
  const act = (store: LocalStore, command: Operation['command'], ...changes: Change[]): Promise<Operation> =>
    store.exclusively(() => store.append('D', { command, actor: 'p', at, changes }));

  it('go with it when another machine has removed it: nothing tells of them, and their bytes are to go', async () => {
    const disk = newDisk();
    const store = await openStore(disk);
    await store.replica.restart('S', 'e1', 0);
    await store.replica.hear(['unit:u'], 0);
    const row = (rev: number, data: typeof removed | Record<string, unknown>) =>
      ({ coll: 'intake', id: 'i1', rev, gone: false, data: { ...data } }) as const;
    const page = (rev: number, data: Record<string, unknown>) => {
      return { bucket: 'unit:u', rows: [row(rev, data)], next: rev, more: false };
    };
    await store.replica.storePage(page(1, { ...removed, state: 'waiting', file: fileOf('a') }), 0, 0);
    const edit = { base: 1, create: false };
    await act(
      store,
      'incoming.register',
      { coll: 'incoming', id: 'doc', base: 0, create: true, patch: { id: 'doc', files: [fileOf('a')] } },
      { coll: 'intake', id: 'i1', ...edit, patch: { state: 'registered', incomingId: 'doc' } },
    );
    const copy = { form: 'sao-y', file: fileOf('b'), of: fileOf('a').sha256, at, by: 'p' };
    const kept = { 'electronicCopies.k': copy };
    await act(store, 'incoming.copy', { coll: 'incoming', id: 'doc', ...edit, patch: kept });
    await store.replica.storePage(page(2, removed), 1, 0);
    expect([...(await store.removedFiles())].sort()).toEqual([fileOf('a').sha256, fileOf('b').sha256]);
    const { rows, outbox } = disk;
    const all = JSON.stringify([...[...rows.values()].map((of) => [...of]), ...outbox]);
    expect(all).not.toMatch(/aaaa|bbbb/);
    const commands = (await store.replica.pendingOperations(10)).map(({ command }) => command);
    expect(commands).toEqual(['incoming.register', 'incoming.copy']);
  });
});
