import type { FileVerdict } from '@shared/ipc/check-contract';
import { useEffect, useSyncExternalStore } from 'react';
import { invoke, subscribe } from '../../platform/desktop';
import { reportFailure } from '../../ui';

/** At most so many are asked for at once. */
const most = 500;

let known: ReadonlyMap<string, FileVerdict> = new Map();
const asked = new Set<string>();
let due: Set<string> | null = null;
const listeners = new Set<() => void>();
let listening = false;

function change(verdicts: readonly FileVerdict[]): void {
  known = new Map([...known, ...verdicts.map((verdict) => [verdict.sha256, verdict] as const)]);
  for (const listener of listeners) listener();
}

/** The main process tells verdicts as they are worked out; after a change of trust all are asked for again. */
function listen(): void {
  if (listening) return;
  listening = true;
  subscribe('signing:verdict', (verdict) => change([verdict]));
  subscribe('trust:changed', () => {
    const again = [...asked];
    asked.clear();
    known = new Map();
    change([]);
    for (const sha256 of again) ask(sha256);
  });
}

/** Asks for the verdict of a file; those asked for in one turn go together. */
function ask(sha256: string): void {
  if (asked.has(sha256)) return;
  asked.add(sha256);
  if (due !== null) {
    due.add(sha256);
    return;
  }
  due = new Set([sha256]);
  queueMicrotask(() => {
    const wanted = [...(due ?? [])];
    due = null;
    for (let at = 0; at < wanted.length; at += most)
      invoke('signing:verdicts', { sha256: wanted.slice(at, at + most) }).then(
        ({ verdicts }) => change(verdicts),
        reportFailure,
      );
  });
}

/** What the check in the background says of a file of this machine; undefined until it is known. '' asks for nothing. */
export function useFileVerdict(sha256: string): FileVerdict | undefined {
  const verdicts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => known,
  );
  const verdict = verdicts.get(sha256);
  useEffect(() => {
    listen();
    if (sha256 !== '' && verdict === undefined) ask(sha256);
  }, [sha256, verdict]);
  return verdict;
}
