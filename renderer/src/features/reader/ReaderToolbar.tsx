import { useState } from 'react';
import { t } from '../../i18n';
import { IconButton } from '../../ui';
import type { Zoom } from './zoom';

type Properties = {
  readonly page: number;
  readonly pages: number;
  readonly scale: number;
  readonly zoom: Zoom;
  readonly onPage: (page: number) => void;
  readonly onStep: (up: boolean) => void;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onHead: () => void;
  readonly onRotate: () => void;
  readonly onSearch: () => void;
};

/** Page, zoom, turning and search. */
export function ReaderToolbar(properties: Properties) {
  const { page, pages, scale, zoom, onPage, onStep, onZoom, onHead, onRotate, onSearch } = properties;
  return (
    <div className="cv-reader-bar" role="toolbar" aria-label={t.reader.toolbar}>
      <IconButton
        icon="chevronLeft"
        label={t.reader.previous}
        shortcut="Alt+PageUp"
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      />
      <PageNumber page={page} pages={pages} onPage={onPage} />
      <IconButton
        icon="chevronRight"
        label={t.reader.next}
        shortcut="Alt+PageDown"
        disabled={page >= pages}
        onClick={() => onPage(page + 1)}
      />
      <span className="cv-bar-gap" />
      <IconButton icon="minus" label={t.reader.zoomOut} shortcut="Ctrl+-" onClick={() => onStep(false)} />
      <span className="cv-zoom">{t.reader.zoom(Math.round(scale * 100))}</span>
      <IconButton icon="plus" label={t.reader.zoomIn} shortcut="Ctrl+=" onClick={() => onStep(true)} />
      <IconButton
        icon="fitWidth"
        label={t.reader.fitWidth}
        shortcut="Ctrl+0"
        pressed={zoom === 'width'}
        onClick={() => onZoom('width')}
      />
      <IconButton
        icon="fitPage"
        label={t.reader.fitPage}
        pressed={zoom === 'page'}
        onClick={() => onZoom('page')}
      />
      <IconButton icon="corner" label={t.reader.corner} onClick={onHead} />
      <IconButton icon="rotate" label={t.reader.rotate} onClick={onRotate} />
      <span className="cv-grow" />
      <IconButton icon="search" label={t.reader.search} shortcut="Ctrl+F" onClick={onSearch} />
    </div>
  );
}

function PageNumber({
  page,
  pages,
  onPage,
}: {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const go = (): void => {
    const wanted = Number(typed);
    setTyped(null);
    if (Number.isInteger(wanted) && wanted >= 1) onPage(wanted);
  };
  return (
    <span className="cv-page-number">
      <input
        aria-label={t.reader.page}
        value={typed ?? String(page)}
        inputMode="numeric"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          go();
        }}
      />
      <span className="cv-soft">{t.reader.pageOf(pages)}</span>
    </span>
  );
}
