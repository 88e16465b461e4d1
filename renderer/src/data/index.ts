/** The public face of the local database: screens import from here and from nowhere deeper. */

export type { Planner, Reader } from '@shared/sync/client/carry-out';
export { commonSeries, currentBookId } from './books';
export { isClockOff } from './clock-fault';
export type { Counts } from './counts';
export type { OutboxEntry } from './database';
export { fileUrl } from './file-url';
export * from './hooks';
export type { QuarantinedRow } from './local-store';
export { addNote, changeNote, useNotes } from './notes';
export { removeSecret } from './removal';
export { countRestored } from './restored';
export { type RoundProgress, roundProgress } from './round-progress';
export { sha256Text } from './sha256';
export type { RoundRecord } from './sync-record';
export { useRefused, useRounds, useStuck, useWaiting } from './sync-views';
export * from './unit-books';
export { windowLock } from './window-lock';
export { openWorkplace, type Workplace } from './workplace';
