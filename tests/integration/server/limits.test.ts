import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchMs } from '../../../server/http/connections';
import { standingMs } from '../../../server/identity/access';
import { type Office, openOffice } from './office';
import { type PlainClient, versions } from './plain-client';
import { openStream } from './streams';

describe('a server that is asked too much', () => {
  let office: Office;
  let devices: readonly PlainClient[];

  beforeAll(async () => {
    office = await openOffice(undefined, {
      waiting: 2,
      pullsPerDevice: 1,
      streams: 2,
      streamsPerDevice: 1,
      bodyMs: 500,
    });
    const unit = await office.newUnit();
    devices = [
      await office.newDevice(unit),
      await office.newDevice(unit),
      await office.newDevice(unit),
      await office.newDevice(unit),
    ];
  });
  afterAll(() => office?.stop());

  const first = () => {
    const [device] = devices;
    if (device === undefined) throw new Error('no device');
    return device;
  };
  const pull = (device: PlainClient) =>
    device.raw('/v1/sync/pull', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ epoch: device.epoch, cursors: device.cursors, limit: 1 }),
    });
  /** Keeps the database busy until it is told to let go. */
  const occupy = () => {
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    const held = office.server.context.database.transaction('snapshot', () => until);
    return { release, held };
  };
  const waitingNow = () => office.server.context.database.load().waiting;

  it('answers 503 at once when the queue for the database is full; whoever waits is served', async () => {
    const { release, held } = occupy();
    const [one, two, ...late] = devices.map(pull.bind(null));
    await expect.poll(waitingNow).toBe(2);
    const refused = await Promise.race([one, two, ...late]);
    expect(refused?.status).toBe(503);
    expect(refused?.headers.get('retry-after')).toBe('2');
    expect(await refused?.json()).toEqual({ code: 'SERVER_BUSY', detail: 'full' });
    const health = await first().raw('/v1/health?from=monitor');
    expect([health.status, await health.json()]).toMatchObject([200, { ok: true, database: 'busy' }]);
    release();
    await held;
    const answers = await Promise.all([one, two, ...late]);
    expect(answers.map((answer) => String(answer?.status)).sort()).toEqual(['200', '200', '503', '503']);
    expect((await pull(first())).status).toBe(200);
  });

  it('answers 429 to one device that asks for too much at a time, and goes on serving others', async () => {
    const { release, held } = occupy();
    const running = pull(first());
    await expect.poll(waitingNow).toBe(1);
    const second = await pull(first());
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await second.json()).toMatchObject({ code: 'SERVER_BUSY' });
    release();
    await held;
    expect((await running).status).toBe(200);
  });

  it('opens so many streams for a device and in all, and has room again when one ends', async () => {
    const [one, two, three] = devices as [PlainClient, PlainClient, PlainClient];
    const stream = await openStream(one);
    expect((await one.raw('/v1/sync/stream')).status).toBe(429);
    const other = await openStream(two);
    expect((await three.raw('/v1/sync/stream')).status).toBe(503);
    await other.stop();
    await expect.poll(async () => (await openStream(three).catch(() => null)) !== null).toBe(true);
    await stream.stop();
  });

  it('cuts a sender whose body does not come, and keeps no place for it', async () => {
    const slow = request(`${office.server.url}/v1/files/have?as=transfer`, {
      method: 'POST',
      headers: { ...versions, 'content-type': 'application/json', 'content-length': 100 },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      slow.once('response', (response) => resolve(response.resume().statusCode)).once('error', reject);
    });
    slow.write('{');
    expect(await answered).toBe(408);
    const closed = new Promise<void>((resolve) => slow.once('close', () => resolve()));
    await closed;
    expect((await pull(first())).status).toBe(200);
  });

  it('a revocation elsewhere acts within 30 seconds: the memory of a standing and the look at streams are shorter', () => {
    expect(Math.max(standingMs, 2 * watchMs)).toBeLessThanOrEqual(30_000);
  });
});
