import { Button } from '@mantine/core';
import { formatNumber } from '@shared/domain/numbering';
import type { Book } from '@shared/schema/books';
import { useBook, useSession } from '../../data';
import { t } from '../../i18n';
import { ErrorNotice, StatusTag, useTask } from '../../ui';

/** Who may give numbers in this year's book, and the way to take it where nobody does. */
export function BookState({
  kind,
  lastBy,
}: {
  readonly kind: Book['kind'];
  /** Name of the person who wrote the last number, or ''. */
  readonly lastBy: string;
}) {
  const register = useBook(kind);
  const { book, held } = register;
  const { person } = useSession();
  const task = useTask();
  const texts = t.books;
  const owner = book?.owner ?? '';
  const free = owner === '';
  const clerk = person?.roles.includes('clerk') === true;
  const take = async (): Promise<void> => {
    await task.run(() => register.acquire());
  };
  return (
    <>
      <span className="cv-row">
        <StatusTag meaning={held ? 'good' : free ? 'warn' : 'plain'}>
          {held ? texts.heldHere : free ? texts.heldByNobody : texts.heldBy(owner.slice(-4).toUpperCase())}
        </StatusTag>
        {held && book !== null ? <span>{texts.nextNumber(formatNumber(book.next))}</span> : null}
        <span className="cv-soft">
          {held ? texts.heldHereHint : free ? texts.freeHint : texts.heldElsewhereHint(lastBy)}
        </span>
        {free && clerk ? (
          <Button disabled={task.busy} onClick={() => void take()}>
            {texts.acquire}
          </Button>
        ) : null}
      </span>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </>
  );
}
