import { registerColumns } from '@shared/print/register-types';
import type { Book } from '@shared/schema/books';
import { useState } from 'react';
import { navigate } from '../../app/router';
import { t } from '../../i18n';
import { type Column, DataGrid, EmptyState } from '../../ui';
import type { RegisterView } from './use-register';

type Properties = {
  readonly kind: Book['kind'];
  readonly views: readonly RegisterView[];
  /** Whether a search hides lines. */
  readonly searching: boolean;
};

/** The book as on paper: the ten columns of the decree in their order and proportions. */
export function RegisterGrid({ kind, views, searching }: Properties) {
  const [active, setActive] = useState<string | null>(null);
  const texts = t.books;
  const columns = registerColumns[kind].map(
    ({ title, share, alignment }, index): Column<RegisterView> => ({
      key: `${index + 1}`,
      title,
      width: `minmax(${Math.round(share * 4.4)}px, ${share}fr)`,
      align: alignment === 'right' ? 'end' : 'start',
      render: (view) => {
        const text = view.cells[index] ?? '';
        return (
          <span className={view.kind === 'entry' ? undefined : 'cv-soft'} title={text}>
            {text}
          </span>
        );
      },
    }),
  );
  const hint = kind === 'incoming' ? texts.emptyIncoming : texts.emptyOutgoing;
  const open = (key: string): void => {
    const document = views.find((view) => view.key === key)?.document ?? '';
    if (document !== '') navigate(`/${kind}/${encodeURIComponent(document)}`);
  };
  return (
    <DataGrid
      label={texts.kinds[kind]}
      rows={views}
      columns={columns}
      idOf={(view) => view.key}
      textOf={(view) => view.cells.join(' ')}
      activeId={active}
      onActive={setActive}
      onOpen={open}
      rowHeight={48}
      empty={
        searching ? <EmptyState title={texts.nothing} /> : <EmptyState title={texts.empty} hint={hint} />
      }
    />
  );
}
