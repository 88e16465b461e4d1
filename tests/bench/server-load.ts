import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { endpoints, type PullResponse, protocolHeaders } from '@shared/sync/protocol';
import pg from 'pg';
import { signToken } from '../../server/identity/jwt';
import { unit } from './page/sample-rows';
import { type OurServer, startOurServer } from './replication/our-server';
import { alternate, type Row, timed } from './rounds';

export type ServerPlan = { readonly documents: number; readonly listeners: number; readonly rounds: number };

const documentsPerSecond = 10_000;
const listenerMegabytes = 50;
const streamsPerDevice = 4;
const rowsPerPage = 2_000;
const openedTogether = 20;
const settleMs = 3_000;

/** What the server alone can do on PostgreSQL: rows a second to one reader, and what idle listeners cost. */
export async function measureServer(folder: string, plan: ServerPlan): Promise<readonly Row[]> {
  const server = await startOurServer(folder, plan.documents);
  try {
    const tokens = await makeDevices(server, Math.ceil(plan.listeners / streamsPerDevice));
    const [reader = ''] = tokens;
    const pull = await alternate(plan.rounds, {
      ours: () => timed(() => pullAll(server.url, reader, plan.documents)),
      limit: () => Promise.resolve((plan.documents / documentsPerSecond) * 1000),
    });
    const before = residentMegabytes(server.pid);
    const streams = await listen(server.url, tokens, plan.listeners);
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const grown = Math.max(0, residentMegabytes(server.pid) - before);
    for (const stop of streams) stop();
    const of = (count: number) => count.toLocaleString('en');
    return [
      {
        what: `server: ${of(plan.documents)} documents to one reader`,
        against: `${of(documentsPerSecond)} a second`,
        target: 1,
        ...pull,
      },
      {
        what: `server: ${of(plan.listeners)} idle listeners`,
        against: 'limit',
        target: 1,
        unit: 'MB',
        ours: [grown],
        limit: [listenerMegabytes],
      },
    ];
  } finally {
    await server.stop();
  }
}

/** Devices of the unit that were enrolled long ago, and a token for each. */
async function makeDevices(server: OurServer, count: number): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    const ids = Array.from({ length: count }, (_, index) => `bench-${index}`);
    await client.query(
      `insert into device (id, unit, name, public_key, status, enrolled_at, last_seen)
       select id, $2, id, '{}', 'active', now(), now() from unnest($1::text[]) as d(id)`,
      [ids, unit],
    );
    const { rows } = await client.query<{ token_secret: string }>('select token_secret from server');
    const seconds = Math.floor(Date.now() / 1000);
    return ids.map((sub) =>
      signToken({ sub, unit, iat: seconds, exp: seconds + 3_600 }, rows[0]?.token_secret ?? ''),
    );
  } finally {
    await client.end();
  }
}

async function pullAll(url: string, token: string, expected: number): Promise<void> {
  let epoch = '';
  let cursors: Record<string, number> = {};
  let received = 0;
  for (let more = true; more; ) {
    const response = await fetch(url + endpoints.pull, {
      method: 'POST',
      headers: { ...protocolHeaders, 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ epoch, cursors, limit: rowsPerPage }),
    });
    if (!response.ok) throw new Error(`pull: ${response.status} ${await response.text()}`);
    const page = (await response.json()) as PullResponse;
    epoch = page.epoch;
    cursors = Object.fromEntries(page.buckets.map(({ bucket, next }) => [bucket, next]));
    received += page.buckets.reduce((sum, { rows }) => sum + rows.length, 0);
    more = page.buckets.some((bucket) => bucket.more);
  }
  if (received < expected) throw new Error(`pulled ${received} of ${expected}`);
}

/** Opens event streams, a few at a time; gives what ends each. All have had their first event. */
async function listen(
  url: string,
  tokens: readonly string[],
  count: number,
): Promise<readonly (() => void)[]> {
  const open: (() => void)[] = [];
  while (open.length < count) {
    const next = Array.from({ length: Math.min(openedTogether, count - open.length) }, (_, index) =>
      openStream(url, tokens[(open.length + index) % tokens.length] ?? ''),
    );
    open.push(...(await Promise.all(next)));
  }
  return open;
}

function openStream(url: string, token: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const headers = { ...protocolHeaders, authorization: `Bearer ${token}` };
    const sent = request(url + endpoints.stream, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`stream: ${response.statusCode}`));
      response.once('data', () => resolve(() => sent.destroy()));
    });
    sent.once('error', reject);
    sent.end();
  });
}

/** Memory of a process that is in RAM (Linux). */
function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
