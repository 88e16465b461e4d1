import type { ErrorCode } from '@shared/result/codes';
import type { AppError } from '@shared/result/result';
import { isClockOff, useSyncStatus } from '../../../data';
import { errorText, messageOf, t } from '../../../i18n';
import { Notice } from '../../../ui';
import { useLasting } from '../use-lasting';

const offline: ReadonlySet<ErrorCode> = new Set(['OFFLINE', 'SERVER_UNREACHABLE']);

/** What keeps rounds, or files, from going through for longer than a moment; being offline is none of it. */
export function useTrouble(): ErrorCode | null {
  const { problem, failingSince } = useSyncStatus();
  const lasting = useLasting(failingSince);
  if (problem === '' || offline.has(problem)) return null;
  // Without a failing round it is the files that do not move: these have been tried several times already.
  return failingSince === 0 || lasting ? problem : null;
}

/** Says what it is, in three parts. */
export function RoundTrouble() {
  const trouble = useTrouble();
  if (trouble === null) return null;
  const { what, safe, todo } = errorText(trouble);
  return <Notice tone="warn" title={`${t.sync.problems.network}. ${what}`} safe={safe} todo={todo} />;
}

/** Why this machine could not take a free book after the last round, which itself went well; being offline is none of it. */
export function useUndone(): AppError | null {
  const { undone } = useSyncStatus();
  return undone === null || offline.has(undone.code) ? null : undone;
}

/** Says what that is, in three parts. */
export function Undone() {
  const undone = useUndone();
  if (undone === null) return null;
  const { what, safe, todo } = messageOf(undone);
  return <Notice tone="warn" title={what} safe={safe} todo={todo} />;
}

/** How far this machine's clock is ahead (milliseconds) where it has to be set, or null. */
export function useClockFault(): number | null {
  const { clockAheadMs } = useSyncStatus();
  return isClockOff(clockAheadMs) ? clockAheadMs : null;
}

/** A clock that is off by minutes writes wrong times into everything that is done here. */
export function ClockNotice() {
  const ahead = useClockFault();
  if (ahead === null) return null;
  const { what, safe, todo } = errorText('CLOCK_OFF');
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  const by = ahead > 0 ? t.sync.problems.clockAhead(minutes) : t.sync.problems.clockBehind(minutes);
  return <Notice tone="warn" title={`${what} ${by}`} safe={safe} todo={todo} />;
}
