import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpPort, withinTotalTime } from '../../../electron/network/http-port';

const pages: Readonly<Record<string, RequestListener>> = {
  '/echo': (request, response) => {
    request.pipe(response.writeHead(200, { 'content-type': request.headers['content-type'] ?? 'none' }));
  },
  '/1': (_request, response) => response.writeHead(302, { location: '/echo' }).end(),
  '/2': (_request, response) => response.writeHead(301, { location: '1' }).end(),
  '/3': (_request, response) => response.writeHead(307, { location: '/2' }).end(),
  '/4': (_request, response) => response.writeHead(302, { location: '/3' }).end(),
  '/loop': (_request, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/kb': (_request, response) => response.writeHead(200).end(Buffer.alloc(1024)),
  '/never': () => undefined,
  '/drip': (_request, response) => {
    const drip = setInterval(() => response.write('.'), 50);
    response.on('close', () => clearInterval(drip));
  },
  '/missing': (_request, response) => response.writeHead(404).end('no'),
};

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => pages[request.url ?? '']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const get = (path: string, limit = 4096, http = createHttpPort()): Promise<unknown> =>
  http.exchange({ url: path.includes(':') ? path : base + path, limit });

const body = { type: 'application/ocsp-request', bytes: Uint8Array.of(1, 2, 3) };

test('a body is posted with its type; the status and type of the answer are given', async () => {
  const answer = await createHttpPort().exchange({ url: `${base}/echo`, body, limit: 3 });
  expect(answer).toEqual({ status: 200, type: body.type, body: body.bytes });
  expect(await get('/missing')).toMatchObject({ status: 404 });
});

test('three redirects are followed, with the body; a fourth is not', async () => {
  const answer = await createHttpPort().exchange({ url: `${base}/3`, body, limit: 3 });
  expect(answer.body).toEqual(body.bytes);
  await expect(get('/4')).rejects.toMatchObject({
    code: 'SERVICE_UNREACHABLE',
    detail: 'too many redirects',
  });
  await expect(get('/loop')).rejects.toMatchObject({ detail: 'too many redirects' });
});

test.each(['/file', 'file:///etc/passwd', 'ldap://127.0.0.1/cn=x', 'nonsense:'])(
  '%s is not asked',
  async (path) => {
    await expect(get(path)).rejects.toMatchObject({
      code: 'SERVICE_UNREACHABLE',
      detail: 'not an HTTP address',
    });
  },
);

test('an answer may be as long as its limit, and not one byte longer', async () => {
  expect(await get('/kb', 1024)).toMatchObject({ status: 200 });
  await expect(get('/kb', 1023)).rejects.toMatchObject({
    code: 'SERVICE_UNREACHABLE',
    detail: 'answer too large',
  });
});

test.each(['/never', '/drip'])('%s: the time limit covers the whole exchange', async (path) => {
  const asked = get(path, 4096, createHttpPort(400));
  await expect(asked).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE', detail: 'timeout' });
});

test('one search: exchanges that take too long together end it', async () => {
  const http = withinTotalTime(createHttpPort(1000), 1500);
  const ask = (path: string): Promise<unknown> => http.exchange({ url: base + path, limit: 4096 });
  expect(await ask('/kb')).toMatchObject({ status: 200 });
  await expect(ask('/never')).rejects.toMatchObject({ detail: 'timeout' });
  await expect(ask('/never')).rejects.toMatchObject({ detail: 'timeout' });
  await expect(ask('/kb')).rejects.toMatchObject({ code: 'SERVICE_UNREACHABLE', detail: 'total time' });
});
