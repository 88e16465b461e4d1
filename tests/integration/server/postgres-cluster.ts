import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { killTree } from '../../driver/process-tree';
import { freePort } from './free-port';

/** A PostgreSQL server of its own in a folder, reached through a free port on loopback. */
export type PostgresCluster = {
  readonly url: string;
  /** Ends all its processes at once, in the middle of what they do. */
  readonly crash: () => Promise<void>;
  /** Starts it again on what the disk holds; resolves when it has recovered. */
  readonly startAgain: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const startMs = 30_000;

/**
 * Starts the system's PostgreSQL (Debian package `postgresql`; installed first where that is allowed and needed), in a
 * temporary folder where `parent` does not say otherwise, with these settings beside its own.
 */
export async function startPostgres(
  settings: readonly string[] = [],
  parent = tmpdir(),
): Promise<PostgresCluster> {
  const bin = findBinaries() ?? installBinaries();
  const directory = mkdtempSync(path.join(parent, 'cong-van-pg-'));
  const user = unprivilegedUser();
  if (user !== null) chownSync(directory, user.uid, user.gid);
  const options = { cwd: directory, ...user };
  const data = path.join(directory, 'data');
  const layout = ['-D', data, '-U', 'union', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  execFileSync(path.join(bin, 'initdb'), layout, { ...options, stdio: 'pipe' });
  const port = await freePort();
  const own = ['listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`, ...settings];
  const words = ['-D', data, '-p', String(port), ...own.flatMap((setting) => ['-c', setting])];
  const start = async () => {
    const server = spawn(path.join(bin, 'postgres'), words, {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await untilReady(server.stderr);
    return server;
  };
  let server = await start();
  await addProvince(`postgresql://union@127.0.0.1:${port}/postgres`);
  return {
    url: `postgresql://province@127.0.0.1:${port}/province`,
    crash: () => ended(server, () => killTree(server.pid ?? 0)),
    startAgain: async () => {
      server = await start();
    },
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null)
        await ended(server, () => server.kill('SIGINT'));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function ended(server: ChildProcess, end: () => void): Promise<void> {
  const exit = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  end();
  await exit;
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
