import { Button } from '@mantine/core';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { useState } from 'react';
import { navigate } from '../../../app/router';
import { useSession, useUnitBooks, useUnitDevices } from '../../../data';
import { t } from '../../../i18n';
import {
  DocumentList,
  EmptyState,
  ErrorNotice,
  Panes,
  StatusTag,
  toast,
  useTask,
  useToday,
} from '../../../ui';
import { AskByNumberSlip } from './AskByNumberSlip';
import { BookPanel } from './BookPanel';
import { bookName, meanings, ownerName, seriesName, stateOf } from './book-words';
import './keeping.css';
import { LanNumbers } from './LanNumbers';
import { SeriesForm } from './SeriesForm';
import { useKeeping } from './use-keeping';

/** Giữ sổ: the books of the unit, who holds each, and everything that can be done with one. */
export function KeepingScreen({ id }: { readonly id: string }) {
  const { device, person } = useSession();
  const devices = useUnitDevices();
  const all = useUnitBooks();
  const [adding, setAdding] = useState(false);
  const books = [...(all ?? [])].sort(
    (a, b) => b.year - a.year || a.kind.localeCompare(b.kind) || a.series.localeCompare(b.series),
  );
  const open = books.find((book) => book.id === id) ?? books[0] ?? null;
  const holdsOutgoing = books.some(({ kind, owner }) => kind === 'outgoing' && owner === device.deviceId);
  const staff = person?.roles.some((role) => role === 'clerk' || role === 'admin') === true;
  return (
    <Panes
      screen="keeping"
      list={
        <div className="cv-list-pane">
          <header className="cv-list-head">
            <div className="cv-list-title">
              <h1>{t.keeping.title}</h1>
              <Button onClick={() => navigate('/books')}>{t.books.back}</Button>
            </div>
            {staff ? <NewBooks books={books} onAdd={() => setAdding(true)} /> : null}
          </header>
          <DocumentList
            label={t.keeping.list}
            rows={books}
            idOf={(book) => book.id}
            textOf={bookName}
            activeId={open?.id ?? null}
            onActive={(next) => {
              setAdding(false);
              navigate(`/books/keeping/${encodeURIComponent(next)}`, { replace: true });
            }}
            renderRow={(book) => (
              <BookRow
                book={book}
                device={device.deviceId}
                owner={ownerName(book.owner, device.deviceId, devices)}
              />
            )}
            empty={<EmptyState title={t.keeping.empty} hint={t.keeping.emptyHint} />}
          />
        </div>
      }
      reader={
        <div className="cv-keeping">
          {adding ? (
            <SeriesForm book={null} onClose={() => setAdding(false)} />
          ) : open === null ? (
            <EmptyState title={t.keeping.choose} />
          ) : (
            <BookPanel key={open.id} book={open} devices={devices} />
          )}
          {staff && !adding ? <AskByNumberSlip /> : null}
          {staff && !adding && holdsOutgoing ? <LanNumbers /> : null}
        </div>
      }
    />
  );
}

function BookRow({
  book,
  device,
  owner,
}: {
  readonly book: Stored<'books'>;
  readonly device: string;
  readonly owner: string;
}) {
  const state = stateOf(book, device);
  return (
    <div className="cv-doc">
      <div className="cv-doc-first">
        <span className="cv-ellipsis">
          {t.books.kinds[book.kind]} {book.year}
        </span>
      </div>
      <div className="cv-doc-side">
        <StatusTag meaning={meanings[state]}>{t.keeping.states[state]}</StatusTag>
      </div>
      <div className="cv-doc-second cv-ellipsis">
        {seriesName(book)} · {owner}
      </div>
      <div className="cv-doc-side cv-soft cv-small">{t.keeping.next(formatNumber(book.next))}</div>
    </div>
  );
}

/** A new series, and the books of the next year once the year draws to its end. */
function NewBooks({
  books,
  onAdd,
}: {
  readonly books: readonly Stored<'books'>[];
  readonly onAdd: () => void;
}) {
  const keeping = useKeeping();
  const task = useTask();
  const today = useToday();
  const year = nextYear(today);
  const missing = books.some(
    (book) =>
      book.year === year - 1 &&
      !books.some(
        ({ year: of, kind, series }) => of === year && kind === book.kind && series === book.series,
      ),
  );
  const openYear = (): Promise<boolean> =>
    task.run(async () => {
      await keeping.openYear(books, year);
      toast(t.keeping.series.opened(year));
    });
  return (
    <>
      <div className="cv-row">
        <Button onClick={onAdd}>{t.keeping.series.add}</Button>
        {missing ? (
          <Button disabled={task.busy} onClick={() => void openYear()}>
            {t.keeping.series.openYear(year)}
          </Button>
        ) : null}
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </>
  );
}

/** The year whose books can be opened: the next one from November on, else this one. */
function nextYear(today: string): number {
  const year = Number(today.slice(0, 4));
  return Number(today.slice(5, 7)) >= 11 ? year + 1 : year;
}
