import { AppError } from '@shared/result/result';
import type { Database } from '../storage/port';
import type { Author } from '../sync/author';
import { type Claims, readToken } from './jwt';

/** How long a device's standing is believed before it is looked up again: a revocation elsewhere acts within this time. */
export const standingMs = 20_000;

type Standing = {
  readonly status: string;
  readonly unit: string;
  /** Tokens of an earlier second belong to a key that was replaced; 0 for a device with its first key. */
  readonly keySince: number;
  readonly at: number;
};

/** Checks who is calling, with a short memory of the standing of devices. */
export class AccessControl {
  readonly #database: Database;
  readonly #secret: string;
  readonly #now: () => number;
  readonly #standings = new Map<string, Standing>();

  constructor(database: Database, secret: string, now: () => number) {
    this.#database = database;
    this.#secret = secret;
    this.#now = now;
  }

  /** The device of an `Authorization: Bearer` header. FORBIDDEN (`token`) or DEVICE_REVOKED. */
  async authenticate(authorization: string | undefined): Promise<Author> {
    const token = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '')?.[1];
    const claims = token === undefined ? null : readToken(token, this.#secret, this.#now());
    if (claims === null) throw new AppError('FORBIDDEN', 'token');
    const standing = await this.#standingOf(claims);
    // Restored to a day before the enrolment: nobody has shut this device out, and the way to a new token tells it.
    if (standing.status === 'unknown') throw new AppError('FORBIDDEN', 'token');
    if (standing.status !== 'active') throw new AppError('DEVICE_REVOKED');
    // Moved to another unit since: a new token says which.
    if (standing.unit !== claims.unit) throw new AppError('FORBIDDEN', 'token');
    if (claims.iat < standing.keySince) throw new AppError('DEVICE_REVOKED', 'replaced');
    return { device: claims.sub, unit: standing.unit };
  }

  /** Forgets what is known, so that a revocation through this process acts at once. */
  forget(): void {
    this.#standings.clear();
  }

  async #standingOf({ sub: device, unit }: Claims): Promise<Standing> {
    const known = this.#standings.get(device);
    const now = this.#now();
    // What is remembered may be older than a token for another unit.
    if (known !== undefined && now - known.at < standingMs && known.unit === unit) return known;
    const found = await this.#database.transaction('snapshot', (session) =>
      session.query<{ status: string; unit: string; since: string | null }>(
        'select status, unit, floor(extract(epoch from key_since)) as since from device where id = $1',
        [device],
      ),
    );
    const { status, unit: place, since } = found[0] ?? { status: 'unknown', unit: '', since: null };
    const standing = { status, unit: place, keySince: Number(since ?? 0), at: now };
    this.#standings.set(device, standing);
    return standing;
  }
}
