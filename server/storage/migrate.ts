import { AppError } from '@shared/result/result';
import { schemaVersion } from '@shared/schema/rows';
import tables from './migrations/0001-tables.sql?raw';
import rowSecurity from './migrations/0002-row-security.sql?raw';
import fileRemoval from './migrations/0003-file-removal.sql?raw';
import grants from './migrations/0004-grants.sql?raw';
import uploadLocks from './migrations/0005-upload-locks.sql?raw';
import deviceKey from './migrations/0006-device-key.sql?raw';
import bookRules from './migrations/0007-book-rules.sql?raw';
import numberChain from './migrations/0008-number-chain.sql?raw';
import cancelledNumbers from './migrations/0009-cancelled-numbers.sql?raw';
import heardDevices from './migrations/0010-heard-devices.sql?raw';
import { applicationRole, type Database, type OwnerSession, type Session, sqlState } from './port';

/**
 * Numbered scripts; each runs once, in order, and is never changed after it has been released. Each must leave the
 * server program of the version before it working: processes of that version go on while it runs and after it.
 */
export const migrations: readonly string[] = [
  tables,
  rowSecurity,
  fileRemoval,
  grants,
  uploadLocks,
  deviceKey,
  bookRules,
  numberChain,
  cancelledNumbers,
  heardDevices,
];

/** What a server is called and signs its tokens with. */
export type ServerIdentity = {
  readonly id: string;
  readonly epoch: string;
  readonly tokenSecret: string;
};

// Roles belong to the whole cluster: another database of it may be creating the same one at this moment, and a user
// that may not create roles can be given this one beforehand: `set role` in the first transaction tells.
const prepareRole = `
do $$ begin
  if not exists (select from pg_roles where rolname = '${applicationRole}') then
    create role ${applicationRole} nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  execute format('grant ${applicationRole} to %I', current_user);
exception when insufficient_privilege then null;
end $$;
create table if not exists migration (version integer primary key, at timestamptz not null default now());
grant select on migration to ${applicationRole};
`;

// A migration waits this long for a table that is in use, lets everybody else go on, and tries again.
const lockTimeout = '2s';
const statementTimeout = '10min';
const retryMs = 500;
const retries = 240;
const lockNotAvailable = '55P03';

/**
 * Brings the tables to the newest version while other processes may be serving from them, and gives the server its
 * identity on the first start. Throws UPDATE_REQUIRED when the data was written by a newer server.
 */
export async function migrate(
  database: Database,
  fresh: () => ServerIdentity,
  scripts: readonly string[] = migrations,
): Promise<ServerIdentity> {
  await patiently(database, (session) => session.script(prepareRole));
  for (const [index, script] of scripts.entries()) {
    await patiently(database, (session) => runOnce(session, index + 1, script));
  }
  return identify(database, fresh(), scripts.length);
}

/** One process at a time; whoever comes second finds the work done. */
async function runOnce(session: OwnerSession, version: number, script: string): Promise<void> {
  const [done] = await session.query('select from migration where version = $1', [version]);
  if (done !== undefined) return;
  await session.script(script);
  await session.query('insert into migration (version) values ($1)', [version]);
}

async function patiently(database: Database, work: (session: OwnerSession) => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.asOwner(async (session) => {
        await session.script(`set local statement_timeout = '${statementTimeout}'`);
        await session.query(`select pg_advisory_xact_lock(hashtextextended('migrate', 0))`);
        await session.script(`set local lock_timeout = '${lockTimeout}'`);
        await work(session);
      });
    } catch (error) {
      if (attempt === retries || sqlState(error) !== lockNotAvailable) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}

async function identify(database: Database, fresh: ServerIdentity, version: number): Promise<ServerIdentity> {
  return database.transaction('read-write', async (session) => {
    await refuseNewer(session, version);
    await session.query(
      `insert into server (id, epoch, schema, token_secret) values ($1, $2, $3, $4)
       on conflict (one) do update set schema = greatest(server.schema, excluded.schema)`,
      [fresh.id, fresh.epoch, schemaVersion, fresh.tokenSecret],
    );
    const rows = await session.query<{ id: string; epoch: string; schema: number; token_secret: string }>(
      'select id, epoch, schema, token_secret from server',
    );
    const server = rows[0];
    if (server === undefined) throw new AppError('INTERNAL', 'server row');
    if (server.schema > schemaVersion) throw new AppError('UPDATE_REQUIRED', `schema ${server.schema}`);
    return { id: server.id, epoch: server.epoch, tokenSecret: server.token_secret };
  });
}

async function refuseNewer(session: Session, version: number): Promise<void> {
  const [newest] = await session.query<{ version: number }>('select max(version) as version from migration');
  if ((newest?.version ?? 0) > version)
    throw new AppError('UPDATE_REQUIRED', `data version ${newest?.version ?? 0}`);
}

/** Begins a new epoch: to be done after a backup was restored, so that devices send again what it does not hold. */
export async function beginEpoch(database: Database, epoch: string): Promise<void> {
  await database.transaction('read-write', (session) =>
    session.query('update server set epoch = $1', [epoch]),
  );
}
