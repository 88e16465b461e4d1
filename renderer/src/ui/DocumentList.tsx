import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { t } from '../i18n';
import { useList } from './use-list';

export type DocumentListProperties<T> = {
  /** Accessible name of the list. */
  readonly label: string;
  readonly rows: readonly T[];
  readonly idOf: (row: T) => string;
  /** Plain text of a row, for type-ahead; its accessible name is what it shows. */
  readonly textOf: (row: T) => string;
  readonly renderRow: (row: T) => ReactNode;
  readonly activeId: string | null;
  readonly onActive: (id: string) => void;
  readonly onOpen?: (id: string) => void;
  readonly onSelected?: (ids: ReadonlySet<string>) => void;
  readonly rowHeight?: number;
  /** Shown instead of rows when there are none. */
  readonly empty: ReactNode;
  /** Rows there are altogether, when fewer are shown. */
  readonly total?: number;
};

/** A long list of rows of equal height, one tab stop, of which only the visible part is in the page. */
export function DocumentList<T>(properties: DocumentListProperties<T>) {
  const { rows, idOf, textOf, rowHeight = 52, label } = properties;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
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
    pageRows: () => Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1,
    reveal: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  });
  if (rows.length === 0) return <>{properties.empty}</>;
  return (
    <>
      <div
        ref={scroller}
        className="cv-list"
        role="listbox"
        aria-label={label}
        aria-multiselectable="true"
        aria-activedescendant={list.activeDescendant}
        tabIndex={0}
        onKeyDown={list.onKeyDown}
      >
        <div className="cv-list-space" style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const id = idOf(row);
            return (
              <div
                key={id}
                id={list.rowId(id)}
                role="option"
                tabIndex={-1}
                aria-selected={list.selected.has(id)}
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                data-active={item.index === list.active ? '' : undefined}
                className="cv-list-row"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                onMouseDown={(event) => keepFocusOnList(event, scroller.current)}
                onClick={(event) => list.onRowClick(item.index, event)}
                onKeyDown={() => undefined}
                onDoubleClick={() => properties.onOpen?.(id)}
              >
                {properties.renderRow(row)}
              </div>
            );
          })}
        </div>
      </div>
      <div className="cv-list-foot">
        <span>{t.common.list.count(rows.length, properties.total ?? rows.length)}</span>
        {list.selected.size > 1 ? <span>{t.common.list.selected(list.selected.size)}</span> : null}
      </div>
    </>
  );
}

/** Rows come and go while scrolling; focus stays on the list itself. */
function keepFocusOnList(event: { preventDefault(): void }, list: HTMLElement | null): void {
  event.preventDefault();
  list?.focus();
}
