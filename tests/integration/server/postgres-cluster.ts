import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { freePort } from './free-port';

/** A PostgreSQL server of its own in a temporary folder, reached through a free port on loopback. */
export type PostgresCluster = { readonly url: string; readonly stop: () => Promise<void> };

const startMs = 30_000;

/** Starts the system's PostgreSQL (Debian package `postgresql`; installed first where that is allowed and needed). */
export async function startPostgres(): Promise<PostgresCluster> {
  const bin = findBinaries() ?? installBinaries();
  const directory = mkdtempSync(path.join(tmpdir(), 'cong-van-pg-'));
  const user = unprivilegedUser();
  if (user !== null) chownSync(directory, user.uid, user.gid);
  const options = { cwd: directory, ...user };
  const data = path.join(directory, 'data');
  execFileSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'union', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    {
      ...options,
      stdio: 'pipe',
    },
  );
  const port = await freePort();
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${directory}`];
  const server = spawn(path.join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await untilReady(server.stderr);
  await addProvince(`postgresql://union@127.0.0.1:${port}/postgres`);
  return {
    url: `postgresql://province@127.0.0.1:${port}/province`,
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A database and its owner as a province would have them: no superuser, but allowed to make the application's role. */
async function addProvince(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create role province login createrole');
  await client.query('create database province owner province');
  await client.end();
}

function findBinaries(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [
    ...versions.map((version) => path.join(root, version, 'bin')),
    '/usr/local/bin',
    '/usr/bin',
  ];
  return (
    places.find((place) => ['initdb', 'postgres'].every((name) => existsSync(path.join(place, name)))) ?? null
  );
}

function installBinaries(): string {
  if (process.getuid?.() === 0) {
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], { stdio: 'pipe' });
  }
  const found = findBinaries();
  if (found === null) throw new Error('These tests need PostgreSQL: apt-get install postgresql');
  return found;
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function untilReady(log: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = '';
    const limit = setTimeout(() => reject(new Error(`PostgreSQL did not start:\n${seen}`)), startMs);
    log.on('data', (chunk: Buffer) => {
      seen = (seen + chunk.toString('utf8')).slice(-4_000);
      if (!seen.includes('ready to accept connections')) return;
      clearTimeout(limit);
      resolve();
    });
  });
}
