import { scrypt } from 'node:crypto';
import { AppError } from '@shared/result/result';
import type { PinVerifier } from '@shared/sync/protocol';
import type { Database } from '../storage/port';
import { actForServer, actForUnit } from '../storage/scope';

/** scrypt cost N of new verifiers, with r = 8, p = 1 and 32 bytes out: 16 MB and about 50 ms for each try. */
export const pinCost = 16_384;
const pinBytes = 32;

/** The verifier of a PIN: 4 to 12 digits, else INVALID_INPUT. */
export async function makeVerifier(person: string, pin: string, salt: Uint8Array): Promise<PinVerifier> {
  if (!/^\d{4,12}$/.test(pin)) throw new AppError('INVALID_INPUT', 'pin');
  const hash = await new Promise<Buffer>((resolve, reject) => {
    scrypt(pin, salt, pinBytes, { N: pinCost, r: 8, p: 1 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
  return {
    person,
    salt: Buffer.from(salt).toString('base64'),
    hash: hash.toString('base64'),
    cost: pinCost,
  };
}

/** Sets the verifier of a person of a unit. */
export async function setPin(database: Database, unit: string, verifier: PinVerifier): Promise<void> {
  await database.transaction('read-write', async (session) => {
    await actForServer(session);
    await session.query(
      `insert into pin (person, unit, salt, hash, cost) values ($1, $2, $3, $4, $5)
       on conflict (person) do update
       set unit = excluded.unit, salt = excluded.salt, hash = excluded.hash, cost = excluded.cost`,
      [verifier.person, unit, verifier.salt, verifier.hash, verifier.cost],
    );
  });
}

/** The verifiers of a unit's people: its workstations sign them in with no network. */
export function readPins(database: Database, unit: string): Promise<readonly PinVerifier[]> {
  return database.transaction('snapshot', async (session) => {
    await actForUnit(session, unit, []);
    return session.query<PinVerifier>(
      'select person, salt, hash, cost from pin where unit = $1 order by person',
      [unit],
    );
  });
}
