import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUnit, engines, type Place, Places } from './engines';
import { takeBook } from './office';
import type { PlainClient } from './plain-client';
import { buildProgram, type Program } from './program';
import { change, newIntake, newOutgoing } from './rows';

const places = new Places();
beforeAll(buildProgram);
afterAll(() => places.close());

describe.each(engines)('administration of a province on %s', (engine) => {
  let place: Place;
  let server: Program;
  let clerk: PlainClient;
  beforeAll(async () => {
    place = await places.make(engine);
    await addUnit(place, 'xa');
    server = await place.start();
    clerk = await place.newDevice(server, 'xa');
  });
  const json = async (...args: readonly string[]) =>
    JSON.parse(await place.admin(...args, '--json')) as readonly Record<string, unknown>[];
  const refused = async (...args: readonly string[]) => {
    await expect(place.admin(...args)).rejects.toThrow(/^(NOT_FOUND|WRONG_STATE|INVALID_INPUT)/);
    return place.admin(...args).catch((error: Error) => error.message);
  };

  it('status 0 done, 1 failed, 2 wrong usage; what is wrong goes to stderr', () => {
    expect(place.run('units', 'list')).toMatchObject({ status: 0, stderr: '' });
    expect(place.run('people', 'deactivate', '--id', 'nobody')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'NOT_FOUND: person nobody',
    });
    expect(place.run('units', 'list', '--loud').status).toBe(2);
    expect(place.run('restore', '--folder', place.data)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('in use by process'),
    });
  });

  it('units: what is edited reaches the devices; ids are given once, superiors exist, days are in order', async () => {
    await place.admin(
      'units',
      'edit',
      '--id=xa',
      '--name=Xã Vĩnh Hòa',
      '--valid-from=2026-01-01',
      '--seal-mm=34',
    );
    await clerk.pull();
    expect(clerk.row('units', 'xa').data).toMatchObject({
      name: 'Xã Vĩnh Hòa',
      validFrom: '2026-01-01',
      sealMm: 34,
      symbol: 'CĐ',
    });
    expect(await json('units', 'list')).toEqual([
      expect.objectContaining({ id: 'xa', name: 'Xã Vĩnh Hòa', validFrom: '2026-01-01', successor: '' }),
    ]);
    expect(await refused('units', 'add', '--id=xa', '--name=N', '--symbol=S', '--level=district')).toMatch(
      /NOT_FOUND|WRONG_STATE/,
    );
    expect(await refused('units', 'edit', '--id=xa', '--superior=nowhere')).toBe('NOT_FOUND: unit nowhere');
    expect(await refused('units', 'edit', '--id=xa', '--valid-to=2025-12-31')).toMatch(/INVALID_INPUT/);
    expect(await refused('units', 'edit', '--id=xa', '--valid-to=2026-02-30')).toMatch(/INVALID_INPUT/);
  });

  it('people: roles and activity decide what they may do; an id is given once', async () => {
    const work = (id: string) => clerk.act('xa-clerk', 'intake.add', newIntake('xa', id));
    const draft = (id: string) => clerk.act('xa-clerk', 'outgoing.draft', newOutgoing('xa', id));
    expect((await work('p-1')).status).toBe('ok');
    await place.admin('people', 'roles', '--id=xa-clerk', '--roles=chair');
    expect(await draft('p-2')).toMatchObject({ status: 'rejected', reason: 'NOT_ALLOWED' });
    await place.admin('people', 'roles', '--id=xa-clerk', '--roles=clerk,secretary');
    await place.admin('people', 'deactivate', '--id=xa-clerk');
    expect(await work('p-3')).toMatchObject({ status: 'rejected', reason: 'FORBIDDEN' });
    await place.admin('people', 'activate', '--id=xa-clerk');
    await place.admin('people', 'edit', '--id=xa-clerk', '--position=Cán bộ văn thư');
    expect((await draft('p-4')).status).toBe('ok');
    expect(await json('people', 'list', '--unit=xa')).toEqual([
      {
        id: 'xa-clerk',
        unit: 'xa',
        roles: ['clerk', 'secretary'],
        state: 'active',
        name: 'Văn thư',
        position: 'Cán bộ văn thư',
      },
    ]);
    const again = ['--id=xa-clerk', '--unit=xa', '--name=N', '--position=P', '--roles=clerk'];
    expect(await refused('people', 'add', ...again)).toMatch(/WRONG_STATE/);
    expect(await refused('people', 'roles', '--id=xa-clerk', '--roles=king')).toMatch(/INVALID_INPUT/);
  });

  it('devices: renamed, listed by unit, shut out at once', async () => {
    const second = await place.newDevice(server, 'xa');
    await place.admin('devices', 'rename', '--id', second.device, '--name', 'Máy phòng họp');
    expect(await json('devices', 'list', '--unit', 'xa')).toContainEqual(
      expect.objectContaining({ id: second.device, name: 'Máy phòng họp', status: 'active' }),
    );
    expect(await json('devices', 'list', '--unit', 'nowhere')).toEqual([]);
    await place.admin('devices', 'revoke', '--id', second.device);
    await expect(second.pull()).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
    expect(await refused('devices', 'rename', '--id', 'dnone', '--name', 'x')).toMatch(
      /NOT_FOUND|WRONG_STATE/,
    );
  });

  it('grants: the devices of a unit read another one while it is granted to them', async () => {
    await addUnit(place, 'ban');
    const reader = await place.newDevice(server, 'ban');
    expect(reader.rows.has('intake/p-1')).toBe(false);
    await place.admin('grants', 'add', '--unit=ban', '--readable=xa');
    await reader.pull();
    expect(reader.row('intake', 'p-1').rev).toBe(1);
    expect(await json('grants', 'list')).toEqual([{ unit: 'ban', readable: 'xa' }]);
    await place.admin('grants', 'remove', '--unit=ban', '--readable=xa');
    const { drop } = await reader.post<{ drop: string[] }>('/v1/sync/pull', {
      epoch: reader.epoch,
      cursors: reader.cursors,
      limit: 10,
    });
    expect(drop).toEqual(['unit:xa']);
    expect(await refused('grants', 'remove', '--unit=ban', '--readable=xa')).toMatch(/NOT_FOUND|WRONG_STATE/);
    expect(await refused('grants', 'add', '--unit=ban', '--readable=nowhere')).toMatch(
      /NOT_FOUND|WRONG_STATE/,
    );
    expect(await refused('grants', 'add', '--unit=ban', '--readable=ban')).toMatch(/INVALID_INPUT/);
  });

  it('B33: merged units end the day before, and their successor reads what was theirs; an open book holds it up', async () => {
    for (const unit of ['cu-a', 'cu-b', 'moi']) await addUnit(place, unit);
    await place.admin('grants', 'add', '--unit=cu-b', '--readable=xa');
    const old = await place.newDevice(server, 'cu-a');
    expect((await old.act('cu-a-clerk', 'intake.add', newIntake('cu-a', 'm-1'))).status).toBe('ok');
    const book = await takeBook(old, 'incoming');
    const merge = ['units', 'merge', '--from=cu-a,cu-b', '--into=moi', '--on=2026-07-01'];
    expect(await refused(...merge)).toBe(`WRONG_STATE: close these books first: ${book.id}`);
    expect((await json('units', 'list')).find(({ id }) => id === 'cu-b')).toMatchObject({
      validTo: '',
      successor: '',
    });

    const closed = { at: '2026-06-30T17:00:00+07:00', by: 'cu-a-clerk' };
    const result = await old.act('cu-a-clerk', 'book.close', change('books', book, { closed }));
    expect(result).toMatchObject({ status: 'ok' });
    await place.admin(...merge);
    const units = new Map((await json('units', 'list')).map((unit) => [unit['id'], unit]));
    for (const id of ['cu-a', 'cu-b']) {
      expect(units.get(id)).toMatchObject({ validTo: '2026-06-30', successor: 'moi' });
    }
    expect(units.get('moi')).toMatchObject({ validFrom: '2026-07-01', successor: '' });
    const successor = await place.newDevice(server, 'moi');
    expect(successor.row('intake', 'm-1').data).toMatchObject({ unit: 'cu-a' });
    expect(successor.row('intake', 'p-1').data).toMatchObject({ unit: 'xa' });

    expect(await refused(...merge)).toBe('WRONG_STATE: unit cu-a is merged already');
    expect(await refused('enrol-code', 'create', '--unit=cu-a')).toMatch(/WRONG_STATE/);
    expect(await refused('units', 'merge', '--from=moi', '--into=moi', '--on=2026-07-01')).toMatch(
      /INVALID_INPUT/,
    );
    expect(await place.admin('audit')).toContain('no fault');
    await place.admin('grants', 'remove', '--unit=moi', '--readable=cu-b');
    await expect(place.admin('audit')).rejects.toThrow(
      'unit cu-b: its successor moi may not read it\n1 faults',
    );
  });

  it('health: version, database, disk and the last care are open to a monitor, nothing else is', async () => {
    const health = (await (await fetch(`${server.url}/v1/health`)).json()) as Record<string, unknown>;
    expect(Object.keys(health).sort()).toEqual(
      [
        'database',
        'diskFree',
        'lastAudit',
        'lastBackup',
        'now',
        'ok',
        'protocol',
        'schema',
        'serverId',
        'version',
      ].sort(),
    );
    expect(health).toMatchObject({
      ok: true,
      version: expect.stringMatching(/^\d+\./),
      database: 'reachable',
    });
    expect(health['diskFree']).toBeGreaterThan(0);
    expect(health['lastBackup']).toBe(null);
    expect(health['lastAudit']).toMatchObject({ ok: false });
    await expect(place.admin('health', '--disk-mb=0')).rejects.toThrow('backup: never');
  });

  it('the same commands work on the data when the server has ended', async () => {
    expect(await server.end('SIGTERM')).toBe(0);
    expect((await json('units', 'list')).map(({ id }) => id)).toEqual(['ban', 'cu-a', 'cu-b', 'moi', 'xa']);
  });
});
