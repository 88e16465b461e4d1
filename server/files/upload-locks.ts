import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server';
import type { Database } from '../storage/port';

/** How often a holder shows that it is alive and asks whether somebody wants its place. */
const renewMs = 1_000;
/** A holder that was not seen for this long has died. */
const deadAfter = '15 seconds';
const retryMs = 100;
const giveUpMs = 30_000;

/**
 * Locks of tus uploads in the database, so that a request that goes on through another process waits for, and takes
 * over from, the one whose connection has died. `newHolder` gives a fresh name for each lock.
 */
export class UploadLocks implements Locker {
  readonly #database: Database;
  readonly #newHolder: () => string;

  constructor(database: Database, newHolder: () => string) {
    this.#database = database;
    this.#newHolder = newHolder;
  }

  newLock(id: string): Lock {
    return new UploadLock(this.#database, id, this.#newHolder());
  }
}

class UploadLock implements Lock {
  readonly #database: Database;
  readonly #id: string;
  readonly #holder: string;
  #renewal: NodeJS.Timeout | undefined;

  constructor(database: Database, id: string, holder: string) {
    this.#database = database;
    this.#id = id;
    this.#holder = holder;
  }

  /** Waits until nobody else writes; `requestRelease` is called once somebody else wants to. */
  async lock(stopSignal: AbortSignal, requestRelease: RequestRelease): Promise<void> {
    const giveUp = AbortSignal.any([stopSignal, AbortSignal.timeout(giveUpMs)]);
    while (!(await this.#take())) {
      if (giveUp.aborted) throw ERRORS.ERR_LOCK_TIMEOUT;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
    this.#renewal = setInterval(() => {
      // A database that does not answer is no reason to go on writing unseen.
      this.#renew().then(
        (stays) => (stays ? undefined : requestRelease()),
        () => requestRelease(),
      );
    }, renewMs);
  }

  async unlock(): Promise<void> {
    clearInterval(this.#renewal);
    await this.#query('delete from upload_lock where id = $1 and holder = $2 returning id');
  }

  /** True when the place is ours; otherwise whoever has it will learn that it is wanted. */
  async #take(): Promise<boolean> {
    const taken = await this.#query(
      `insert into upload_lock as l (id, holder) values ($1, $2)
       on conflict (id) do update set holder = excluded.holder, wanted = false, seen = clock_timestamp()
       where l.seen < clock_timestamp() - interval '${deadAfter}' returning id`,
    );
    if (taken.length > 0) return true;
    await this.#query(
      'update upload_lock set wanted = true where id = $1 and holder <> $2 and not wanted returning id',
    );
    return false;
  }

  async #renew(): Promise<boolean> {
    const held = await this.#query(
      'update upload_lock set seen = clock_timestamp() where id = $1 and holder = $2 and not wanted returning id',
    );
    return held.length > 0;
  }

  #query(sql: string): Promise<readonly unknown[]> {
    return this.#database.transaction('read-write', (session) =>
      session.query(sql, [this.#id, this.#holder]),
    );
  }
}
