/** Millimetres to PDF points. */
export function mm(millimetres: number): number {
  return (millimetres * 72) / 25.4;
}

/** A page and its margins, in points. */
export type PageGeometry = {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
};

const a4Short = mm(210);
const a4Long = mm(297);

/** A4 upright with margins inside the ranges of NĐ 30/2020, Phụ lục I, I.3 (20-25, 30-35, 15-20 mm). */
export const a4Portrait: PageGeometry = {
  width: a4Short,
  height: a4Long,
  top: mm(20),
  bottom: mm(20),
  left: mm(30),
  right: mm(15),
};

/** A4 on its side for books and wide tables, same margins (Phụ lục I, I.2). */
export const a4Landscape: PageGeometry = { ...a4Portrait, width: a4Long, height: a4Short };

/** Width between the left and right margins. */
export function textWidth(page: PageGeometry): number {
  return page.width - page.left - page.right;
}

/** Height between the top and bottom margins. */
export function textHeight(page: PageGeometry): number {
  return page.height - page.top - page.bottom;
}

/** A rectangle on a page: points, origin at the bottom left, pages counted from 0. */
export type Place = {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
