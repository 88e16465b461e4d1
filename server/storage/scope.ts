import type { Session } from './port';

/**
 * Whom the transaction works for; `*` is the server itself. Every statement says it in its predicate; the row policies
 * of the database are the net below.
 */
export type Scope = { unit: string; buckets: readonly string[] };

/** From here to the end of the transaction the row policies admit only these buckets, and writing only for this unit. */
export async function actForUnit(session: Session, unit: string, buckets: readonly string[]): Promise<void> {
  await setScope(session, unit, buckets.join(','));
}

/** From here to the end of the transaction the server acts for itself: exchange, feed, administration. */
export async function actForServer(session: Session): Promise<void> {
  await setScope(session, '*', '');
}

/** The server puts back what a backup holds: what stood in the tables once needs no leave to stand there again. */
export async function actForRestore(session: Session): Promise<void> {
  await actForServer(session);
  await session.query("select set_config('app.restoring', 'on', true)");
}

async function setScope(session: Session, unit: string, buckets: string): Promise<void> {
  await session.query("select set_config('app.unit', $1, true), set_config('app.buckets', $2, true)", [
    unit,
    buckets,
  ]);
}
