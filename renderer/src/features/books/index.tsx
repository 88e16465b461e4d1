import './books.css';
import type { Feature } from '../../app/feature';
import { navigate } from '../../app/router';
import { t } from '../../i18n';
import { useCommands } from '../../ui';
import { BooksScreen } from './BooksScreen';
import { KeepingScreen } from './keeping/KeepingScreen';
import { useLanAnswers } from './keeping/use-lan-answers';

export const books: Feature = {
  id: 'books',
  screens: [
    {
      id: 'books-keeping',
      paths: ['/books/keeping/:id?'],
      title: () => t.keeping.title,
      render: ({ id }) => <KeepingScreen id={id ?? ''} />,
    },
    {
      id: 'books',
      paths: ['/books/:kind?'],
      title: () => t.books.title,
      render: ({ kind }, { year, series }) => (
        <BooksScreen key={kind ?? ''} kind={kind ?? ''} year={year ?? ''} series={series ?? ''} />
      ),
    },
  ],
  rail: [{ path: '/books', title: () => t.books.title, icon: 'book', order: 60 }],
  Background,
};

/** Whatever screen is open: the ways to this one, and numbers for other machines of the office. */
function Background() {
  useLanAnswers();
  useCommands([
    ...(['incoming', 'outgoing'] as const).map((kind) => ({
      id: `books.open.${kind}`,
      title: t.books.kinds[kind],
      run: () => navigate(`/books/${kind}`),
    })),
    { id: 'books.keeping', title: t.keeping.open, run: () => navigate('/books/keeping') },
  ]);
  return null;
}
