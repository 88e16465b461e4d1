import type { SigningSettings } from '@shared/ipc/signing-values';
import { useEffect, useMemo, useRef, useState } from 'react';
import { usePresentFiles, useRows, useSession, useStream, useSyncStatus, useWorkplace } from '../../../data';
import { invoke } from '../../../platform/desktop';
import { reportFailure } from '../../../ui';
import { dueItems, forgetPauses, type RaisingState, raiseAll, raising } from './raising';
import { filesToRaise, type RaiseItem, wantedLevel } from './raising-schedule';

/** How often the queue is looked at. */
const lookMs = 20_000;
const signedStates = ['sealed', 'issued'] as const;
/** Told when the settings of signing were saved. */
export const settingsSaved = new EventTarget();

/** The settings of signing, read again after they were saved; null while loading. */
export function useSigningSettings(): SigningSettings | null {
  const [settings, setSettings] = useState<SigningSettings | null>(null);
  useEffect(() => {
    const read = (): void => void invoke('signing:settings', undefined).then(setSettings, reportFailure);
    read();
    settingsSaved.addEventListener('saved', read);
    return () => settingsSaved.removeEventListener('saved', read);
  }, []);
  return settings;
}

/** The signed files below the wanted level whose bytes are here, and how the queue stands. */
export function useRaising(): {
  readonly items: readonly RaiseItem[];
  readonly state: RaisingState;
  readonly hasAuthority: boolean;
} {
  const { person } = useSession();
  const settings = useSigningSettings();
  const documents = useRows('outgoing', { selector: { state: { $in: [...signedStates] } } });
  const meetings = useRows('meetings', { selector: { state: 'closed' } });
  const state = useStream(raising, raising.value);
  const wanted = wantedLevel(settings);
  const lacking = useMemo(
    () => filesToRaise(documents ?? [], meetings ?? [], wanted, person),
    [documents, meetings, wanted, person],
  );
  const present = usePresentFiles(lacking.map(({ file }) => file.sha256));
  const items = useMemo(() => lacking.filter(({ file }) => present.has(file.sha256)), [lacking, present]);
  return { items, state, hasAuthority: settings !== null && settings.tsa !== '' };
}

/** The background task: raises what is due, at start, every so often, and when the network comes back. */
export function useRaisingTask(): void {
  const workplace = useWorkplace();
  const { online } = useSyncStatus();
  const { items } = useRaising();
  const latest = useRef(items);
  useEffect(() => {
    latest.current = items;
  });
  useEffect(() => {
    if (online) forgetPauses();
  }, [online]);
  useEffect(() => {
    const look = (): void => {
      raiseAll(workplace, dueItems(latest.current, workplace.clock())).catch(reportFailure);
    };
    look();
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [workplace, items, online]);
}
