import { useRef, useState } from 'react';

export type Task = {
  readonly busy: boolean;
  /** What the last run threw, or null. */
  readonly error: unknown;
  /** Runs the work unless it is running already; gives whether it succeeded. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
  readonly clear: () => void;
};

/** One piece of work of a form: at most once at a time, its failure kept for an ErrorNotice. */
export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, error, run, clear: () => setError(null) };
}
