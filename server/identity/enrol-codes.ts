import { createHash } from 'node:crypto';
import type { Database } from '../storage/port';

// No 0/O, 1/I/L: codes are read out over the telephone.
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const codeLength = 12;

/** Lifetime of a code unless the administrator says otherwise. */
export const defaultCodeMinutes = 30;

/** A fresh code such as `7KQ2-M9XB-4TRD`, about 59 bits from the given random source. */
export function newEnrolCode(randomBytes: (size: number) => Uint8Array): string {
  let code = '';
  while (code.length < codeLength) {
    for (const byte of randomBytes(codeLength)) {
      // Bytes at the top of the range are thrown away, so that every letter is equally likely.
      if (byte < 256 - (256 % alphabet.length)) code += alphabet[byte % alphabet.length];
    }
  }
  return (code.slice(0, codeLength).match(/.{4}/g) ?? []).join('-');
}

/** What is stored of a code: its hash, whatever the spacing and letter case it was typed with. */
export function hashEnrolCode(code: string): string {
  const plain = code.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return createHash('sha256').update(`enrol:${plain}`, 'utf8').digest('hex');
}

/** Keeps the hash of a one-time code for a unit. Moments in milliseconds. */
export async function addEnrolCode(
  database: Database,
  code: string,
  unit: string,
  created: number,
  expires: number,
): Promise<void> {
  await database.transaction('read-write', (session) =>
    session.query('insert into enrol_code (hash, unit, created_at, expires_at) values ($1, $2, $3, $4)', [
      hashEnrolCode(code),
      unit,
      new Date(created).toISOString(),
      new Date(expires).toISOString(),
    ]),
  );
}

/** Which of these codes nobody has used yet. */
export function unusedCodes(database: Database, codes: readonly string[]): Promise<readonly string[]> {
  return database.transaction('snapshot', async (session) => {
    const rows = await session.query<{ hash: string }>(
      'select hash from enrol_code where hash = any($1::text[]) and device is null and expires_at > now()',
      [codes.map(hashEnrolCode)],
    );
    const unused = new Set(rows.map((row) => row.hash));
    return codes.filter((code) => unused.has(hashEnrolCode(code)));
  });
}
