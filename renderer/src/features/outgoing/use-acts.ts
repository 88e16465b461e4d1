import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { useState } from 'react';
import { t } from '../../i18n';
import { toast, useTask } from '../../ui';
import { type ActOutcome, useActing, useOutgoingBook } from './acting';
import { actionsFor, type OutgoingAction } from './actions';
import { acts, giveBack } from './acts';

/** An action that a button or key carries out at once; editing and returning open a form instead. */
export type DirectAction = Exclude<OutgoingAction, 'edit' | 'return'>;

export type OutgoingActs = {
  readonly actions: readonly OutgoingAction[];
  readonly book: ReturnType<typeof useOutgoingBook>;
  /** Something is being done, to this document or another. */
  readonly busy: boolean;
  /** The act that runs on this document, or null; a question to the person is not work yet. */
  readonly running: OutgoingAction | null;
  /** What the last act on this document threw, or null. */
  readonly error: unknown;
  readonly perform: (action: DirectAction) => Promise<boolean>;
  readonly giveBack: (reason: string) => Promise<boolean>;
};

type Last = { readonly id: string; readonly action: OutgoingAction; readonly begun: boolean };

/** What can be done to the document in front, and doing it: one act at a time, its failure kept for the panel. */
export function useActs(document: Stored<'outgoing'> | null): OutgoingActs {
  const acting = useActing();
  const book = useOutgoingBook(document?.type ?? '');
  const task = useTask();
  const [last, setLast] = useState<Last | null>(null);
  const mine = last !== null && last.id === document?.id ? last : null;
  const actions = document === null ? [] : actionsFor(document, acting?.person ?? null, book);

  const carryOut = async (
    action: OutgoingAction,
    act: (begin: () => void) => Promise<ActOutcome>,
  ): Promise<boolean> => {
    if (task.busy || document === null) return false;
    const { id } = document;
    setLast({ id, action, begun: false });
    let done = false;
    await task.run(async () => {
      const outcome = await declinedWhenCancelled(() => act(() => setLast({ id, action, begun: true })));
      if (outcome === 'declined') return;
      toast(outcome.done);
      done = true;
    });
    return done;
  };

  const perform = (action: DirectAction): Promise<boolean> =>
    carryOut(action, async (begin) => {
      if (action === 'acquire-book') {
        begin();
        await book.acquire();
        return { done: t.outgoing.done['acquire-book'] };
      }
      if (acting === null || document === null) return 'declined';
      return acts[action](acting, document, begin);
    });

  return {
    actions,
    book,
    busy: task.busy,
    running: task.busy && mine?.begun === true ? mine.action : null,
    error: mine === null ? null : task.error,
    perform,
    giveBack: (reason) =>
      carryOut('return', async () =>
        acting === null || document === null ? 'declined' : giveBack(acting, document, reason),
      ),
  };
}

/** Closing the password window is a change of mind, not a failure. */
async function declinedWhenCancelled(act: () => Promise<ActOutcome>): Promise<ActOutcome> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError && error.code === 'CANCELLED') return 'declined';
    throw error;
  }
}
