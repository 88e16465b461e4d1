import { randomBytes } from 'node:crypto';
import { commandTable } from '@shared/domain/command-table';
import { endpoints } from '@shared/sync/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../../server/http/app';
import { signToken } from '../../../server/identity/jwt';
import { type Answer, ask } from './bare-request';
import { draft, type Office, openOffice } from './office';
import { type PlainClient, sha256, versions } from './plain-client';
import { change, fileOf, newIntake, newOutgoing } from './rows';
import { beginUpload, upload } from './uploads';

/** Stands in everything that only the foreign unit may read. */
const marker = 'DẤU-VẾT-CỦA-ĐƠN-VỊ-KHÁC';
const ownBytes = 'the file of the own unit';
const foreignBytes = `${marker} the file of the foreign unit`;
const unknownSha = sha256('nobody has this file');

type Target = 'own' | 'foreign' | 'unknown';
const targets = ['own', 'foreign', 'unknown'] as const;

type Request = {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};
/** What an endpoint has to answer: the status, and what its body has to be like. */
type Expected = { readonly status: number; readonly body?: (text: string) => void };
type Endpoint = {
  /** `METHOD /path` as the server registers it. */
  readonly route: string;
  readonly request: (target: Target) => Request;
  readonly expected: Readonly<Record<Target, Expected>>;
};

/** The list of routes shows what lies below a route without its beginning. */
const wholePath = (path: string): string => (path === '/:id' ? `${endpoints.filesUpload}/:id` : path);

