import type { DeviceState, Operations, StoredOperation } from '../sync/port';
import type { Session } from './port';

const deviceState = `select d.unit, d.status, d.last_n as "lastN", s.epoch
  from device d cross join server s where d.id = $1`;

/** Devices and their operations in the tables `device` and `op`. */
export function sqlOperations(session: Session): Operations {
  return {
    readDevice: async (id) => (await session.query<DeviceState>(deviceState, [id]))[0] ?? null,
    lockDevice: async (id) =>
      (await session.query<DeviceState>(`${deviceState} for update of d`, [id]))[0] ?? null,
    storedOperation: async (op) =>
      (await session.query<StoredOperation>('select body, result from op where op = $1', [op]))[0] ?? null,
    storeOperation: async (device, { body, result }, at) => {
      await session.query(
        `with known as (
           insert into op (op, device, n, at, body, result) values ($1, $2, $3, $4, $5::json, $6::json)
         )
         update device set last_n = $3, last_seen = $4 where id = $2`,
        [body.op, device, body.n, at, JSON.stringify(body), JSON.stringify(result)],
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
