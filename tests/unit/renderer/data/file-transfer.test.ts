import type { Desktop } from '@shared/ipc/desktop';
import type { FileRef } from '@shared/schema/values';
import { LocalState } from '@shared/sync/client/local-state';
import { choicesKey, noChoices } from '@shared/sync/files/choices';
import { keepSentMs } from '@shared/sync/files/free-up';
import type { LineHint } from '@shared/sync/files/metered';
import { describe, expect, it } from 'vitest';
import { FileInventory } from '../../../../renderer/src/data/file-inventory';
import { freeSpace, measureSpace } from '../../../../renderer/src/data/file-space';
import { FileTransfer } from '../../../../renderer/src/data/file-transfer';
import { ForgottenFiles } from '../../../../renderer/src/data/forgotten-files';
import type { NamedFile } from '../../../../renderer/src/data/named-files';
import { noFiles } from '../../../../renderer/src/data/sync-channel';

const sha = (letter: string): string => letter.repeat(64);
const ref = (letter: string): FileRef => ({
  sha256: sha(letter),
  size: 1,
  name: `${letter}.pdf`,
  mime: 'application/pdf',
  kind: 'pdf',
  pages: 1,
});

/** File transfer between a vault and a server that hold files by letter; `rows` are the files that rows name. */
function transferBetween(parts: { vault: string[]; server: string[]; rows: string[]; offline?: boolean }) {
  const vault = new Set(parts.vault.map(sha));
  const server = new Set(parts.server.map(sha));
  const rows = new Set(parts.rows);
  const removed: string[] = [];
  /** Bytes of a file, where it is more than one. */
  const sizes = new Map<string, number>();
  const values = new Map<string, unknown>();
  const calls: string[] = [];
  const during = { download: (_sha256: string): Promise<void> => Promise.resolve() };
  const ok = (value: unknown) => ({ ok: true, value });
  const refused = (code: string) => ({ ok: false, error: { code } });
  const answer = async (channel: string, input: { sha256: string | string[] }): Promise<unknown> => {
    if (channel === 'files:present')
      return ok({ present: [input.sha256].flat().filter((each) => vault.has(each)) });
    if (channel === 'files:have')
      return parts.offline === true
        ? refused('SERVER_UNREACHABLE')
        : ok({ missing: [input.sha256].flat().filter((each) => !server.has(each)) });
    const each = [input.sha256].flat()[0] ?? '';
    calls.push(`${channel.slice(6)} ${each[0] ?? ''}`);
    if (channel === 'files:cancel') calls.pop();
    else if (channel === 'files:purge') vault.delete(each);
    else if (parts.offline === true) return refused('SERVER_UNREACHABLE');
    else if (channel === 'files:free') {
      const freed = [input.sha256].flat().filter((one) => server.has(one));
      for (const one of freed) vault.delete(one);
      return ok({ freed });
    } else if (channel === 'files:upload') server.add(each);
    else {
      await during.download(each);
      if (!server.has(each)) return refused('FILE_NOT_FOUND');
      vault.add(each);
    }
    return ok({});
  };
  const state = new LocalState({
    get: (id) => Promise.resolve(values.get(id)),
    set: (id, value) => Promise.resolve(void values.set(id, structuredClone(value))),
    under: () => Promise.resolve(new Map()),
    remove: () => Promise.resolve(),
  });
  const desktop = {
    invoke: (async (channel: string, input: never) => answer(channel, input)) as unknown as Desktop['invoke'],
  };
  const world = { epoch: 'e1', now: Date.parse('2026-03-02T09:00:00+07:00'), line: {} as LineHint };
  const epoch = () => Promise.resolve(world.epoch);
  const clock = () => world.now;
  const list = (kept: ReadonlySet<string>): NamedFile[] =>
    [...rows].map((letter) => ({
      file: { ...ref(letter), size: sizes.get(letter) ?? 1 },
      madeAt: world.now,
      meetingDays: [],
      kept: kept.has(letter),
    }));
  const inventory = new FileInventory({
    desktop,
    named: { ready: Promise.resolve(), list },
    state,
    epoch,
    clock,
  });
  const store = {
    removedFiles: () => Promise.resolve([...removed]),
    settleRemovedFile: (each: string) => Promise.resolve(void removed.splice(removed.indexOf(each), 1)),
  };
  const isNamed = (each: string) => Promise.resolve([...rows].map(sha).includes(each));
  const forgotten = new ForgottenFiles({ desktop, store, isNamed, inventory });
  const transfer = new FileTransfer({ desktop, inventory, forgotten, clock, line: () => world.line });
  const space = { desktop, inventory, epoch, clock };
  return {
    transfer,
    vault,
    server,
    rows,
    removed,
    calls,
    during,
    world,
    state,
    space,
    sizes,
    pass: () => transfer.start(),
  };
}

