import { addToIntake, restoreToIntake, setAside } from '@shared/domain/intake';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { useState } from 'react';
import { useRun, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { takeFiles } from '../../platform/desktop';
import { reportFailure, toast } from '../../ui';

/** The acts of the intake box. Failures are shown as notices. */
export function useIntakeActs(): {
  /** Files being taken now. */
  readonly taking: number;
  readonly take: (files: readonly File[], source: 'chosen' | 'dropped') => Promise<void>;
  readonly setAside: (item: Stored<'intake'>, reason: string) => Promise<void>;
  readonly restore: (item: Stored<'intake'>) => Promise<void>;
} {
  const run = useRun();
  const { transfer } = useWorkplace();
  const [taking, setTaking] = useState(0);

  const take = async (files: readonly File[], source: 'chosen' | 'dropped'): Promise<void> => {
    if (files.length === 0) return;
    setTaking((before) => before + files.length);
    try {
      const { files: taken } = await takeFiles(files);
      for (const { file, problem } of taken) {
        await run((context) => addToIntake(context, { file, problem, source }));
      }
      await transfer.refresh();
      const bad = taken.filter((entry) => entry.problem !== '').length;
      toast(bad === 0 ? t.intake.took(taken.length) : t.intake.tookProblems(taken.length, bad));
    } catch (error) {
      reportFailure(error);
    } finally {
      setTaking((before) => before - files.length);
    }
  };
  const restore = async (item: Stored<'intake'>): Promise<void> => {
    try {
      await run(async (_context, read) => restoreToIntake(found(await read('intake', item.id))));
      toast(t.intake.restored);
    } catch (error) {
      reportFailure(error);
    }
  };
  const aside = async (item: Stored<'intake'>, reason: string): Promise<void> => {
    try {
      await run(async (_context, read) => setAside(found(await read('intake', item.id)), reason));
      toast(t.intake.setAsideDone, () => restore(item));
    } catch (error) {
      reportFailure(error);
    }
  };
  return { taking, take, setAside: aside, restore };
}

function found(row: Stored<'intake'> | null): Stored<'intake'> {
  if (row === null) throw new AppError('NOT_FOUND', 'intake');
  return row;
}
