import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { PeerDocument, PulledPage, PushedRow } from './peer-wire';

/**
 * The plain server that RxDB's replication asks for, over PostgreSQL: documents in the order of their last change, and a
 * push that compares the state the client assumed. It knows no rights, no merge and no numbers, so it has less to do than ours.
 */
export async function startPeerServer(
  databaseUrl: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  await pool.query('create table peer (id text primary key, seq bigserial, data json not null)');
  await pool.query('create unique index peer_order on peer (seq)');
  const server = createServer((request, response) => {
    answer(pool, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => stop(server, pool) };
}

/** Puts documents there before anything is measured. */
export async function seedPeer(databaseUrl: string, documents: readonly PeerDocument[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      'insert into peer (id, data) select r.data ->> $2, r.data from json_array_elements($1::json) as r(data)',
      [JSON.stringify(documents), 'id'],
    );
  } finally {
    await client.end();
  }
}

async function stop(server: Server, pool: pg.Pool): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await pool.end();
}

async function answer(pool: pg.Pool, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = JSON.parse(await textOf(request)) as {
    after: number;
    limit: number;
    rows: readonly PushedRow[];
  };
  const result =
    request.url === '/pull' ? await pull(pool, body.after, body.limit) : await push(pool, body.rows);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function pull(pool: pg.Pool, after: number, limit: number): Promise<PulledPage> {
  const { rows } = await pool.query<{ seq: string; data: PeerDocument }>(
    'select seq, data from peer where seq > $1 order by peer.seq limit $2',
    [after, limit],
  );
  return { documents: rows.map(({ data }) => data), after: Number(rows.at(-1)?.seq ?? after) };
}

/** Gives the documents in conflict: those whose state on the server is not the one that the client assumed. */
async function push(pool: pg.Pool, rows: readonly PushedRow[]): Promise<readonly PeerDocument[]> {
  const ids = rows.map((row) => row.newDocumentState.id);
  const stored = await pool.query<{ id: string; data: PeerDocument }>(
    'select id, data from peer where id = any($1)',
    [ids],
  );
  const known = new Map(stored.rows.map(({ id, data }) => [id, data]));
  const isCurrent = ({ newDocumentState, assumedMasterState }: PushedRow): boolean =>
    JSON.stringify(known.get(newDocumentState.id)) === JSON.stringify(assumedMasterState);
  const accepted = rows.filter(isCurrent).map((row) => row.newDocumentState);
  await pool.query(
    `insert into peer (id, data) select r.data ->> 'id', r.data from json_array_elements($1::json) as r(data)
     on conflict (id) do update set data = excluded.data, seq = nextval('peer_seq_seq')`,
    [JSON.stringify(accepted)],
  );
  return rows.filter((row) => !isCurrent(row)).flatMap((row) => known.get(row.newDocumentState.id) ?? []);
}
