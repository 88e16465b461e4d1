import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addUnit, type Place, Places } from './engines';
import { freePort } from './free-port';
import { PlainClient, sha256, versions } from './plain-client';
import { buildProgram, type Program } from './program';
import { newIntake } from './rows';

const example = path.resolve(import.meta.dirname, '../../../build/deploy/nginx.conf');
const places = new Places();

/** Debian's nginx, installed first where that is allowed and needed. */
function findNginx(): string {
  const found = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((file) => existsSync(file));
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0) throw new Error('These tests need nginx: apt-get install nginx-light');
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'nginx-light'], { stdio: 'pipe' });
  return findNginx();
}

type Proxy = { readonly url: string; readonly plainUrl: string; readonly stop: () => Promise<void> };

/** nginx with the example of build/deploy, but for addresses, certificate and log. */
async function startProxy(folder: string, server: Program): Promise<Proxy> {
  const [tls, plain] = [await freePort(), await freePort()];
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
  const subject = ['-subj', '/CN=localhost', '-days', '2', '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...newKey, ...subject], { stdio: 'pipe' });
  const site = (await readFile(example, 'utf8'))
    .replaceAll(/^ *listen \[::\].*\n/gm, '')
    .replace('listen 443', `listen 127.0.0.1:${tls}`)
    .replace('listen 80', `listen 127.0.0.1:${plain}`)
    .replace('server 127.0.0.1:7410', `server ${new URL(server.url).host}`)
    .replace('/etc/cong-van/tls/fullchain.pem', certificate)
    .replace('/etc/cong-van/tls/privkey.pem', key)
    .replace('/var/log/nginx/cong-van.log', path.join(folder, 'access.log'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${path.join(folder, name)};`)
    .join('\n');
  const main = `pid ${folder}/nginx.pid; error_log ${folder}/error.log; worker_processes 1; events {}\nhttp {\n${temporary}\n${site}\n}\n`;
  const config = path.join(folder, 'nginx.conf');
  await writeFile(config, main);
  await mkdir(path.join(folder, 'logs'), { recursive: true });
  const nginx = findNginx();
  const options = ['-c', config, '-p', folder];
  execFileSync(nginx, ['-t', ...options], { stdio: 'pipe' });
  const child = spawn(nginx, [...options, '-g', 'daemon off;'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `https://127.0.0.1:${tls}`;
  await vi.waitFor(async () => expect((await fetch(`${url}/v1/health`)).status).toBe(200), {
    timeout: 20_000,
  });
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { url, plainUrl: `http://127.0.0.1:${plain}`, stop };
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const tus = { 'tus-resumable': '1.0.0' };

describe('the example of a reverse proxy in build/deploy', () => {
  let place: Place;
  let proxy: Proxy;
  let device: PlainClient;
  beforeAll(async () => {
    // Its certificate is signed by nobody.
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    buildProgram();
    place = await places.make('pglite');
    await addUnit(place, 'xa');
    proxy = await startProxy(await places.folder(), await place.start());
    device = new PlainClient(proxy.url, Date.now);
    await device.enrol(await place.admin('enrol-code', 'create', '--unit=xa'));
    await device.login();
    await device.pull();
  });
  afterAll(async () => {
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    await proxy?.stop();
    await places.close();
  });

  const send = (options: RequestOptions, body: string) =>
    new Promise<number>((resolve, reject) => {
      const asked = request(
        `${proxy.url}${options.path}`,
        { rejectUnauthorized: false, ...options },
        (answer) => {
          answer.resume();
          answer.once('end', () => resolve(answer.statusCode ?? 0));
        },
      );
      asked.once('error', reject);
      asked.end(body);
    });

  it('plain HTTP is sent to TLS, and what is no address of the server ends at the proxy', async () => {
    const moved = await new Promise<string>((resolve, reject) => {
      plainRequest(`${proxy.plainUrl}/v1/health`, (answer) => {
        answer.resume();
        resolve(`${answer.statusCode} ${answer.headers.location}`);
      })
        .once('error', reject)
        .end();
    });
    expect(moved).toBe('308 https://127.0.0.1/v1/health');
    expect((await fetch(`${proxy.url}/metrics`)).status).toBe(404);
  });

  it('work goes through; a body of more than 1 MB does not', async () => {
    expect(await device.act('xa-clerk', 'intake.add', newIntake('xa', 'p-1'))).toMatchObject({
      status: 'ok',
    });
    const large = await device.raw('/v1/sync/pull', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ epoch: 'x'.repeat(1_100_000) }),
    });
    expect(large.status).toBe(413);
  });

  it('pokes of the event stream come through while it is open', async () => {
    const ending = new AbortController();
    const stream = await device.raw('/v1/sync/stream', { signal: ending.signal });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => (await reader?.read())?.value ?? '';
    expect(await next()).toContain('event: poke');
    await device.act('xa-clerk', 'intake.add', newIntake('xa', 'p-2'));
    expect(await next()).toContain('unit:xa');
    ending.abort();
  });

  it('an upload that is cut in the middle goes on where it broke; ranges of the file come back', async () => {
    const bytes = randomBytes(3_000_000);
    const begun = await device.raw('/v1/files/upload', {
      method: 'POST',
      headers: {
        ...tus,
        'upload-length': String(bytes.length),
        'upload-metadata': `sha256 ${base64(sha256(bytes))}`,
      },
    });
    expect(begun.status).toBe(201);
    const location = begun.headers.get('location') ?? '';
    expect(location).toMatch(/^\/v1\/files\/upload\//);
    const headers = (offset: number) => ({
      ...versions,
      ...tus,
      authorization: `Bearer ${device.access}`,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(offset),
    });
    const torn = request(`${proxy.url}${location}`, {
      method: 'PATCH',
      rejectUnauthorized: false,
      headers: { ...headers(0), 'content-length': bytes.length },
    });
    torn.on('error', () => undefined);
    await new Promise<void>((resolve) => torn.write(bytes.subarray(0, 2_000_000), () => resolve()));
    torn.destroy();
    const offset = async () =>
      Number((await device.raw(location, { method: 'HEAD', headers: tus })).headers.get('upload-offset'));
    await expect.poll(offset, { timeout: 20_000 }).toBeGreaterThan(0);
    const arrived = await offset();
    const rest = await device.raw(location, {
      method: 'PATCH',
      headers: headers(arrived),
      body: bytes.subarray(arrived) as Uint8Array<ArrayBuffer>,
    });
    expect(rest.status).toBe(204);

    const part = await device.raw(`/v1/files/${sha256(bytes)}`, {
      headers: { range: 'bytes=1000000-1000099' },
    });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1000000-1000099/3000000']);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1_000_000, 1_000_100))).toBe(true);
    const known = { headers: { 'if-none-match': `"${sha256(bytes)}"` } };
    expect((await device.raw(`/v1/files/${sha256(bytes)}`, known)).status).toBe(304);
  });

  it('who guesses enrolment codes is slowed down by the own address, not everybody behind the proxy', async () => {
    const guess = (localAddress: string) => {
      const body = JSON.stringify({ code: 'AAAA-AAAA-AAAA', name: 'x', publicKey: device.publicKey });
      const headers = { ...versions, 'content-type': 'application/json' };
      return send({ path: '/v1/enrol', method: 'POST', headers, localAddress }, body);
    };
    for (let n = 0; n < 20; n++) expect(await guess('127.0.0.2')).toBe(403);
    expect(await guess('127.0.0.2')).toBe(429);
    expect(await guess('127.0.0.3')).toBe(403);
  });
});
