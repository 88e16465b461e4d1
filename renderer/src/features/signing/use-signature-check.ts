import type { SignatureReport } from '@shared/ipc/signature-report';
import { useEffect, useState } from 'react';
import { useFilePresent } from '../../data';
import { invoke } from '../../platform/desktop';

export type SignatureCheck = {
  /** 'absent': the bytes are not on this machine; 'idle': not asked for yet. */
  readonly status: 'absent' | 'idle' | 'checking' | 'done' | 'failed';
  readonly report: SignatureReport | null;
  readonly error: unknown;
  readonly check: () => void;
};

type Outcome = { readonly sha256: string; readonly report: SignatureReport | null; readonly error: unknown };

/** Checks the signatures of a file; with `auto` as soon as the file is on this machine. An answer for another file is dropped. */
export function useSignatureCheck(sha256: string, auto: boolean): SignatureCheck {
  const present = useFilePresent(sha256);
  const [round, setRound] = useState(0);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const wanted = present && (auto || round > 0);
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    const settle = (report: SignatureReport | null, error: unknown): void => {
      if (current) setOutcome({ sha256, report, error });
    };
    invoke('signing:check', { sha256 }).then(
      (report) => settle(report, null),
      (error: unknown) => settle(null, error),
    );
    return () => {
      current = false;
    };
  }, [wanted, sha256, round]);

  const mine = outcome?.sha256 === sha256 ? outcome : null;
  return {
    status: statusOf(present, wanted, mine),
    report: mine?.report ?? null,
    error: mine?.error ?? null,
    check: () => {
      setOutcome(null);
      setRound((count) => count + 1);
    },
  };
}

function statusOf(present: boolean, wanted: boolean, outcome: Outcome | null): SignatureCheck['status'] {
  if (!present) return 'absent';
  if (outcome === null) return wanted ? 'checking' : 'idle';
  return outcome.report === null ? 'failed' : 'done';
}