describe('files follow the rows that name them', () => {
  it('what the server lacks is sent and what is not here is fetched; the next time there is nothing to do', async () => {
    const { transfer, vault, server, calls, pass } = transferBetween({
      vault: ['a', 'x'],
      server: ['b'],
      rows: ['a', 'b'],
    });
    const arrived: string[] = [];
    transfer.arrived.subscribe((each) => arrived.push(each));
    await transfer.refresh();
    expect(transfer.state()).toMatchObject({ toSend: 1, toFetch: 1, missing: [ref('b')] });
    await pass();
    expect([server.has(sha('a')), server.has(sha('x')), vault.has(sha('b'))]).toEqual([true, false, true]);
    expect(arrived).toEqual([sha('b')]);
    expect(transfer.state()).toEqual(noFiles);
    await pass();
    expect(calls).toEqual(['upload a', 'download b']);
  });

  it('a file that cannot be had does not stop the others, and is named as the problem', async () => {
    const { transfer, vault, pass } = transferBetween({ vault: [], server: ['b'], rows: ['a', 'b'] });
    await pass();
    expect(vault.has(sha('b'))).toBe(true);
    expect(transfer.state()).toMatchObject({ toFetch: 1, problem: 'FILE_NOT_FOUND' });
  });

  it('a server out of reach stops the pass before the first file', async () => {
    const { transfer, calls, pass } = transferBetween({
      vault: ['a', 'b'],
      server: [],
      rows: ['a', 'b'],
      offline: true,
    });
    await pass();
    expect(calls).toEqual([]);
    expect(transfer.state()).toMatchObject({ toSend: 2, problem: 'SERVER_UNREACHABLE' });
  });

  it('bytes that a download still brings after their item was removed go again', async () => {
    const { transfer, vault, rows, removed, during, pass } = transferBetween({
      vault: [],
      server: ['a'],
      rows: ['a'],
    });
    during.download = async () => {
      rows.delete('a');
      removed.push(sha('a'));
      await transfer.refresh();
    };
    await pass();
    expect(removed).toEqual([]);
    expect([...vault]).toEqual([]);
  });

  it('a file whose bytes another window has removed is looked for again', async () => {
    const { transfer, vault, space, pass } = transferBetween({ vault: ['a'], server: [], rows: ['a'] });
    await pass();
    vault.delete(sha('a'));
    space.inventory.forgetPresent([sha('a')]);
    await transfer.refresh();
    expect(transfer.state()).toMatchObject({ toFetch: 1 });
  });
});

describe('files move in the order in which they are needed', () => {
  it('what a person opens while others move comes next', async () => {
    const { transfer, calls, during, sizes, pass } = transferBetween({
      vault: [],
      server: ['a', 'b', 'c'],
      rows: ['a', 'b', 'c'],
    });
    for (const [at, letter] of ['a', 'b', 'c'].entries()) sizes.set(letter, at + 1);
    during.download = async (each) => {
      if (each === sha('a')) void transfer.open(sha('c'));
      await transfer.refresh();
    };
    await pass();
    expect(calls).toEqual(['download a', 'download c', 'download b']);
  });

  it('a file that a person does not want to wait for stays away until somebody opens it', async () => {
    const { transfer, vault, pass } = transferBetween({ vault: [], server: ['a'], rows: ['a'] });
    await transfer.cancel(sha('a'));
    await pass();
    expect(vault.size).toBe(0);
    await transfer.open(sha('a'));
    expect(vault.size).toBe(1);
  });

  it('a file that fails waits longer each time, stops no other, and is told with its reason', async () => {
    const { transfer, calls, world, pass } = transferBetween({ vault: [], server: [], rows: ['a'] });
    const tries = async (afterMs: number): Promise<number> => {
      world.now += afterMs;
      calls.length = 0;
      await pass();
      return calls.length;
    };
    expect([
      await tries(0),
      await tries(29_000),
      await tries(2_000),
      await tries(58_000),
      await tries(3_000),
    ]).toEqual([1, 0, 1, 0, 1]);
    expect(transfer.state().problems).toMatchObject([{ code: 'FILE_NOT_FOUND', times: 3 }]);
  });
});

