import { type Silence, silenceOf, silentDays } from '@shared/sync/silence';
import { useSyncStatus, useWorkplace } from '../../../data';
import { useToday } from '../../../ui';

/** For how long this machine has not spoken with the server; `lively` also before its first time. */
export function useSilence(): { readonly silence: Silence; readonly days: number; readonly since: number } {
  const { clock } = useWorkplace();
  const { lastSync } = useSyncStatus();
  // Counted anew when the day changes.
  useToday();
  const days = lastSync === 0 ? 0 : (silentDays(lastSync, clock()) ?? 0);
  return { silence: silenceOf(days), days, since: lastSync };
}
