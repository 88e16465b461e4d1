import type { Desktop } from '@shared/ipc/desktop';
import { acquireBook, currentBookId } from './books';
import type { LocalStore } from './local-store';
import type { Session } from './session';

/**
 * A clerk's workstation takes the books of its unit that nobody holds, so that it can number from the first minute.
 * Errors: those of `acquireBook`.
 */
export async function claimFreeBooks(
  desktop: Desktop,
  store: LocalStore,
  session: Session,
  clock: () => number,
): Promise<void> {
  const { device, person } = session.state.value;
  if (device.enrolment !== 'enrolled' || person === null || !person.roles.includes('clerk')) return;
  for (const kind of ['incoming', 'outgoing'] as const) {
    const book = await store.read('books', currentBookId(device.unit, kind, clock()));
    // A book that somebody has held and given back waits for a person.
    if (book === null || book.epoch === 0) await acquireBook(desktop, store, kind, clock());
  }
}
