import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';
import { reportFailure } from '../../ui';

/** A place on a page to be pointed out: `page` from 1, `rect` in user space of the page, `label` for those who hear it. */
export type PageMark = { readonly page: number; readonly rect: readonly number[]; readonly label: string };

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
type Properties = {
  readonly document: PDFDocumentProxy;
  readonly number: number;
  readonly rotation: number;
  /** Of this page only. */
  readonly marks: readonly PageMark[];
};

/** Frames around places of one page; measured in parts of the page, so that they stay in place at every zoom. */
export function PageMarks({ document, number, rotation, marks }: Properties) {
  const [boxes, setBoxes] = useState<readonly Box[]>([]);
  useEffect(() => {
    let left = false;
    const place = async (): Promise<void> => {
      const page = await document.getPage(number);
      const view = page.getViewport({ scale: 1, rotation: (page.rotate + rotation) % 360 });
      const found = marks.map(({ rect: [x1 = 0, y1 = 0, x2 = 0, y2 = 0] }) =>
        partOf([...view.convertToViewportPoint(x1, y1), ...view.convertToViewportPoint(x2, y2)], view),
      );
      if (!left) setBoxes(found);
    };
    place().catch(reportFailure);
    return () => {
      left = true;
    };
  }, [document, number, rotation, marks]);
  return boxes.map((box, index) => (
    <div
      key={`${box.left} ${box.top} ${box.width}`}
      className="cv-page-mark"
      role="img"
      aria-label={marks[index]?.label}
      style={{
        left: `${box.left}%`,
        top: `${box.top}%`,
        width: `${box.width}%`,
        height: `${box.height}%`,
      }}
    />
  ));
}

function partOf(
  [x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[],
  view: { readonly width: number; readonly height: number },
): Box {
  return {
    left: (Math.min(x1, x2) / view.width) * 100,
    top: (Math.min(y1, y2) / view.height) * 100,
    width: (Math.abs(x2 - x1) / view.width) * 100,
    height: (Math.abs(y2 - y1) / view.height) * 100,
  };
}