describe('rows come before the files that they name', () => {
  it('a file that its sender had not sent yet comes in the next round after it has, without waiting for its time', async () => {
    const { transfer, vault, server, pass } = transferBetween({ vault: [], server: [], rows: ['a'] });
    for (let round = 0; round < 3; round++) await pass();
    server.add(sha('a'));
    await pass();
    expect(vault.has(sha('a'))).toBe(true);
    expect(transfer.state()).toEqual(noFiles);
  });

  it('a round that ends while others move brings it before those that are needed less', async () => {
    const { transfer, calls, server, during, sizes, pass } = transferBetween({
      vault: [],
      server: ['b', 'c'],
      rows: ['a', 'b', 'c'],
    });
    for (const [at, letter] of ['a', 'b', 'c'].entries()) sizes.set(letter, at + 1);
    during.download = async (each) => {
      if (each !== sha('b')) return;
      server.add(sha('a'));
      void transfer.start();
      await transfer.refresh();
    };
    await pass();
    expect(calls).toEqual(['download a', 'download b', 'download a', 'download c']);
    expect(transfer.state()).toEqual(noFiles);
  });
});

describe('Mạng tính phí', () => {
  it('files above 5 MB wait, in both directions, and are counted; Vẫn chuyển moves one of them', async () => {
    const { transfer, calls, sizes, state, pass } = transferBetween({
      vault: ['u'],
      server: ['a', 'b', 'c'],
      rows: ['a', 'b', 'c', 'u'],
    });
    for (const letter of ['a', 'b', 'u']) sizes.set(letter, 6_000_000);
    await state.set(choicesKey, { ...noChoices, metered: true });
    await pass();
    expect(calls).toEqual(['download c']);
    expect(transfer.state()).toMatchObject({ metered: true, paused: 3, toFetch: 2, toSend: 1, problem: '' });
    await transfer.anyway(sha('b'));
    expect(calls).toEqual(['download c', 'download b']);
    await state.set(choicesKey, noChoices);
    await pass();
    expect(transfer.state()).toEqual(noFiles);
  });

  it('a mobile line counts as paid without anybody saying so', async () => {
    const { transfer, calls, sizes, world, pass } = transferBetween({
      vault: [],
      server: ['a'],
      rows: ['a'],
    });
    sizes.set('a', 6_000_000);
    world.line = { type: 'cellular' };
    await pass();
    expect([calls, transfer.state().paused]).toEqual([[], 1]);
  });
});

describe('D08: giải phóng dung lượng', () => {
  const free = async (space: Parameters<typeof freeSpace>[0]): Promise<string[]> => {
    const gone: string[] = [];
    for await (const part of freeSpace(space)) gone.push(...part.map(({ sha256 }) => sha256));
    return gone;
  };

  it('what came from the server goes, is not fetched by itself, and comes again when it is opened', async () => {
    const { transfer, vault, calls, space, pass } = transferBetween({
      vault: [],
      server: ['a'],
      rows: ['a'],
    });
    await pass();
    expect(await measureSpace(space)).toEqual({ bytes: 1, files: 1 });
    expect(await free(space)).toEqual([sha('a')]);
    await pass();
    expect([vault.size, transfer.state().toFetch]).toEqual([0, 0]);
    await transfer.open(sha('a'));
    expect(vault.size).toBe(1);
    expect(calls.filter((call) => call.startsWith('download'))).toHaveLength(2);
  });

  it('what is kept on this machine does not go, and what went is fetched when it is kept', async () => {
    const { vault, state, space, pass } = transferBetween({ vault: [], server: ['a'], rows: ['a'] });
    await pass();
    await free(space);
    await state.set(choicesKey, { ...noChoices, kept: ['a'] });
    await pass();
    expect(vault.size).toBe(1);
    expect(await free(space)).toEqual([]);
  });

  it('what the server does not have any more when it is asked stays, and is sent again', async () => {
    const { vault, server, space, pass } = transferBetween({ vault: [], server: ['a'], rows: ['a'] });
    await pass();
    server.clear();
    expect(await free(space)).toEqual([]);
    expect(vault.size).toBe(1);
    await pass();
    expect(server.has(sha('a'))).toBe(true);
  });

  it('what was sent from here stays for 35 days', async () => {
    const { space, world, pass } = transferBetween({ vault: ['a'], server: [], rows: ['a'] });
    await pass();
    expect(await free(space)).toEqual([]);
    world.now += keepSentMs;
    expect(await free(space)).toEqual([sha('a')]);
  });

  it('after the server was restored every file is asked for again, and nothing goes before', async () => {
    const { transfer, server, calls, space, world, pass } = transferBetween({
      vault: [],
      server: ['a', 'b'],
      rows: ['a', 'b'],
    });
    await pass();
    world.epoch = 'e2';
    server.delete(sha('b'));
    expect(await measureSpace(space)).toEqual({ bytes: 0, files: 0 });
    await transfer.refresh();
    expect(transfer.state().toSend).toBe(2);
    calls.length = 0;
    await pass();
    expect([calls, transfer.state().toSend]).toEqual([['upload b'], 0]);
    // The restored server got b from here: if it is restored once more, it must get it again.
    expect(await measureSpace(space)).toEqual({ bytes: 1, files: 1 });
  });
});
