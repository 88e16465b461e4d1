import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef } from 'react';
import { t } from '../../i18n';
import { plainText, reportFailure } from '../../ui';
import { type PageMark, PageMarks } from './PageMarks';
import { pdfEngine } from './pdf-engine';

type Properties = {
  readonly document: PDFDocumentProxy;
  readonly number: number;
  readonly scale: number;
  readonly rotation: number;
  readonly query: string;
  /** Of this page only. */
  readonly marks: readonly PageMark[];
  readonly onSize: (number: number, width: number, height: number) => void;
};

/** One page: its picture, and its text above it for choosing, copying and finding. */
export function PdfPage({ document, number, scale, rotation, query, marks, onSize }: Properties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const size = useRef(onSize);
  useEffect(() => {
    size.current = onSize;
  });

  useEffect(() => {
    const leaving = new AbortController();
    const draw = async (): Promise<void> => {
      const page = await document.getPage(number);
      if (leaving.signal.aborted || canvas.current === null || text.current === null) return;
      const { width, height } = page.getViewport({ scale: 1 });
      size.current(number, width, height);
      await Promise.all([
        drawPicture(page, canvas.current, { scale, rotation }, leaving.signal),
        layText(page, text.current, { scale, rotation }, leaving.signal),
      ]);
      if (!leaving.signal.aborted && text.current !== null) markHits(text.current, query);
    };
    draw().catch((error: unknown) => {
      if (!leaving.signal.aborted) reportFailure(error);
    });
    return () => leaving.abort();
    // The query is marked by the effect below; a new query needs no new picture.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [document, number, scale, rotation]);

  useEffect(() => {
    if (text.current !== null) markHits(text.current, query);
  }, [query]);

  return (
    <section className="cv-page-sheet" aria-label={t.reader.pageLabel(number)}>
      <canvas ref={canvas} aria-hidden="true" />
      <div ref={text} className="cv-text-layer" />
      {marks.length === 0 ? null : (
        <PageMarks document={document} number={number} rotation={rotation} marks={marks} />
      )}
    </section>
  );
}

type View = { readonly scale: number; readonly rotation: number };

async function drawPicture(
  page: PDFPageProxy,
  target: HTMLCanvasElement,
  view: View,
  signal: AbortSignal,
): Promise<void> {
  const density = Math.min(globalThis.devicePixelRatio || 1, 2);
  const viewport = page.getViewport({
    scale: view.scale * density,
    rotation: (page.rotate + view.rotation) % 360,
  });
  // Drawn aside and copied at once, so that a page never flashes white while the zoom changes.
  const buffer = globalThis.document.createElement('canvas');
  buffer.width = Math.floor(viewport.width);
  buffer.height = Math.floor(viewport.height);
  const task = page.render({ canvas: buffer, viewport });
  signal.addEventListener('abort', () => task.cancel());
  try {
    await task.promise;
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  target.width = buffer.width;
  target.height = buffer.height;
  target.getContext('2d')?.drawImage(buffer, 0, 0);
}

async function layText(
  page: PDFPageProxy,
  target: HTMLElement,
  view: View,
  signal: AbortSignal,
): Promise<void> {
  const { pdfjs } = await pdfEngine();
  const viewport = page.getViewport({ scale: view.scale, rotation: (page.rotate + view.rotation) % 360 });
  const container = globalThis.document.createElement('div');
  container.className = 'cv-text-lines';
  container.style.setProperty('--total-scale-factor', String(view.scale));
  const layer = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
  signal.addEventListener('abort', () => layer.cancel());
  try {
    await layer.render();
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  if (!signal.aborted) target.replaceChildren(container);
}

function markHits(layer: HTMLElement, query: string): void {
  const wanted = plainText(query);
  for (const span of layer.querySelectorAll('span')) {
    span.classList.toggle('cv-hit', wanted !== '' && plainText(span.textContent).includes(wanted));
  }
}
