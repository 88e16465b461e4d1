import type { FiledItem } from '@shared/domain/intake';
import { purgeIntake } from '@shared/domain/removal';
import { AppError } from '@shared/result/result';
import type { Workplace } from './workplace';

/** Ids of the waiting items that hold the same bytes as this one, itself among them: they are one document. */
async function copiesOf({ database }: Workplace, sha256: string): Promise<readonly string[]> {
  const rows = await database
    .rows('intake')
    .find({ selector: { state: { $in: ['waiting', 'set-aside'] } } })
    .exec();
  return rows.filter((row) => row.toJSON().file?.sha256 === sha256).map((row) => row.id);
}

/**
 * Phát hiện nhầm: removes a secret document from the intake box and its bytes from this machine, at once and with no
 * network; the operation takes it from the server and from the other machines when it is sent. WRONG_STATE when the
 * item does not wait any more. An error of the file system lets the removal stand: the bytes go at the next try.
 */
export async function removeSecret(workplace: Workplace, item: FiledItem): Promise<void> {
  const { sha256 } = item.file;
  const copies = await copiesOf(workplace, sha256);
  if (!copies.includes(item.id)) throw new AppError('WRONG_STATE', item.id);
  await workplace.run(async (context, read) => {
    const fresh = await Promise.all(copies.map((id) => read('intake', id)));
    return purgeIntake(
      context,
      fresh.flatMap((row) => row ?? []),
    );
  });
  await workplace.files.refresh();
  const problem = workplace.files.problems.get(sha256);
  if (problem !== undefined) throw new AppError(problem, 'purge');
}
