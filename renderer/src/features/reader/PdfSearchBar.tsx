import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n';
import { IconButton } from '../../ui';
import { usePdfSearch } from './use-pdf-search';

type Properties = {
  readonly document: PDFDocumentProxy;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onPage: (page: number) => void;
  readonly onClose: () => void;
};

/** Finds words in the document; Enter goes to the next place, Shift+Enter to the one before. */
export function PdfSearchBar({ document, query, onQuery, onPage, onClose }: Properties) {
  const { matches, at } = usePdfSearch(document, query);
  const [place, setPlace] = useState({ query, index: 0 });
  const index = place.query === query ? place.index : 0;
  const input = useRef<HTMLInputElement>(null);
  const jump = useRef(onPage);
  useEffect(() => {
    jump.current = onPage;
  });
  useEffect(() => input.current?.focus(), []);
  const first = matches[0];
  useEffect(() => {
    if (first !== undefined) jump.current(first);
  }, [first, query]);

  const move = (step: number): void => {
    if (matches.length === 0) return;
    const next = (index + step + matches.length) % matches.length;
    setPlace({ query, index: next });
    const page = matches[next];
    if (page !== undefined) onPage(page);
  };
  return (
    <div className="cv-reader-bar" role="search">
      <input
        ref={input}
        className="cv-reader-query"
        aria-label={t.reader.search}
        placeholder={t.reader.searchPlaceholder}
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') move(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
        }}
      />
      <output className="cv-soft cv-small">
        {said(query, matches.length, index, at, document.numPages)}
      </output>
      <IconButton icon="chevronLeft" label={t.reader.previousMatch} onClick={() => move(-1)} />
      <IconButton icon="chevronRight" label={t.reader.nextMatch} onClick={() => move(1)} />
      <IconButton icon="close" label={t.reader.closeSearch} onClick={onClose} />
    </div>
  );
}

function said(query: string, count: number, index: number, at: number, pages: number): string {
  if (query.trim().length < 2) return '';
  if (count > 0) return t.reader.matches(index + 1, count);
  return at > 0 ? t.reader.searching(at, pages) : t.reader.noMatches;
}
