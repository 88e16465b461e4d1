import type { CheckSource } from '@shared/ipc/check-contract';
import type { SignatureReport } from '@shared/ipc/signature-report';
import type { FileRef } from '@shared/schema/values';
import { useEffect, useRef, useState } from 'react';
import { invoke } from '../../platform/desktop';

export type CheckOptions = { readonly online?: boolean; readonly keep?: boolean };
export type Checked = { readonly report: SignatureReport; readonly kept: FileRef | null };
export type Check = {
  readonly status: 'idle' | 'checking' | 'done' | 'failed';
  readonly report: SignatureReport | null;
  readonly error: unknown;
  /** Gives null when it failed, or when another file has been chosen meanwhile. */
  readonly check: (options?: CheckOptions) => Promise<Checked | null>;
};

type Outcome = { readonly key: string; readonly report: SignatureReport | null; readonly error: unknown };

/** Checks the signatures of one file, as often as asked. An answer for another file is dropped. */
export function useCheck(source: CheckSource, name: string): Check {
  const key = 'sha256' in source ? source.sha256 : source.ticket;
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [running, setRunning] = useState('');
  const current = useRef(key);
  useEffect(() => {
    current.current = key;
  });
  const mine = outcome?.key === key ? outcome : null;
  const check = async ({ online = false, keep = false }: CheckOptions = {}): Promise<Checked | null> => {
    setRunning(key);
    try {
      const checked = await invoke('signing:check', { source, name, online, keep });
      if (current.current !== key) return null;
      setOutcome({ key, report: checked.report, error: null });
      return checked;
    } catch (error) {
      if (current.current === key) setOutcome({ key, report: null, error });
      return null;
    } finally {
      setRunning((before) => (before === key ? '' : before));
    }
  };
  return {
    status: running === key ? 'checking' : statusOf(mine),
    report: mine?.report ?? null,
    error: mine?.error ?? null,
    check,
  };
}

function statusOf(outcome: Outcome | null): Check['status'] {
  if (outcome === null) return 'idle';
  return outcome.report === null ? 'failed' : 'done';
}
