import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../i18n';
import { useList } from './use-list';

export type Column<T> = {
  readonly key: string;
  readonly title: string;
  /** CSS grid track: `80px`, `minmax(200px, 1fr)`. */
  readonly width: string;
  readonly render: (row: T) => ReactNode;
  /** Makes the column sortable. */
  readonly sortBy?: (row: T) => string | number;
  readonly align?: 'start' | 'end';
};

export type DataGridProperties<T> = {
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly idOf: (row: T) => string;
  readonly textOf: (row: T) => string;
  readonly activeId: string | null;
  readonly onActive: (id: string) => void;
  readonly onOpen?: (id: string) => void;
  readonly onSelected?: (ids: ReadonlySet<string>) => void;
  readonly rowHeight?: number;
  readonly empty: ReactNode;
};

type Sorting = { readonly key: string; readonly up: boolean } | null;
const collator = new Intl.Collator('vi', { numeric: true });

/** A table of many rows with sticky head, sorting and the keyboard of {@link useList}. */
export function DataGrid<T>(properties: DataGridProperties<T>) {
  const { columns, idOf, textOf, rowHeight = 32 } = properties;
  const [sorting, setSorting] = useState<Sorting>(null);
  const rows = useMemo(() => sorted(properties.rows, columns, sorting), [properties.rows, columns, sorting]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: rowHeight,
  });
  // Rows of another height (density switch) are laid out anew.
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const list = useList({
    ...properties,
    ids: rows.map(idOf),
    textOf: (index) => {
      const row = rows[index];
      return row === undefined ? '' : textOf(row);
    },
    pageRows: () => Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2,
    reveal: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  });
  if (rows.length === 0) return <>{properties.empty}</>;
  const tracks = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  return (
    <>
      <div
        ref={scroller}
        className="cv-grid"
        role="grid"
        aria-label={properties.label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        aria-activedescendant={list.activeDescendant}
        tabIndex={0}
        onKeyDown={list.onKeyDown}
      >
        <div className="cv-grid-head" role="row" aria-rowindex={1} style={tracks}>
          {columns.map((column) => (
            <ColumnHead key={column.key} column={column} sorting={sorting} onSort={setSorting} />
          ))}
        </div>
        <div className="cv-list-space" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const id = idOf(row);
            return (
              <div
                key={id}
                id={list.rowId(id)}
                role="row"
                tabIndex={-1}
                aria-rowindex={item.index + 2}
                aria-selected={list.selected.has(id)}
                data-active={item.index === list.active ? '' : undefined}
                className="cv-list-row cv-grid-row"
                style={{ ...tracks, height: item.size, transform: `translateY(${item.start - rowHeight}px)` }}
                onMouseDown={(event) => {
                  event.preventDefault();
                  scroller.current?.focus();
                }}
                onClick={(event) => list.onRowClick(item.index, event)}
                onKeyDown={() => undefined}
                onDoubleClick={() => properties.onOpen?.(id)}
              >
                {columns.map((column) => (
                  <div
                    key={column.key}
                    role="gridcell"
                    className="cv-grid-cell"
                    data-align={column.align ?? 'start'}
                  >
                    {column.render(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <div className="cv-list-foot">
        <span>{t.common.list.count(rows.length, rows.length)}</span>
        {list.selected.size > 1 ? <span>{t.common.list.selected(list.selected.size)}</span> : null}
      </div>
    </>
  );
}

function ColumnHead<T>({
  column,
  sorting,
  onSort,
}: {
  readonly column: Column<T>;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
}) {
  const mine = sorting?.key === column.key ? sorting : null;
  const direction = mine === null ? 'none' : mine.up ? 'ascending' : 'descending';
  return (
    <div
      role="columnheader"
      className="cv-grid-cell"
      data-align={column.align ?? 'start'}
      {...(column.sortBy === undefined ? {} : { 'aria-sort': direction })}
    >
      {column.sortBy === undefined ? (
        column.title
      ) : (
        <button
          type="button"
          className="cv-grid-sort"
          title={t.common.list.sortBy(column.title)}
          onClick={() =>
            onSort(mine === null ? { key: column.key, up: true } : mine.up ? { ...mine, up: false } : null)
          }
        >
          {column.title}
          <span aria-hidden="true">{mine === null ? '' : mine.up ? '▲' : '▼'}</span>
        </button>
      )}
    </div>
  );
}

function sorted<T>(rows: readonly T[], columns: readonly Column<T>[], sorting: Sorting): readonly T[] {
  const by = columns.find((column) => column.key === sorting?.key)?.sortBy;
  if (by === undefined || sorting === null) return rows;
  const sign = sorting.up ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [by(a), by(b)];
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : collator.compare(String(left), String(right));
    return sign * order;
  });
}
