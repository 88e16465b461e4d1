import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { administer } from '../../../server/cli/admin';
import { openStorage } from '../../../server/server';
import type { Database } from '../../../server/storage/port';
import { PlainClient } from './plain-client';
import { type PostgresCluster, startPostgres } from './postgres-cluster';
import { entry, type Program, startProgram } from './program';

export const engines = ['pglite', 'postgres'] as const;
export type Engine = (typeof engines)[number];

/** How the program ended and what it said. */
export type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** A data folder with its database on one of the engines, and the program that works on it. */
export type Place = {
  readonly data: string;
  readonly engine: Engine;
  /** Runs the program as `admin …` in a process of its own, whatever it ends with. */
  readonly run: (...args: readonly string[]) => Ended;
  /** The same command without a process of its own: through the socket of the running server, or on the data. */
  readonly admin: (...args: readonly string[]) => Promise<string>;
  readonly start: () => Promise<Program>;
  /** The database itself, while no server has it. */
  readonly openDatabase: () => Promise<Database>;
  /** A device of a unit, enrolled at a running server, signed in and up to date. */
  readonly newDevice: (server: Program, unit: string) => Promise<PlainClient>;
};

/** Makes places for the tests of one file, and removes them all. */
export class Places {
  #cluster: PostgresCluster | undefined;
  #databases = 0;
  readonly #folders: string[] = [];
  readonly #running: Program[] = [];

  /** A folder that is removed in the end. */
  async folder(): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), 'cong-van-place-'));
    this.#folders.push(folder);
    return folder;
  }

  /** A place in a folder of its own, or in this one. */
  async make(engine: Engine, folder?: string): Promise<Place> {
    const data = folder ?? (await this.folder());
    const databaseUrl = engine === 'postgres' ? await this.#newDatabase() : undefined;
    const database = databaseUrl === undefined ? [] : ['--database-url', databaseUrl];
    const run = (...args: readonly string[]): Ended => {
      const words = [entry, 'admin', '--data', data, ...database, ...args];
      const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
      return { status, stdout: stdout.trim(), stderr: stderr.trim() };
    };
    const admin = async (...args: readonly string[]) => {
      const answer = await administer({ kind: 'admin', data, databaseUrl, files: undefined, args });
      if (answer.faulty) throw new Error(answer.text);
      return answer.text;
    };
    return {
      data,
      engine,
      run,
      admin,
      start: async () => {
        const program = await startProgram(data, '--log-level', 'warn', ...database);
        this.#running.push(program);
        return program;
      },
      openDatabase: () => openStorage({ data, ...(databaseUrl === undefined ? {} : { databaseUrl }) }),
      newDevice: async (server, unit) => {
        const client = new PlainClient(server.url, Date.now);
        await client.enrol(await admin('enrol-code', 'create', '--unit', unit));
        await client.login();
        await client.pull();
        return client;
      },
    };
  }

  /** Ends what still runs and removes everything. */
  async close(): Promise<void> {
    for (const program of this.#running) await program.end('SIGKILL');
    await this.#cluster?.stop();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }

  async #newDatabase(): Promise<string> {
    this.#cluster ??= await startPostgres();
    const url = new URL(this.#cluster.url);
    const name = `place_${++this.#databases}`;
    const owner = new pg.Client({ connectionString: `postgresql://union@${url.host}/postgres` });
    await owner.connect();
    await owner.query(`create database ${name} owner province`);
    await owner.end();
    return `postgresql://province@${url.host}/${name}`;
  }
}

/** Makes a unit with a clerk, whose id is `<unit>-clerk`. */
export async function addUnit(place: Place, id: string): Promise<void> {
  const unit = [`--id=${id}`, `--name=Đơn vị ${id}`, '--symbol=CĐ', '--level=grassroots'];
  await place.admin('units', 'add', ...unit);
  const clerk = [`--id=${id}-clerk`, `--unit=${id}`, '--name=Văn thư', '--position=Văn thư', '--roles=clerk'];
  await place.admin('people', 'add', ...clerk);
}
