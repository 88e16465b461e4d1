import { addToIntake, type FiledItem, restoreToIntake, setAside } from '@shared/domain/intake';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { useState } from 'react';
import { removeSecret, useRun, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { takeFiles } from '../../platform/desktop';
import { confirmFinal, reportFailure, toast } from '../../ui';

/** The acts of the intake box. Failures are shown as notices. */
export function useIntakeActs(): {
  /** Files being taken now. */
  readonly taking: number;
  readonly take: (files: readonly File[], source: 'chosen' | 'dropped') => Promise<void>;
  readonly setAside: (item: Stored<'intake'>, reason: string) => Promise<void>;
  readonly restore: (item: Stored<'intake'>) => Promise<void>;
  /** Asks once, then removes a secret document for good; false when the person thought better of it. */
  readonly remove: (item: FiledItem) => Promise<boolean>;
} {
  const run = useRun();
  const workplace = useWorkplace();
  const [taking, setTaking] = useState(0);

  const take = async (files: readonly File[], source: 'chosen' | 'dropped'): Promise<void> => {
    if (files.length === 0) return;
    setTaking((before) => before + files.length);
    try {
      const { files: taken } = await takeFiles(files);
      for (const { file, problem } of taken) {
        await run((context) => addToIntake(context, { file, problem, source }));
      }
      await workplace.files.refresh();
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
  const remove = async (item: FiledItem): Promise<boolean> => {
    const words = t.intake.purge;
    const shared = await workplace.files.isNamed(item.file.sha256, true);
    const sure = await confirmFinal({
      title: words.title,
      effect: shared ? words.effectShared : words.effect,
      counterAct: words.counterAct,
      action: words.action,
    });
    if (!sure) return false;
    try {
      await removeSecret(workplace, item);
      toast(words.done);
    } catch (error) {
      reportFailure(error);
    }
    return true;
  };
  return { taking, take, setAside: aside, restore, remove };
}

function found(row: Stored<'intake'> | null): Stored<'intake'> {
  if (row === null) throw new AppError('NOT_FOUND', 'intake');
  return row;
}
