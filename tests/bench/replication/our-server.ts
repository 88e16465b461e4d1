import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../integration/server/postgres-cluster';
import { sampleIncoming, unit } from '../page/sample-rows';
import { startChildServer } from './child-server';

export type OurServer = {
  readonly url: string;
  readonly pid: number;
  readonly databaseUrl: string;
  /** An unused one-time code for the unit that the documents belong to. */
  readonly enrolmentCode: () => string;
  readonly stop: () => Promise<void>;
};

const root = path.resolve(import.meta.dirname, '..', '..');
const perStatement = 2_000;

/** The provincial server as it is shipped, on PostgreSQL, with the sample province and so many documents more. */
export async function startOurServer(data: string, documents: number): Promise<OurServer> {
  const postgres = await startPostgres();
  const server = await startChildServer([
    path.join(root, 'out', 'server', 'index.js'),
    '--port=0',
    `--data=${data}`,
    '--sample',
    '--log-level=warn',
    `--database-url=${postgres.url}`,
  ]);
  await seed(postgres.url, documents);
  const enrolment = JSON.parse(readFileSync(path.join(data, 'enrolment.json'), 'utf8')) as {
    readonly units: readonly { readonly unit: string; readonly codes: readonly string[] }[];
  };
  const codes = [...(enrolment.units.find((known) => known.unit === unit)?.codes ?? [])];
  return {
    url: server.url,
    pid: server.pid,
    databaseUrl: postgres.url,
    enrolmentCode: () => {
      const code = codes.shift();
      if (code === undefined) throw new Error('no enrolment code left');
      return code;
    },
    stop: async () => {
      await server.stop();
      await postgres.stop();
    },
  };
}

/** Writes rows straight into the tables, as if they had been pushed long ago: filling is not what is measured. */
async function seed(databaseUrl: string, documents: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (let from = 0; from < documents; from += perStatement)
      await seedPage(client, from, Math.min(perStatement, documents - from));
    await client.query('analyze entity');
    await client.query('analyze feed');
  } finally {
    await client.end();
  }
}

async function seedPage(client: pg.Client, from: number, length: number): Promise<void> {
  const rows = Array.from({ length }, (_, at) => sampleIncoming(from + at));
  const bucket = `unit:${unit}`;
  await client.query('begin');
  await client.query("select set_config('app.unit', '*', true)");
  await client.query(
    `insert into entity (coll, id, unit, rev, data, stamps, buckets, last_op)
     select 'incoming', r.data ->> 'id', $2, 1, r.data, '{}', array[$3], 'bench'
     from json_array_elements($1::json) as r(data)`,
    [JSON.stringify(rows), unit, bucket],
  );
  const { rows: heads } = await client.query<{ head: string }>(
    'update bucket set head = head + $2 where bucket = $1 returning head',
    [bucket, length],
  );
  await client.query(
    `insert into feed (bucket, seq, coll, id, rev, gone)
     select $1, $2 + r.at, 'incoming', r.data ->> 'id', 1, false
     from json_array_elements($3::json) with ordinality as r(data, at)`,
    [bucket, Number(heads[0]?.head ?? length) - length, JSON.stringify(rows)],
  );
  await client.query('commit');
}
