import { Button } from '@mantine/core';
import { copySymbol, numberCopy } from '@shared/domain/electronic-copy';
import { formatNumber } from '@shared/domain/numbering';
import { AppError } from '@shared/result/result';
import type { ElectronicCopy } from '@shared/schema/signature-state';
import { sha256Text, useBookFor, useRun, useSession } from '../../../data';
import { t } from '../../../i18n';
import { confirmFinal, ErrorNotice, toast, useTask, useToday } from '../../../ui';

/** The document whose copy it is. */
export type CopyOf = { readonly coll: 'incoming' | 'outgoing'; readonly id: string };

/** Số bản sao: its number in the yearly series of copies, or the way to it where this machine holds that series. */
export function CopyNumber({
  of,
  id,
  copy,
}: {
  readonly of: CopyOf;
  readonly id: string;
  readonly copy: ElectronicCopy;
}) {
  const { unit, person } = useSession();
  const { book, held } = useBookFor('outgoing', copy.form);
  const today = useToday();
  const run = useRun();
  const task = useTask();
  const words = t.signingActs.copies;
  if (unit === null) return null;
  const symbol = copySymbol(copy.form, unit.symbol);
  if (copy.number !== undefined) return <span>{`${formatNumber(copy.number)}/${symbol}`}</span>;
  // Only a series of its own numbers copies: the common book is for documents.
  const may = held && book?.types?.includes(copy.form) === true && person?.roles.includes('clerk') === true;
  if (!may) return null;
  const give = (): Promise<boolean> =>
    task.run(async () => {
      const written = `${formatNumber(book.next)}/${symbol}`;
      const question = { title: words.number, effect: words.numberEffect(written) };
      if (!(await confirmFinal({ ...question, counterAct: t.keeping.answer.counter, action: words.number })))
        return;
      await run(async (context, read) => {
        const fresh = await read('books', book.id);
        const row = await read(of.coll, of.id);
        if (fresh === null || row === null) throw new AppError('NOT_FOUND', of.id);
        const copied = { coll: of.coll, row } as Parameters<typeof numberCopy>[1];
        const date = today < fresh.lastDate ? fresh.lastDate : today;
        return numberCopy(context, copied, id, fresh, { date, symbol: unit.symbol }, sha256Text);
      });
      toast(words.numbered(written));
    });
  return (
    <>
      <Button disabled={task.busy} onClick={() => void give()}>
        {words.number}
      </Button>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </>
  );
}
