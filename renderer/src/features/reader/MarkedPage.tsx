import type { Place } from '@shared/schema/documents';
import type { FileRef } from '@shared/schema/values';
import { type CSSProperties, useRef, useState } from 'react';
import { t } from '../../i18n';
import { ErrorNotice } from '../../ui';
import type { PageMark } from './PageMarks';
import { PdfPage } from './PdfPage';
import './reader.css';
import { usePaneSize } from './use-pane-size';
import { usePdf } from './use-pdf';
import { type Size, scaleOf } from './zoom';

const noMarks: readonly PageMark[] = [];

type Properties = {
  readonly file: FileRef;
  /** From 0. */
  readonly page: number;
  /** A rectangle on that page, in points from its lower left corner as displayed; null marks nothing. */
  readonly mark: Place | null;
  /** What the mark says. */
  readonly label: string;
};

/** One page of a file, whole in its pane, with a place marked on it. */
export function MarkedPage({ file, page, mark, label }: Properties) {
  const pane = useRef<HTMLDivElement>(null);
  const size = usePaneSize(pane);
  const pdf = usePdf(file);
  // Pages of one file may differ in size: it is known when the page has been drawn.
  const [own, setOwn] = useState<Size | null>(null);
  const sheet = own ?? (pdf.state === 'open' ? pdf.first : null);
  const scale = sheet === null ? 0 : scaleOf('page', sheet, size);
  return (
    <div ref={pane} className="cv-marked-pane">
      {pdf.state === 'failed' ? <ErrorNotice error={pdf.error} /> : null}
      {pdf.state === 'opening' ? <p role="status">{t.common.list.loading}</p> : null}
      {pdf.state === 'open' && sheet !== null && size.width > 0 ? (
        <div className="cv-marked-page" style={{ width: sheet.width * scale, height: sheet.height * scale }}>
          <PdfPage
            document={pdf.document}
            number={page + 1}
            scale={scale}
            rotation={0}
            query=""
            marks={noMarks}
            onSize={(_number, width, height) =>
              setOwn((before) =>
                before?.width === width && before.height === height ? before : { width, height },
              )
            }
          />
          {mark === null ? null : (
            <div className="cv-marked-place" style={placeStyle(mark, scale)} role="note" aria-label={label}>
              <span>{label}</span>
            </div>
          )}
        </div>
      ) : null}
    </div>
  );
}

function placeStyle({ x, y, width, height }: Place, scale: number): CSSProperties {
  return { left: x * scale, bottom: y * scale, width: width * scale, height: height * scale };
}
