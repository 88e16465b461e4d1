import { AppError } from '@shared/result/result';
import { schemaVersion } from '@shared/schema/rows';
import tables from './migrations/0001-tables.sql?raw';
import rowSecurity from './migrations/0002-row-security.sql?raw';
import fileRemoval from './migrations/0003-file-removal.sql?raw';
import grants from './migrations/0004-grants.sql?raw';
import { applicationRole, type Database } from './port';

/** Numbered scripts; each runs once, in order, and is never changed after it has been released. */
const migrations: readonly string[] = [tables, rowSecurity, fileRemoval, grants];

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

/**
 * Brings the tables to the newest version and gives the server its identity on the first start.
 * Throws UPDATE_REQUIRED when the data was written by a newer server.
 */
export async function migrate(database: Database, fresh: () => ServerIdentity): Promise<ServerIdentity> {
  await database.script(prepareRole);
  const done = await appliedVersion(database);
  if (done > migrations.length) throw new AppError('UPDATE_REQUIRED', `data version ${done}`);
  for (let version = done + 1; version <= migrations.length; version++) {
    await database.script(
      `begin;\n${migrations[version - 1] ?? ''}\ninsert into migration (version) values (${version});\ncommit;`,
    );
  }
  return identify(database, fresh());
}

function appliedVersion(database: Database): Promise<number> {
  return database.transaction('read-write', async (session) => {
    const rows = await session.query<{ version: number | null }>(
      'select max(version) as version from migration',
    );
    return rows[0]?.version ?? 0;
  });
}

async function identify(database: Database, fresh: ServerIdentity): Promise<ServerIdentity> {
  return database.transaction('read-write', async (session) => {
    await session.query(
      `insert into server (id, epoch, schema, token_secret) values ($1, $2, $3, $4) on conflict do nothing`,
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

/** Begins a new epoch: to be done after a backup was restored, so that devices send again what it does not hold. */
export async function beginEpoch(database: Database, epoch: string): Promise<void> {
  await database.transaction('read-write', (session) =>
    session.query('update server set epoch = $1', [epoch]),
  );
}
