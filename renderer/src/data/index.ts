/** The public face of the local database: screens import from here and from nowhere deeper. */

export type { Planner, Reader } from '@shared/sync/client/carry-out';
export { commonSeries, currentBookId } from './books';
export type { Counts } from './counts';
export type { OutboxEntry } from './database';
export { fileUrl } from './file-url';
export * from './hooks';
export type { QuarantinedRow } from './local-store';
export { addNote, changeNote, useNotes } from './notes';
export { useOutbox, useQuarantine } from './outbox-view';
export { removeSecret } from './removal';
export { countRestored } from './restored';
export { sha256Text } from './sha256';
export * from './unit-books';
export { openWorkplace, type Workplace } from './workplace';
