import { AppError } from '@shared/result/result';
import { useRef, useState } from 'react';
import { useTask } from '../../../ui';
import type { Acting } from '../../outgoing/acting';
import type { BatchRow, RowResult } from './batch-rows';
import { type KeyIds, runBatch } from './run-batch';

export type Batch = {
  /** What waits, and what this batch has worked on, in one order. */
  readonly rows: readonly BatchRow[];
  readonly results: ReadonlyMap<string, RowResult>;
  readonly dropped: ReadonlySet<string>;
  /** Rows that "Ký tất cả" would sign. */
  readonly ready: readonly BatchRow[];
  readonly busy: boolean;
  readonly progress: { readonly done: number; readonly total: number };
  readonly error: unknown;
  readonly toggle: (id: string) => void;
  readonly run: (acting: Acting, keys: KeyIds) => Promise<void>;
  readonly cancel: () => void;
};

/** Where the rows that a person left out are kept until she signs or takes them in again. */
const droppedKey = 'cong-van.batch-dropped';

/** The state of the signing screen: which rows are left out, what runs, how each came out. */
export function useBatch(waiting: readonly BatchRow[], isPresent: (row: BatchRow) => boolean): Batch {
  const task = useTask();
  const cancelled = useRef(false);
  const [dropped, setDropped] = useState<ReadonlySet<string>>(readDropped);
  const [worked, setWorked] = useState<readonly BatchRow[]>([]);
  const [results, setResults] = useState<ReadonlyMap<string, RowResult>>(new Map());
  const shown = new Set(worked.map(({ document }) => document.id));
  const rows = [...worked, ...waiting.filter(({ document }) => !shown.has(document.id))];
  const open = waiting.filter(({ document }) => results.get(document.id)?.status !== 'done');
  const ready = open.filter((row) => !dropped.has(row.document.id) && isPresent(row));

  const run = async (acting: Acting, keys: KeyIds): Promise<void> => {
    cancelled.current = false;
    setWorked(ready);
    setResults(new Map());
    await task.run(() =>
      unlessCancelled(
        runBatch(acting, ready, keys, {
          onRow: (id, result) => setResults((before) => new Map(before).set(id, result)),
          isCancelled: () => cancelled.current,
        }),
      ),
    );
  };
  const toggle = (id: string): void => {
    const next = new Set(dropped);
    if (!next.delete(id)) next.add(id);
    localStorage.setItem(droppedKey, JSON.stringify([...next]));
    setDropped(next);
  };
  const ended = [...results.values()].filter(({ status }) => status !== 'running').length;
  return {
    rows,
    results,
    dropped,
    ready,
    busy: task.busy,
    progress: { done: ended, total: worked.length },
    error: task.error,
    toggle,
    run,
    cancel: () => {
      cancelled.current = true;
    },
  };
}

/** Closing the window for the PIN is a change of mind, not a failure. */
async function unlessCancelled(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'CANCELLED')) throw error;
  }
}

function readDropped(): ReadonlySet<string> {
  const kept: unknown = JSON.parse(localStorage.getItem(droppedKey) ?? '[]');
  return new Set(Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []);
}
