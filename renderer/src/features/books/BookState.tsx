import { Button } from '@mantine/core';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import type { Book } from '@shared/schema/books';
import { dayInHanoi, shortDate } from '@shared/text/time';
import { navigate } from '../../app/router';
import { commonSeries, useSession, useTakeFreeBook, useUnitDevices } from '../../data';
import { t } from '../../i18n';
import { ErrorNotice, StatusTag, useTask } from '../../ui';
import { ownerName, stateOf } from './keeping/book-words';

/** Who may give numbers in a book, the way to take it where nobody does, and the way to all that keeps books. */
export function BookState({
  book,
  kind,
  year,
  lastBy,
}: {
  readonly book: Stored<'books'> | null;
  readonly kind: Book['kind'];
  readonly year: number;
  /** Name of the person who wrote the last number, or ''. */
  readonly lastBy: string;
}) {
  const { person, device } = useSession();
  const devices = useUnitDevices();
  const takeFree = useTakeFreeBook();
  const task = useTask();
  const texts = t.books;
  const state = book === null ? 'free' : stateOf(book, device.deviceId);
  const clerk = person?.roles.includes('clerk') === true;
  const owner = ownerName(book?.owner ?? '', device.deviceId, devices);
  const take = (): Promise<boolean> => task.run(() => takeFree(book ?? { kind, year, series: commonSeries }));
  const tags = {
    here: { meaning: 'good', text: texts.heldHere, hint: texts.heldHereHint },
    free: { meaning: 'warn', text: texts.heldByNobody, hint: texts.freeHint },
    elsewhere: { meaning: 'plain', text: texts.heldBy(owner), hint: texts.heldElsewhereHint(lastBy) },
    closed: {
      meaning: 'plain',
      text: t.keeping.states.closed,
      hint: t.keeping.closedHint(closedDay(book)),
    },
  } as const;
  const { meaning, text, hint } = tags[state];
  return (
    <div className="cv-stack">
      <span className="cv-row">
        <StatusTag meaning={meaning}>{text}</StatusTag>
        {state === 'here' && book !== null ? <span>{texts.nextNumber(formatNumber(book.next))}</span> : null}
        <span className="cv-soft">{hint}</span>
        {state === 'free' && clerk ? (
          <Button disabled={task.busy} onClick={() => void take()}>
            {texts.acquire}
          </Button>
        ) : null}
        <Button
          onClick={() =>
            navigate(book === null ? '/books/keeping' : `/books/keeping/${encodeURIComponent(book.id)}`)
          }
        >
          {texts.keep}
        </Button>
      </span>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </div>
  );
}

function closedDay(book: Stored<'books'> | null): string {
  return book?.closed === undefined ? '' : shortDate(dayInHanoi(Date.parse(book.closed.at)));
}
