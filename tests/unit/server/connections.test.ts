import { createServer, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Connection, Connections, type Outlook, watchMs } from '../../../server/http/connections';
import { EventStream } from '../../../server/http/event-stream';

const author = { device: 'd1', unit: 'huyen' };
const buckets = ['province', 'unit:huyen'];
const outlook = (changes: Partial<Outlook> = {}): Outlook => ({
  heads: new Map([['unit:huyen', 7]]),
  standings: new Map([['d1', { status: 'active', unit: 'huyen' }]]),
  readable: () => buckets,
  ...changes,
});

/** A connection that writes down what happens to it. */
function noting() {
  const notes: string[] = [];
  const connection: Connection = {
    author,
    buckets,
    poke: (changed) => void notes.push(`poke ${changed.join()}`),
    beat: () => void notes.push('beat'),
    end: () => void notes.push('end'),
  };
  return { notes, connection };
}

describe('open connections', () => {
  afterEach(() => vi.useRealTimers());

  /** Opens one connection and gives what happened to it at each look. */
  const watch = async (looks: readonly (() => Outlook)[]) => {
    vi.useFakeTimers();
    let now = 0;
    const faults: unknown[] = [];
    let look = 0;
    const connections = new Connections(
      () => Promise.resolve().then(() => (looks[look++] ?? (() => outlook()))()),
      (error) => faults.push(error),
      () => now,
    );
    const { notes, connection } = noting();
    const remove = connections.add(connection);
    for (let index = 0; index < looks.length; index++) {
      now += watchMs;
      await vi.advanceTimersByTimeAsync(watchMs);
    }
    return { notes, faults, connections, remove };
  };

  it('a head that moved is poked once, also when nobody said so', async () => {
    const moved = () => outlook({ heads: new Map([['unit:huyen', 8]]) });
    const { notes } = await watch([() => outlook(), () => outlook(), moved, moved]);
    expect(notes).toEqual(['poke unit:huyen', 'poke unit:huyen']);
  });

  it('what its unit may read is followed: a new bucket is poked, one that is gone too', async () => {
    const more = () => outlook({ readable: () => [...buckets, 'unit:xa'], heads: new Map() });
    const { notes } = await watch([
      () => outlook({ heads: new Map() }),
      more,
      () => outlook({ heads: new Map() }),
    ]);
    expect(notes).toEqual(['poke unit:xa', 'poke unit:xa']);
  });

  it.each([
    ['revoked', new Map([['d1', { status: 'revoked', unit: 'huyen' }]])],
    ['moved to another unit', new Map([['d1', { status: 'active', unit: 'xa' }]])],
    ['unknown', new Map()],
  ])('a device that is %s is ended', async (_what, standings) => {
    const { notes } = await watch([() => outlook({ standings, heads: new Map() })]);
    expect(notes).toEqual(['end']);
  });

  it('a database that does not answer is borne for a while, then nobody stays unseen', async () => {
    const broken = () => {
      throw new Error('no answer');
    };
    const { notes, faults } = await watch([broken, broken, broken, broken, broken]);
    expect([notes, faults.length]).toEqual([['end'], 5]);
  });

  it('nobody is looked after any more once it has left', async () => {
    const { connections, remove } = await watch([]);
    expect([connections.size, connections.countOf('d1')]).toEqual([1, 1]);
    remove();
    expect([connections.size, connections.countOf('d1')]).toEqual([0, 0]);
  });
});

describe('an event stream', () => {
  it('that was ended takes no further poke, and the process lives on', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const opened = new Promise<ServerResponse>((resolve) =>
      server.once('request', (_request, response) => resolve(response)),
    );
    const answer = fetch(`http://127.0.0.1:${port}/`);
    const response = await opened;
    const failures: unknown[] = [];
    response.on('error', (error) => failures.push(error));
    const stream = new EventStream(author, buckets, response);
    stream.end();
    stream.poke(['unit:huyen']);
    stream.beat();
    expect(await (await answer).text()).toBe(`event: poke\ndata: ${JSON.stringify({ b: buckets })}\n\n`);
    expect(failures).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });
});