describe('security matrix: endpoint × own, foreign and unknown × token', () => {
  let office: Office;
  let own: PlainClient;
  let foreign: PlainClient;
  let uploads: Readonly<Record<Target, string>>;
  /** Everything that was ever answered to others than the foreign unit. */
  const answered: string[] = [];

  const send = async (request: Request, token: string | null): Promise<Answer> => {
    const answer = await ask(office.server.url, {
      ...request,
      headers: {
        ...versions,
        ...request.headers,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    answered.push(JSON.stringify(answer.headers), answer.body);
    return answer;
  };

  beforeAll(async () => {
    office = await openOffice();
    own = await office.newDevice(await office.newUnit());
    foreign = await office.newDevice(await office.newUnit());
    for (const device of [own, foreign]) {
      await draft(device, `draft-${device.unit}`);
      await device.act(`${device.unit}-clerk`, 'intake.add', newIntake(device.unit, `item-${device.unit}`));
    }
    const secret = { subject: marker, body: fileOf(foreignBytes, `${marker}.pdf`) };
    await foreign.act(
      `${foreign.unit}-officer`,
      'outgoing.draft',
      newOutgoing(foreign.unit, 'secret', secret),
    );
    await own.act(
      `${own.unit}-officer`,
      'outgoing.draft',
      newOutgoing(own.unit, 'open', { body: fileOf(ownBytes) }),
    );
    await upload(own, ownBytes);
    await upload(foreign, foreignBytes);
    await office.admin(
      'people',
      'add',
      `--id=${foreign.unit}-marked`,
      `--unit=${foreign.unit}`,
      `--name=${marker}`,
      '--position=Cán bộ',
      '--roles=officer',
      '--pin=135790',
    );
    uploads = {
      own: await beginUpload(own, 'unfinished own'),
      foreign: await beginUpload(foreign, `${marker} unfinished`),
      unknown: `/v1/files/upload/${own.device}_${'0'.repeat(32)}`,
    };
  });
  afterAll(() => office?.stop());

  const unitOf = (target: Target): string =>
    ({ own: own.unit, foreign: foreign.unit, unknown: 'u00000000' })[target];
  const shaOf = (target: Target): string =>
    ({ own: sha256(ownBytes), foreign: sha256(foreignBytes), unknown: unknownSha })[target];
  const tus = { 'tus-resumable': '1.0.0' };
  const resultIs =
    (status: string, ...reasons: readonly string[]) =>
    (text: string) => {
      const [result] = (
        JSON.parse(text) as { results: { status: string; reason: string; rows: unknown[] }[] }
      ).results;
      expect(result?.status).toBe(status);
      if (reasons.length > 0) expect(reasons).toContain(result?.reason);
    };
  const all = (expected: Expected): Endpoint['expected'] => ({
    own: expected,
    foreign: expected,
    unknown: expected,
  });
  const ownOnly = (own: number, others: number): Endpoint['expected'] => ({
    own: { status: own },
    foreign: { status: others },
    unknown: { status: others },
  });

  /** Every endpoint that needs a token. A route of the server that is not here fails the first test. */
  const guarded: readonly Endpoint[] = [
    {
      route: `POST ${endpoints.push}`,
      request: (target) => {
        const unit = unitOf(target);
        const row = { id: `item-${unit}`, rev: 1 };
        const work = change('intake', row, { state: 'set-aside', note: 'đổi' });
        const op = own.operation(`${own.unit}-clerk`, 'intake.set-aside', [work]);
        return { method: 'POST', path: endpoints.push, body: { epoch: own.epoch, ops: [op] } };
      },
      expected: {
        own: { status: 200, body: resultIs('ok') },
        foreign: { status: 200, body: resultIs('rejected', 'NOT_FOUND', 'FORBIDDEN') },
        unknown: { status: 200, body: resultIs('rejected', 'NOT_FOUND') },
      },
    },
    {
      route: `POST ${endpoints.pull}`,
      request: (target) => ({
        method: 'POST',
        path: endpoints.pull,
        body: { epoch: own.epoch, cursors: { [`unit:${unitOf(target)}`]: 0 }, limit: 500 },
      }),
      expected: {
        own: { status: 200 },
        foreign: {
          status: 200,
          body: (text) => expect(JSON.parse(text).drop).toEqual([`unit:${foreign.unit}`]),
        },
        unknown: { status: 200, body: (text) => expect(JSON.parse(text).drop).toEqual(['unit:u00000000']) },
      },
    },
    {
      route: `POST ${endpoints.digest}`,
      request: (target) => ({
        method: 'POST',
        path: endpoints.digest,
        body: { bucket: `unit:${unitOf(target)}` },
      }),
      expected: ownOnly(200, 403),
    },
    {
      route: `GET ${endpoints.stream}`,
      request: () => ({ method: 'GET', path: endpoints.stream }),
      expected: all({ status: 200, body: (text) => expect(text).toContain(`unit:${own.unit}`) }),
    },
    {
      route: `GET ${endpoints.devices}`,
      request: () => ({ method: 'GET', path: endpoints.devices }),
      expected: all({ status: 200, body: (text) => expect(text).not.toContain(foreign.device) }),
    },
    {
      route: `GET ${endpoints.unitsSeen}`,
      request: () => ({ method: 'GET', path: endpoints.unitsSeen }),
      expected: all({ status: 403 }),
    },
    {
      route: `GET ${endpoints.pins}`,
      request: () => ({ method: 'GET', path: endpoints.pins }),
      expected: all({ status: 200, body: (text) => expect(text).not.toContain(foreign.unit) }),
    },
    {
      route: `POST ${endpoints.filesHave}`,
      request: (target) => ({ method: 'POST', path: endpoints.filesHave, body: { sha256: [shaOf(target)] } }),
      expected: {
        own: { status: 200, body: (text) => expect(JSON.parse(text).missing).toEqual([]) },
        foreign: { status: 200, body: (text) => expect(JSON.parse(text).missing).toHaveLength(1) },
        unknown: { status: 200, body: (text) => expect(JSON.parse(text).missing).toHaveLength(1) },
      },
    },
    ...['GET', 'HEAD'].map((method) => ({
      route: `${method} ${endpoints.files}/:sha`,
      request: (target: Target) => ({ method, path: `${endpoints.files}/${shaOf(target)}` }),
      expected: ownOnly(200, 404),
    })),
    {
      route: `HEAD ${endpoints.filesUpload}/:id`,
      request: (target) => ({ method: 'HEAD', path: uploads[target], headers: tus }),
      expected: ownOnly(200, 404),
    },
    {
      route: `PATCH ${endpoints.filesUpload}/:id`,
      request: (target) => ({
        method: 'PATCH',
        path: uploads[target],
        headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
        body: '',
      }),
      expected: ownOnly(204, 404),
    },
  ];

  it('names every route of the server', async () => {
    const app = buildApp(office.server.context, { level: 'silent', stream: process.stderr });
    const found: string[] = [];
    for (const [, path = '', methods = ''] of app
      .printRoutes({ commonPrefix: false })
      .matchAll(/── (\S+) \(([A-Z, ]+)\)/g))
      for (const method of methods.split(', ')) found.push(`${method} ${wholePath(path)}`);
    await app.close();
    const known = new Set([...guarded.map(({ route }) => route), ...covered]);
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter((route) => !known.has(route))).toEqual([]);
  });

  for (const endpoint of guarded) {
    for (const target of targets) {
      it(`${endpoint.route}: ${target}, with a good token`, async () => {
        await own.pull();
        const answer = await send(endpoint.request(target), own.access);
        expect(answer.status).toBe(endpoint.expected[target].status);
        endpoint.expected[target].body?.(answer.body);
      });
    }

    it(`${endpoint.route}: no token, a false, an expired, a changed and a self-made one open nothing`, async () => {
      const claims = { sub: own.device, unit: own.unit, iat: 0, exp: 2 ** 31 };
      const [head, body, seal] = own.access.split('.');
      const forUnit = Buffer.from(JSON.stringify({ ...claims, unit: foreign.unit })).toString('base64url');
      const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
      const secret = office.server.context.identity.tokenSecret;
      const tokens = {
        missing: null,
        garbage: 'x.y.z',
        expired: signToken({ ...claims, exp: 1 }, secret),
        'of another key': signToken(claims, randomBytes(32).toString('base64url')),
        'for another unit': `${head}.${forUnit}.${seal}`,
        'without a seal': `${none}.${body}.`,
      };
      for (const [name, token] of Object.entries(tokens)) {
        const answer = await send(endpoint.request('own'), token);
        expect([name, answer.status]).toEqual([name, 401]);
      }
      // Sealed by the server itself, for a unit that the device does not belong to.
      const moved = signToken({ ...claims, unit: foreign.unit }, secret);
      expect((await send(endpoint.request('foreign'), moved)).status).toBeGreaterThanOrEqual(401);
    });

    it(`${endpoint.route}: a revoked device is shut out`, async () => {
      const gone = await office.newDevice(own.unit);
      await office.admin('devices', 'revoke', `--id=${gone.device}`);
      const answer = await send(endpoint.request('own'), gone.access);
      expect(answer.status).toBe(403);
      if (answer.body !== '') expect(JSON.parse(answer.body).code).toBe('DEVICE_REVOKED');
    });
  }

  /** Routes that need no token, or that other tests of this file walk through. */
  const covered: readonly string[] = [
    `GET ${endpoints.health}`,
    `POST ${endpoints.enrol}`,
    `POST ${endpoints.token}`,
    `POST ${endpoints.deviceKey}`,
    `POST ${endpoints.lease}`,
    `POST ${endpoints.breakGlass}`,
    ...['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => `${method} ${endpoints.filesUpload}`),
    ...['POST', 'DELETE', 'OPTIONS'].map((method) => `${method} ${endpoints.filesUpload}/:id`),
  ];

  it('books: nobody takes or breaks open a book of another unit', async () => {
    const book = `${foreign.unit}:outgoing:2026:chung`;
    const lease = { kind: 'outgoing', year: 2026, series: 'chung', action: 'acquire', next: 0, headHash: '' };
    const taken = await send({ method: 'POST', path: endpoints.lease, body: lease }, own.access);
    expect(JSON.parse(taken.body).row.data.unit).toBe(own.unit);
    for (const body of [{ book, last: 9 }, { ...lease, book, unit: foreign.unit, last: 9 }, {}, null]) {
      const answer = await send({ method: 'POST', path: endpoints.breakGlass, body }, own.access);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
    for (const token of [null, 'x.y.z'])
      for (const path of [endpoints.lease, endpoints.breakGlass])
        expect((await send({ method: 'POST', path, body: lease }, token)).status).toBe(401);
  });

  it('uploads: another device cannot end or go on with an upload, and its own it can end', async () => {
    const end = (path: string) => send({ method: 'DELETE', path, headers: tus }, own.access);
    expect((await end(uploads.foreign)).status).toBe(404);
    expect((await end(uploads.unknown)).status).toBe(404);
    expect((await end(await beginUpload(own, 'to be ended'))).status).toBe(204);
    expect(
      (
        await ask(office.server.url, {
          method: 'HEAD',
          path: uploads.foreign,
          headers: { ...versions, ...tus, authorization: `Bearer ${foreign.access}` },
        })
      ).status,
    ).toBe(200);
  });

  it('a token request that is played again, late, or by another key is refused', async () => {
    const request = own.tokenRequest();
    const ask = (body: unknown) => send({ method: 'POST', path: endpoints.token, body }, null);
    expect((await ask(request)).status).toBe(200);
    expect((await ask(request)).status).toBe(403);
    expect((await ask(own.tokenRequest(undefined, Date.now() - 24 * 3_600_000))).status).toBe(403);
    expect((await ask({ ...own.tokenRequest(), deviceId: foreign.device })).status).toBe(403);
    expect((await ask({ ...own.tokenRequest(), signature: '' })).status).toBe(403);
  });

  it('every command × every role: who has not the role is refused, and a foreign or unknown person always', async () => {
    const roles = { clerk: 'clerk', leader: 'leader', officer: 'officer', secretary: 'secretary' } as const;
    for (const [command, rule] of Object.entries(commandTable)) {
      const [coll] = Object.keys(rule.touches);
      const changes = [change(coll ?? 'intake', { id: 'nothing-there', rev: 1 }, { note: '' })];
      for (const [name, role] of Object.entries(roles)) {
        const { status, reason } = await own.act(`${own.unit}-${name}`, command, ...changes);
        expect([command, role, status]).toEqual([command, role, 'rejected']);
        const mayAct = (rule.roles as readonly string[]).some(
          (allowed) => allowed === role || (name === 'leader' && allowed === 'chair'),
        );
        expect([
          command,
          role,
          reason === 'NOT_ALLOWED' && !mayAct ? 'no role' : mayAct ? 'role' : reason,
        ]).toEqual([command, role, mayAct ? 'role' : 'no role']);
      }
      for (const actor of [`${foreign.unit}-clerk`, 'nobody'])
        expect([command, (await own.act(actor, command, ...changes)).reason]).toEqual([command, 'FORBIDDEN']);
    }
  });

  it('paths that try to leave the store find nothing', async () => {
    const sha = sha256(foreignBytes);
    const paths = [
      '../../../../etc/passwd',
      '..%2f..%2f..%2f..%2fetc%2fpasswd',
      '%2e%2e/%2e%2e/etc/passwd',
      `${sha.slice(0, 2)}/${sha}`,
      sha.toUpperCase(),
      `${sha}%00`,
      `${sha}/`,
      sha.slice(1),
      '%',
      '.',
    ];
    for (const path of paths) {
      const answer = await send({ method: 'GET', path: `${endpoints.files}/${path}` }, own.access);
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
      expect(answer.body).not.toContain('root:');
    }
  });

  it('bodies that are too large, broken, too deep or of another kind are refused, and the server stays up', async () => {
    const { enrol, token, deviceKey, push, pull, digest, lease, breakGlass, filesHave } = endpoints;
    const posts = [enrol, token, deviceKey, push, pull, digest, lease, breakGlass, filesHave];
    const bodies = {
      'not JSON': '{"a":',
      'a number': '1',
      'too deep': '['.repeat(200_000),
      'a prototype': '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}',
      'too large': `{"a":"${'x'.repeat(1_100_000)}"}`,
      'no text at all': Buffer.from([0xff, 0xfe, 0x00, 0x80]),
    };
    for (const path of posts)
      for (const [name, raw] of Object.entries(bodies)) {
        const headers = { 'content-type': 'application/json' };
        const { status } = await send({ method: 'POST', path, body: raw, headers }, own.access);
        expect([path, name, status >= 400 && status < 500]).toEqual([path, name, true]);
      }
    for (const path of posts) {
      const { status } = await send(
        { method: 'POST', path, body: '<a/>', headers: { 'content-type': 'application/xml' } },
        own.access,
      );
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
    expect((await send({ method: 'GET', path: endpoints.health }, null)).status).toBe(200);
  });

  it('uploads with impossible lengths and places are refused', async () => {
    const begin = (more: Readonly<Record<string, string>>) =>
      send(
        {
          method: 'POST',
          path: endpoints.filesUpload,
          headers: {
            ...tus,
            'upload-metadata': `sha256 ${Buffer.from(unknownSha).toString('base64')}`,
            ...more,
          },
        },
        own.access,
      );
    for (const length of ['-1', 'many', '1e3', '9'.repeat(30), ''])
      expect([length, (await begin({ 'upload-length': length })).status >= 400]).toEqual([length, true]);
    expect((await begin({ 'upload-length': '5', 'upload-metadata': '' })).status).toBe(400);
    const place = await beginUpload(own, 'twelve bytes');
    const patch = (offset: string, body: string) =>
      send(
        {
          method: 'PATCH',
          path: place,
          body,
          headers: { ...tus, 'upload-offset': offset, 'content-type': 'application/offset+octet-stream' },
        },
        own.access,
      );
    expect((await patch('5', 'late')).status).toBe(409);
    expect((await patch('-1', 'x')).status).toBeGreaterThanOrEqual(400);
    expect((await patch('0', 'far more than was announced')).status).toBeGreaterThanOrEqual(400);
  });

  it('after all of it: no byte of the foreign unit was in any answer, and both units have what they had', async () => {
    expect(answered.length).toBeGreaterThan(200);
    const told = answered.join('\n');
    const traces = [marker, encodeURIComponent(marker), Buffer.from(marker).toString('base64')];
    expect(traces.filter((trace) => told.includes(trace))).toEqual([]);
    await foreign.pull();
    expect(foreign.row('intake', `item-${foreign.unit}`).data['state']).toBe('waiting');
    await office.admin('audit');
  });
});
