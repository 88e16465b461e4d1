import { Button } from '@mantine/core';
import { useBookFor } from '../../../data';
import { t } from '../../../i18n';
import { ErrorNotice, Notice, toast, useTask } from '../../../ui';

/** Shown while this machine does not hold the book of incoming documents, with the way to take it. */
export function BookStrip() {
  const book = useBookFor('incoming', '');
  const task = useTask();
  const words = t.incoming.register;
  if (book.held) return null;
  const take = (): Promise<boolean> =>
    task.run(async () => {
      await book.acquire();
      toast(words.acquired);
    });
  return (
    <>
      <Notice tone="warn" title={words.bookElsewhere} safe={words.bookElsewhereSafe} todo={words.bookTodo}>
        <Button disabled={task.busy} onClick={() => void take()}>
          {words.acquire}
        </Button>
      </Notice>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </>
  );
}
