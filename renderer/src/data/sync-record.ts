import type { ErrorCode } from '@shared/result/codes';
import type { LocalState } from '@shared/sync/client/local-state';

/** One round, as the report tells it. */
export type RoundRecord = {
  /** When it ended (milliseconds, by this machine's clock), and how long it took. */
  readonly at: number;
  readonly tookMs: number;
  readonly sent: number;
  readonly received: number;
  readonly rejected: number;
  readonly conflicts: number;
  /** What ended it before its time, or ''. */
  readonly problem: ErrorCode | '';
};

/** What this machine remembers of its rounds, also after a restart. */
export type SyncRecord = {
  /** When the last complete round ended (milliseconds), or 0. */
  readonly lastSync: number;
  /** The newest first. */
  readonly rounds: readonly RoundRecord[];
};

const key = 'sync-record';
const kept = 20;

export function readSyncRecord(state: LocalState): Promise<SyncRecord> {
  return state.get<SyncRecord>(key, { lastSync: 0, rounds: [] });
}

/** Remembers a round that has ended, well or not. Errors: DISK_FULL, IO. */
export async function noteRound(state: LocalState, round: RoundRecord): Promise<void> {
  const known = await readSyncRecord(state);
  const next = withRound(known, round);
  if (next !== known) await state.set(key, next);
}

/** The record after one more round. A look at the server that found nothing is worth no line, and neither is being offline. */
export function withRound(record: SyncRecord, round: RoundRecord): SyncRecord {
  const { lastSync, rounds } = record;
  const complete = round.problem === '';
  const worthALine = isWorthALine(round, rounds[0]);
  if (!complete && !worthALine) return record;
  return {
    lastSync: complete ? round.at : lastSync,
    rounds: worthALine ? [round, ...rounds].slice(0, kept) : rounds,
  };
}

function isWorthALine(round: RoundRecord, before: RoundRecord | undefined): boolean {
  if (round.sent + round.received + round.rejected + round.conflicts > 0) return true;
  const { problem } = round;
  // What fails again for the same reason is told once.
  return !['', 'OFFLINE', 'SERVER_UNREACHABLE', 'CANCELLED', before?.problem].includes(problem);
}
