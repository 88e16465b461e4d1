import type { FileRef } from '@shared/schema/values';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../i18n';
import { EmptyState, ErrorNotice, useCommands } from '../../ui';
import type { PageMark } from './PageMarks';
import { PdfPage } from './PdfPage';
import { PdfSearchBar } from './PdfSearchBar';
import { ReaderToolbar } from './ReaderToolbar';
import { usePaneSize } from './use-pane-size';
import { usePdf } from './use-pdf';
import { type Size, scaleOf, turned, type Zoom, zoomStep } from './zoom';

const gap = 12;
const noMarks: readonly PageMark[] = [];

/** For who keeps something beside the page, such as notes: which page is in view, and a wish to see another. */
export type PageWatch = {
  readonly onPage?: (page: number) => void;
  /** A new object is a new wish, also for the same page. */
  readonly goTo?: { readonly page: number } | null;
  /** Places that are pointed out. */
  readonly marks?: readonly PageMark[];
};

/** Reads a PDF page by page. */
export function PdfView({ file, ...watch }: { readonly file: FileRef } & PageWatch) {
  const pdf = usePdf(file);
  if (pdf.state === 'opening') return <EmptyState title={t.reader.opening} />;
  if (pdf.state === 'failed')
    return (
      <div className="cv-reader-trouble">
        <ErrorNotice error={pdf.error} />
      </div>
    );
  return <Pages document={pdf.document} first={pdf.first} name={file.name} {...watch} />;
}

type PagesProperties = PageWatch & {
  readonly document: PDFDocumentProxy;
  readonly first: Size;
  readonly name: string;
};

function Pages({ document, first, name, onPage, goTo: wanted = null, marks = noMarks }: PagesProperties) {
  const scroller = useRef<HTMLDivElement>(null);
  const pane = usePaneSize(scroller);
  const [zoom, setZoom] = useState<Zoom>('width');
  const [rotation, setRotation] = useState(0);
  const [searching, setSearching] = useState(false);
  const [query, setQuery] = useState('');
  const marksByPage = useMemo(
    () => new Map(marks.map(({ page }) => [page, marks.filter((mark) => mark.page === page)])),
    [marks],
  );
  const [sizes, setSizes] = useState<ReadonlyMap<number, Size>>(new Map());
  const sizeOf = (number: number): Size => turned(sizes.get(number) ?? first, rotation);
  const scaleOfPage = (number: number): number => scaleOf(zoom, sizeOf(number), pane);
  const virtual = useVirtualizer({
    count: document.numPages,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => sizeOf(index + 1).height * scaleOfPage(index + 1) + gap,
    overscan: 1,
    paddingStart: gap,
  });
  useEffect(() => virtual.measure(), [virtual, zoom, rotation, pane, sizes]);

  const items = virtual.getVirtualItems();
  const offset = (virtual.scrollOffset ?? 0) + pane.height / 3;
  const current = (items.find((item) => item.end > offset)?.index ?? 0) + 1;
  const goTo = (page: number): void =>
    virtual.scrollToIndex(Math.max(0, Math.min(document.numPages, page) - 1), { align: 'start' });
  const seen = useRef({ onPage, goTo });
  useEffect(() => {
    seen.current = { onPage, goTo };
  });
  useEffect(() => seen.current.onPage?.(current), [current]);
  useEffect(() => {
    if (wanted !== null) seen.current.goTo(wanted.page);
  }, [wanted]);
  const step = (up: boolean): void => setZoom(zoomStep(scaleOfPage(current), up));
  const toHead = (): void => {
    setZoom('width');
    virtual.scrollToOffset(0);
  };
  const onSize = (number: number, width: number, height: number): void => {
    const known = sizes.get(number) ?? first;
    if (known.width !== width || known.height !== height)
      setSizes((before) => new Map(before).set(number, { width, height }));
  };
  const closeSearch = (): void => {
    setSearching(false);
    setQuery('');
    scroller.current?.focus();
  };
  useCommands([
    {
      id: 'reader.search',
      title: t.reader.search,
      shortcut: 'Ctrl+F',
      run: () => setSearching(true),
      when: () => scroller.current?.parentElement?.contains(globalThis.document.activeElement) === true,
    },
    { id: 'reader.zoom-in', title: t.reader.zoomIn, shortcut: 'Ctrl+=', run: () => step(true) },
    { id: 'reader.zoom-out', title: t.reader.zoomOut, shortcut: 'Ctrl+-', run: () => step(false) },
    { id: 'reader.fit', title: t.reader.fitWidth, shortcut: 'Ctrl+0', run: () => setZoom('width') },
    { id: 'reader.next-page', title: t.reader.next, shortcut: 'Alt+PageDown', run: () => goTo(current + 1) },
    {
      id: 'reader.previous-page',
      title: t.reader.previous,
      shortcut: 'Alt+PageUp',
      run: () => goTo(current - 1),
    },
  ]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.target !== scroller.current) return;
    if (event.key === 'ArrowRight') goTo(current + 1);
    else if (event.key === 'ArrowLeft') goTo(current - 1);
    else if (event.key === '+') step(true);
    else if (event.key === '-') step(false);
    else return;
    event.preventDefault();
  };
  return (
    <div className="cv-reader">
      <ReaderToolbar
        page={current}
        pages={document.numPages}
        scale={scaleOfPage(current)}
        zoom={zoom}
        onPage={goTo}
        onStep={step}
        onZoom={setZoom}
        onHead={toHead}
        onRotate={() => setRotation((before) => (before + 90) % 360)}
        onSearch={() => setSearching(true)}
      />
      {searching ? (
        <PdfSearchBar
          document={document}
          query={query}
          onQuery={setQuery}
          onPage={goTo}
          onClose={closeSearch}
        />
      ) : null}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows turn the pages */}
      <div
        ref={scroller}
        className="cv-reader-pages"
        role="region"
        aria-label={`${t.reader.document}: ${name}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className="cv-reader-space" style={{ height: virtual.getTotalSize() }}>
          {pane.width === 0
            ? null
            : items.map((item) => {
                const number = item.index + 1;
                const size = sizeOf(number);
                const scale = scaleOfPage(number);
                return (
                  <div
                    key={item.key}
                    className="cv-page-place"
                    style={{
                      top: item.start,
                      width: size.width * scale,
                      height: size.height * scale,
                      left: Math.max(gap, (pane.width - size.width * scale) / 2),
                    }}
                  >
                    <PdfPage
                      document={document}
                      number={number}
                      scale={scale}
                      rotation={rotation}
                      query={query}
                      marks={marksByPage.get(number) ?? noMarks}
                      onSize={onSize}
                    />
                  </div>
                );
              })}
        </div>
      </div>
    </div>
  );
}
