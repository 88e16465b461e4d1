import type { DeviceState, Operations, StoredOperation } from '../sync/port';
import { jsonLines, textLines } from './json-lines';
import type { Session } from './port';

/** The tables that {@link isAwaited} is asked of. */
export const devicesOfServer = 'device d cross join server s';

/** True for a device whose word is still awaited in the present history of the data: see `server/sync/awaited-devices.ts`. */
export const isAwaited = `(d.status = 'active' and d.heard_epoch is distinct from s.epoch)`;

const deviceState = `select d.unit, d.status, d.last_n as "lastN", s.epoch, ${isAwaited} as awaited
  from ${devicesOfServer} where d.id = $1`;

/** Devices and their operations in the tables `device` and `op`. */
export function sqlOperations(session: Session): Operations {
  return {
    readDevice: async (id) => (await session.query<DeviceState>(deviceState, [id]))[0] ?? null,
    lockDevice: async (id) =>
      (await session.query<DeviceState>(`${deviceState} for update of d`, [id]))[0] ?? null,
    awaitedDevices: async (unit, except) => {
      const rows = await session.query<{ name: string }>(
        `select d.name from ${devicesOfServer}
         where d.unit = $1 and d.id <> $2 and ${isAwaited} order by d.name, d.id`,
        [unit, except],
      );
      return rows.map(({ name }) => name);
    },
    noteHeard: async (id) => {
      await session.query('update device set heard_epoch = (select epoch from server) where id = $1', [id]);
    },
    storedOperation: async (op) =>
      (await session.query<StoredOperation>('select body, result from op where op = $1', [op]))[0] ?? null,
    storeOperations: async (device, operations, at) => {
      // As texts: what an operation says may be something that no JSON function of the database can read.
      await session.query(
        `with known as (
           insert into op (op, device, n, at, body, result)
           select r.op, $5, r.n, $6, r.body::json, r.result::json
           from unnest($1::text[], $2::bigint[], ${textLines(3)}, ${textLines(4)}) as r(op, n, body, result)
         )
         update device set last_n = $7, last_seen = $6 where id = $5`,
        [
          operations.map(({ body }) => body.op),
          operations.map(({ body }) => body.n),
          jsonLines(operations.map(({ body }) => body)),
          jsonLines(operations.map(({ result }) => result)),
          device,
          at,
          operations.at(-1)?.body.n ?? 0,
        ],
      );
    },
    operationsNaming: (unit, id) =>
      session.query<StoredOperation>(
        `select body, result from op
         where device in (select id from device where unit = $1) and body::text like '%' || $2 || '%'`,
        [unit, id],
      ),
    replaceOperation: async ({ body, result }) => {
      await session.query('update op set body = $2::json, result = $3::json where op = $1', [
        body.op,
        JSON.stringify(body),
        JSON.stringify(result),
      ]);
    },
  };
}
