import {
  assignIncoming,
  commentIncoming,
  finishIncoming,
  returnIncoming,
  startIncoming,
  submitIncoming,
} from '@shared/domain/incoming';
import type { Context, Plan, Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { Assignment } from '@shared/schema/documents';
import { useRun } from '../../data';

type Row = Stored<'incoming'>;

/** The acts on incoming documents, each one durable write per document. They throw AppError. */
export type IncomingActs = {
  readonly submit: (ids: readonly string[], leader: string) => Promise<void>;
  readonly assign: (ids: readonly string[], text: string, assignment: Assignment) => Promise<void>;
  readonly start: (id: string) => Promise<void>;
  readonly finish: (id: string, result: string) => Promise<void>;
  readonly giveBack: (id: string, reason: string) => Promise<void>;
  readonly comment: (id: string, text: string) => Promise<void>;
};

export function useIncomingActs(): IncomingActs {
  const run = useRun();
  const onRow = (id: string, plan: (context: Context, row: Row) => Plan): Promise<void> =>
    run(async (context, read) => {
      const row = await read('incoming', id);
      if (row === null) throw new AppError('NOT_FOUND', id);
      return plan(context, row);
    });
  const onEach = async (
    ids: readonly string[],
    plan: (context: Context, row: Row) => Plan,
  ): Promise<void> => {
    for (const id of ids) await onRow(id, plan);
  };
  return {
    submit: (ids, leader) => onEach(ids, (context, row) => submitIncoming(context, row, leader)),
    assign: (ids, text, assignment) =>
      onEach(ids, (context, row) => assignIncoming(context, row, text, assignment)),
    start: (id) => onRow(id, startIncoming),
    finish: (id, result) => onRow(id, (context, row) => finishIncoming(context, row, result)),
    giveBack: (id, reason) => onRow(id, (context, row) => returnIncoming(context, row, reason)),
    comment: (id, text) => onRow(id, (context, row) => commentIncoming(context, row, text)),
  };
}
