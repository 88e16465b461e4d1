import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { PlainClient } from '../../integration/server/plain-client';
import { type PostgresCluster, startPostgres } from '../../integration/server/postgres-cluster';
import { type ChildServer, startChildServer } from '../replication/child-server';

/** Our server in a process of its own on a PostgreSQL of its own. */
export type LoadedServer = {
  readonly program: ChildServer;
  readonly cluster: PostgresCluster;
  readonly unit: string;
  /** Devices of the unit, with tokens. */
  readonly devices: readonly PlainClient[];
  readonly stop: () => Promise<void>;
};

const unit = 'xa';

/** Starts `server` (the bundle) and fills it with a unit, `devices` of it and `documents` in its bucket. */
export async function startLoadedServer(
  server: string,
  size: { readonly documents: number; readonly devices: number },
): Promise<LoadedServer> {
  const data = await mkdtemp(path.join(tmpdir(), 'cong-van-bench-'));
  const cluster = await startPostgres();
  const program = await startChildServer([
    server,
    '--port',
    '0',
    '--data',
    data,
    '--database-url',
    cluster.url,
    '--log-level',
    'warn',
  ]);
  const stop = async () => {
    await program.stop();
    await cluster.stop();
    await rm(data, { recursive: true, force: true });
  };
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  await client.query(`select set_config('app.unit', '*', false)`);
  await fill(client, size.documents);
  const devices: PlainClient[] = [];
  for (let n = 0; n < size.devices; n++) devices.push(await addDevice(client, program.url, `d${n}`));
  await client.query('vacuum analyze entity, feed');
  await client.end();
  return { program, cluster, unit, devices, stop };
}

/** Incoming documents as offices have them, about 1 kB each, written in one statement. */
async function fill(client: pg.Client, documents: number): Promise<void> {
  const row = {
    unit,
    state: 'done',
    bookId: `${unit}:incoming:2026:chung`,
    arrivalDate: '2026-03-02',
    number: '35',
    symbol: 'KH-LĐLĐ',
    date: '2026-02-27',
    issuer: 'Liên đoàn Lao động tỉnh Vĩnh Hòa',
    type: 'Kế hoạch',
    subject: 'Tổ chức Tháng Công nhân và các hoạt động chăm lo đời sống đoàn viên, người lao động năm 2026',
    signerName: 'Nguyễn Thị Minh Hằng',
    signerPosition: 'Phó Chủ tịch Thường trực',
    urgency: 'normal',
    pages: 4,
    paperPlace: 'Tủ 3, ngăn 2',
    dueDate: '2026-03-20',
    note: '',
    duplicateKey: '35|kh-lđlđ|liên đoàn lao động tỉnh',
    files: [
      {
        sha256: 'a'.repeat(64),
        size: 183_204,
        name: 'Ke-hoach-thang-cong-nhan.pdf',
        mime: 'application/pdf',
        kind: 'pdf',
        pages: 4,
      },
    ],
    exchangeFrom: '',
    exchangeOutgoing: '',
    submittedTo: `${unit}-ct`,
    assignment: null,
    opinions: {},
    returnReason: '',
    result: 'Đã triển khai đến các công đoàn cơ sở.',
    signatures: {},
    history: {
      h1: { by: `${unit}-vt`, at: '2026-03-02T08:00:00+07:00', what: 'incoming.register', detail: '' },
      h2: { by: `${unit}-vt`, at: '2026-03-02T09:00:00+07:00', what: 'incoming.submit', detail: '' },
    },
  };
  await client.query(
    `insert into entity (coll, id, unit, rev, data, stamps, buckets, last_op)
     select 'incoming', 'vb-' || n, $1, 1,
       $2::jsonb || jsonb_build_object('id', 'vb-' || n, 'newestFirst', 9000000000000 - n, 'arrivalNumber', n),
       '{}', array['unit:' || $1], 'bench'
     from generate_series(1, $3::integer) as n`,
    [unit, JSON.stringify(row), documents],
  );
  await client.query(
    `insert into feed (bucket, seq, coll, id, rev, gone)
     select 'unit:' || $1, n, 'incoming', 'vb-' || n, 1, false from generate_series(1, $2::integer) as n`,
    [unit, documents],
  );
  await client.query(`insert into bucket (bucket, head) values ('unit:' || $1, $2)`, [unit, documents]);
}

/** Written straight into the table: what is measured is not enrolment. */
async function addDevice(client: pg.Client, url: string, id: string): Promise<PlainClient> {
  const device = new PlainClient(url, Date.now);
  await client.query(
    `insert into device (id, unit, name, public_key, status, enrolled_at, last_seen)
     values ($1, $2, 'bench', $3::jsonb, 'active', now(), now())`,
    [id, unit, JSON.stringify(device.publicKey)],
  );
  device.device = id;
  device.unit = unit;
  await device.login();
  return device;
}
