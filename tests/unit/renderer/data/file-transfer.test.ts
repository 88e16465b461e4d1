import type { Desktop } from '@shared/ipc/desktop';
import type { FileRef } from '@shared/schema/values';
import { LocalState } from '@shared/sync/client/local-state';
import { describe, expect, it } from 'vitest';
import { FileTransfer } from '../../../../renderer/src/data/file-transfer';
import { SentFiles } from '../../../../renderer/src/data/sent-files';

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
  const values = new Map<string, unknown>();
  const calls: string[] = [];
  const during = { download: (): Promise<void> => Promise.resolve() };
  const ok = (value: unknown) => ({ ok: true, value });
  const refused = (code: string) => ({ ok: false, error: { code } });
  const answer = async (channel: string, input: { sha256: string | string[] }): Promise<unknown> => {
    if (channel === 'files:present')
      return ok({ present: [input.sha256].flat().filter((each) => vault.has(each)) });
    const each = [input.sha256].flat()[0] ?? '';
    calls.push(`${channel.slice(6)} ${each[0] ?? ''}`);
    if (channel === 'files:purge') vault.delete(each);
    else if (parts.offline === true) return refused('SERVER_UNREACHABLE');
    else if (channel === 'files:upload') server.add(each);
    else {
      await during.download();
      if (!server.has(each)) return refused('FILE_NOT_FOUND');
      vault.add(each);
    }
    return ok({});
  };
  const sent = new SentFiles(
    new LocalState({
      get: (id) => Promise.resolve(values.get(id)),
      set: (id, value) => Promise.resolve(void values.set(id, value)),
      under: () => Promise.resolve(new Map()),
      remove: () => Promise.resolve(),
    }),
  );
  const transfer = new FileTransfer({
    desktop: {
      invoke: (async (channel: string, input: never) =>
        answer(channel, input)) as unknown as Desktop['invoke'],
    },
    store: {
      removedFiles: () => Promise.resolve([...removed]),
      settleRemovedFile: (each) => Promise.resolve(void removed.splice(removed.indexOf(each), 1)),
    },
    named: { ready: Promise.resolve(), list: () => [...rows].map(ref) },
    isNamed: (each) => Promise.resolve([...rows].map(sha).includes(each)),
    sent,
  });
  return { transfer, vault, server, rows, removed, calls, during, pass: () => transfer.start() };
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
    expect(transfer.state()).toEqual({ toSend: 0, toFetch: 0, missing: [], problem: '' });
    await pass();
    expect(calls).toEqual(['upload a', 'download b']);
  });

  it('a file that cannot be had does not stop the others, and is named as the problem', async () => {
    const { transfer, vault, pass } = transferBetween({ vault: [], server: ['b'], rows: ['a', 'b'] });
    await pass();
    expect(vault.has(sha('b'))).toBe(true);
    expect(transfer.state()).toMatchObject({ toFetch: 1, problem: 'FILE_NOT_FOUND' });
  });

  it('a server out of reach stops the pass at the first file', async () => {
    const { transfer, calls, pass } = transferBetween({
      vault: ['a', 'b'],
      server: [],
      rows: ['a', 'b'],
      offline: true,
    });
    await pass();
    expect(calls).toEqual(['upload a']);
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
    const { transfer, vault, pass } = transferBetween({ vault: ['a'], server: [], rows: ['a'] });
    await pass();
    vault.delete(sha('a'));
    transfer.forgetPresent([sha('a')]);
    await transfer.refresh();
    expect(transfer.state()).toMatchObject({ toFetch: 1 });
  });
});
