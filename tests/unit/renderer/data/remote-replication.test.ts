import { AppError } from '@shared/result/result';
import { describe, expect, it } from 'vitest';
import { RemoteReplication } from '../../../../renderer/src/data/remote-replication';
import { type Asked, notBegun, type Told } from '../../../../renderer/src/data/sync-channel';

/** The channel with the sync window at its other end played by the test. */
function withSyncWindow(afterRound = () => Promise.resolve()) {
  const asked: Asked[] = [];
  let hear: (told: Told) => void = () => undefined;
  let asks = 0;
  const replication = new RemoteReplication({
    channel: {
      send: (message) => asked.push(message),
      listen: (listener) => {
        hear = listener;
      },
      close: () => undefined,
    },
    newAsk: () => {
      asks += 1;
      return `ask-${asks}`;
    },
    afterRound,
  });
  return { replication, asked, tell: (told: Told) => hear(told) };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const report = { sent: 0, received: 0, rejected: 0, conflicts: 0, held: [], blocked: null };
const ended = { ...notBegun, online: true, lastSync: 1000, report };

describe('a window that does not replicate itself', () => {
  it('lets the sync window begin, and again when that has started anew', async () => {
    const { asked, tell } = withSyncWindow();
    expect(asked).toEqual([{ kind: 'hello' }]);
    tell({ kind: 'opened' });
    await settled();
    expect(asked).toEqual([{ kind: 'hello' }, { kind: 'hello' }]);
  });

  it('a round that was asked for has ended when its own end is told, not another', async () => {
    const { replication, tell } = withSyncWindow();
    const done: string[] = [];
    void replication.now().then(() => done.push('first'));
    void replication.now().then(() => done.push('second'));
    tell({ kind: 'ended', ask: 'ask-2' });
    await settled();
    expect(done).toEqual(['second']);
    tell({ kind: 'ended', ask: 'ask-1' });
    await settled();
    expect(done).toEqual(['second', 'first']);
  });

  it('asks again what the sync window has not answered before it died', async () => {
    const { replication, asked, tell } = withSyncWindow();
    void replication.now();
    void replication.now();
    tell({ kind: 'ended', ask: 'ask-1' });
    tell({ kind: 'opened' });
    await settled();
    expect(asked.slice(3)).toEqual([{ kind: 'hello' }, { kind: 'now', ask: 'ask-2' }]);
  });

  it('shows a complete round only when this window has done its own part after it', async () => {
    let finish: () => void = () => undefined;
    const { replication, tell } = withSyncWindow(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    tell({ kind: 'round', round: ended });
    await settled();
    expect(replication.state.value).toEqual(notBegun);
    finish();
    await settled();
    expect(replication.state.value).toEqual(ended);
  });

  it('a contact that was before this start of the program is shown, and is no round to follow', async () => {
    let followed = 0;
    const { replication, tell } = withSyncWindow(async () => {
      followed += 1;
    });
    tell({ kind: 'round', round: { ...notBegun, lastSync: 1000 } });
    await settled();
    expect([replication.state.value.lastSync, followed]).toEqual([1000, 0]);
  });

  it('says what went wrong in its own part, until a later round has ended without', async () => {
    const faults = [new AppError('BOOK_AWAITS_MACHINES', 'Máy hai')];
    const { replication, tell } = withSyncWindow(() => {
      const fault = faults.pop();
      return fault === undefined ? Promise.resolve() : Promise.reject(fault);
    });
    tell({ kind: 'round', round: ended });
    await settled();
    expect(replication.state.value).toEqual(ended);
    tell({ kind: 'round', round: { ...ended, busy: true } });
    await settled();
    expect(replication.undone.value).toMatchObject({ code: 'BOOK_AWAITS_MACHINES', detail: 'Máy hai' });
    tell({ kind: 'round', round: { ...ended, lastSync: 2000 } });
    await settled();
    expect(replication.undone.value).toBeNull();
  });
});
