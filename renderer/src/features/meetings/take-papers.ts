import { addToIntake } from '@shared/domain/intake';
import type { ErrorCode } from '@shared/result/codes';
import type { FileRef } from '@shared/schema/values';
import type { Workplace } from '../../data';
import { takeFiles } from '../../platform/desktop';

export type TakenPapers = {
  readonly files: readonly FileRef[];
  /** Names of files that cannot serve as papers; they were kept in the intake box. */
  readonly refused: readonly string[];
};

/** A locked PDF still opens for who knows its password; everything else that is wrong makes a paper useless. */
const usable: ReadonlySet<ErrorCode | ''> = new Set(['', 'FILE_ENCRYPTED']);

/** Takes dropped or chosen files into the store for a meeting; what cannot be read stays findable in the intake box. */
export async function takePapers(workplace: Workplace, chosen: readonly File[]): Promise<TakenPapers> {
  const taken = await takeFiles(chosen);
  const good = taken.files.filter((entry) => usable.has(entry.problem));
  const bad = taken.files.filter((entry) => !usable.has(entry.problem));
  for (const { file, problem } of bad)
    await workplace.run((context) => addToIntake(context, { file, problem, source: 'dropped' }));
  workplace.files.keepLoose(good.map((entry) => entry.file));
  return { files: good.map((entry) => entry.file), refused: bad.map((entry) => entry.file.name) };
}
