import type { PageGeometry } from '../pdf/pdf-pages';

/** A rectangle on a page: index of the page, points, on the page AS DISPLAYED, origin at its lower left corner. */
export type Placement = {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
};

export type PageSize = { readonly w: number; readonly h: number };

/** Blanks for the day, the month and, where it is not printed yet, the year. */
export type DateBlanks = {
  readonly day: Placement;
  readonly month: Placement;
  readonly year: Placement | null;
};

export const pointsPerMillimetre = 72 / 25.4;

/** Width and height of the visible part of a page as it is displayed, in points. */
export function displayedSize({ box, rotate }: PageGeometry): PageSize {
  const across = box[2] - box[0];
  const up = box[3] - box[1];
  return rotate === 90 || rotate === 270 ? { w: up, h: across } : { w: across, h: up };
}

/** Where a displayed rectangle lies in user space, and the matrix that shows an appearance upright in it. */
export type UserSpace = { readonly rect: readonly number[]; readonly matrix: readonly number[] };

/** Turns a placement into user space of a cropped and rotated page. */
export function toUserSpace(
  { box, rotate }: PageGeometry,
  { x, y, w, h }: Omit<Placement, 'page'>,
): UserSpace {
  const across = box[2] - box[0];
  const up = box[3] - box[1];
  const rectangles = {
    0: [x, y, x + w, y + h],
    90: [across - y - h, x, across - y, x + w],
    180: [across - x - w, up - y - h, across - x, up - y],
    270: [y, up - x - w, y + h, up - x],
  };
  const offsets = [box[0], box[1], box[0], box[1]];
  return { rect: rectangles[rotate].map((value, i) => value + offsets[i]!), matrix: uprightMatrix(rotate) };
}

/** Matrix of a form XObject that stands upright on a page shown with the given clockwise turn. */
export function uprightMatrix(rotate: PageGeometry['rotate']): readonly number[] {
  return {
    0: [1, 0, 0, 1, 0, 0],
    90: [0, 1, -1, 0, 0, 0],
    180: [-1, 0, 0, -1, 0, 0],
    270: [0, -1, 1, 0, 0, 0],
  }[rotate];
}

/**
 * Place of the organisation's seal: true size, over the left third of the personal signature and centred on its height
 * (Nghị định 30/2020, Phụ lục I, phần I, mục II.8). `diameter` in millimetres, as registered.
 */
export function placeSeal(personSignature: Placement, diameter: number): Placement {
  const size = diameter * pointsPerMillimetre;
  const { page, x, y, w, h } = personSignature;
  return { page, x: x + w / 3 - size, y: y + h / 2 - size / 2, w: size, h: size };
}

/** The largest rectangle of these proportions in the middle of a room. */
export function fitProportions(room: Placement, proportions: PageSize): Placement {
  const scale = Math.min(room.w / proportions.w, room.h / proportions.h);
  const [w, h] = [proportions.w * scale, proportions.h * scale];
  return { page: room.page, x: room.x + (room.w - w) / 2, y: room.y + (room.h - h) / 2, w, h };
}

/** Place of the organisation's text-only signature on a separate annex: top right of page 1 (same source). */
export function placeAnnexText(page: PageSize): Placement {
  return placeTopRight(page, 30);
}

/** Place of the organisation's text-only signature on an electronic copy: the same box 14 (phần II, mục I.3). */
export function placeCopyText(page: PageSize): Placement {
  return placeTopRight(page, 54);
}

function placeTopRight(page: PageSize, h: number): Placement {
  const w = 200;
  return { page: 0, x: page.w - w - 15 * pointsPerMillimetre, y: page.h - h - 18, w, h };
}
