import { areaOf, type Box, boxAround, intersection, type Point } from './geometry';

/** An area of a path: its subpaths, filled by the non-zero or the even-odd rule, or drawn as lines of a width. */
export type PaintShape =
  | { readonly kind: 'fill'; readonly subpaths: readonly (readonly Point[])[]; readonly isEvenOdd: boolean }
  | { readonly kind: 'stroke'; readonly subpaths: readonly (readonly Point[])[]; readonly width: number };

/** Paint over a part of a page; without a shape it fills its box. */
export type Paint = {
  readonly box: Box;
  readonly shape: PaintShape | null;
  /** The part of the contrast below that it takes away: 0 nothing, 1 all. */
  readonly opacity: number;
};

/** What may be spent on one file, in steps of a cell or an edge. */
export type PaintBudget = { left: number };

/** Rows of the grid that is laid over a line of text, and the part of the contrast that reading it takes. */
const rows = 6;
/** A line of tiny letters across a page has as many columns. */
const maxCells = 2000;
const readable = 0.5;
/** Cells across a hidden square as large as a good part of a character. */
const characterCells = 3;

/** How much of what a box shows may be hidden, and whether it is text, of which each character counts. */
export type PaintLimit = { readonly part: number; readonly isText: boolean };

/**
 * True when layers of paint together hide more of what a box shows than the limit, however they are made up. Also true
 * when the budget is spent.
 */
export function isPaintedOver(
  paints: readonly Paint[],
  box: Box,
  limit: PaintLimit,
  budget: PaintBudget,
): boolean {
  const near = paints.filter((paint) => areaOf(intersection(paint.box, box)) > 0);
  budget.left -= paints.length;
  if (near.length === 0) return false;
  // A line may be far longer than what is painted over it, as with spaces at its end; the grid stays fine there.
  const window = intersection(
    box,
    boxAround(
      near.flatMap(({ box: [l, b, r, t] }): Point[] => [
        [l, b],
        [r, t],
      ]),
    ),
  );
  const grid = new Grid(window, Math.min(box[2] - box[0], box[3] - box[1]) / rows);
  for (const paint of near) {
    grid.add(paint, budget);
    if (budget.left < 0) return true;
  }
  return grid.isHidden(limit.isText, limit.part * (areaOf(box) / areaOf(window)));
}

/** A box as cells, each with the part of its contrast that is left. */
class Grid {
  private readonly box: Box;
  private readonly across: number;
  private readonly up: number;
  private readonly left: Float32Array;
  /** The cells that one paint reaches, where its box lies. */
  private readonly painted: Uint8Array;

  constructor(box: Box, cell: number) {
    this.box = box;
    const count = (length: number): number => Math.max(1, Math.min(maxCells, Math.ceil(length / cell)));
    this.across = count(box[2] - box[0]);
    this.up = count(box[3] - box[1]);
    this.left = new Float32Array(this.across * this.up).fill(1);
    this.painted = new Uint8Array(this.left.length);
  }

  add({ box, shape, opacity }: Paint, budget: PaintBudget): void {
    const [firstX, lastX] = this.cells(0, this.across, box[0], box[2], 0);
    const [firstY, lastY] = this.cells(1, this.up, box[1], box[3], 0);
    const { painted } = this;
    for (let y = firstY; y <= lastY; y++)
      painted.fill(shape ? 0 : 1, y * this.across + firstX, y * this.across + lastX + 1);
    if (shape?.kind === 'fill') this.fill(shape.subpaths, shape.isEvenOdd, [firstY, lastY], budget);
    else if (shape) this.stroke(shape.subpaths, shape.width / 2, budget);
    budget.left -= Math.max(0, lastX - firstX + 1) * Math.max(0, lastY - firstY + 1);
    for (let y = firstY; y <= lastY; y++) {
      for (let x = firstX; x <= lastX; x++) {
        const at = y * this.across + x;
        if (painted[at] === 1 && contains(box, this.centre(x, y))) this.left[at]! *= 1 - opacity;
      }
    }
  }

  /** True when a square of cells in text, or more than the allowed part of all, cannot be seen any more. */
  isHidden(isText: boolean, part: number): boolean {
    const isDark = (x: number, y: number): boolean => this.left[y * this.across + x]! < readable;
    let dark = 0;
    // How large a dark square ends at each cell of a row.
    let above = new Uint16Array(this.across + 1);
    for (let y = 0; y < this.up; y++) {
      const sides = new Uint16Array(this.across + 1);
      for (let x = 0; x < this.across; x++) {
        if (!isDark(x, y)) continue;
        dark += 1;
        sides[x + 1] = 1 + Math.min(sides[x]!, above[x]!, above[x + 1]!);
        if (isText && sides[x + 1]! >= characterCells) return true;
      }
      above = sides;
    }
    return dark > part * this.left.length;
  }

  private centre(x: number, y: number): Point {
    const [left, bottom, right, top] = this.box;
    return [
      left + ((x + 0.5) / this.across) * (right - left),
      bottom + ((y + 0.5) / this.up) * (top - bottom),
    ];
  }

  private fill(
    subpaths: readonly (readonly Point[])[],
    isEvenOdd: boolean,
    [firstY, lastY]: readonly [number, number],
    budget: PaintBudget,
  ): void {
    const { painted } = this;
    for (let y = firstY; y <= lastY && budget.left >= 0; y++) {
      const crossings = crossingsAt(subpaths, this.centre(0, y)[1]);
      budget.left -= subpaths.reduce((sum, { length }) => sum + length, 0) + this.across;
      let next = 0;
      let winding = 0;
      for (let x = 0; x < this.across; x++) {
        const position = this.centre(x, y)[0];
        for (; next < crossings.length && crossings[next]!.x <= position; next++)
          winding += crossings[next]!.turn;
        if (isEvenOdd ? next % 2 === 1 : winding !== 0) painted[y * this.across + x] = 1;
      }
    }
  }

  private stroke(subpaths: readonly (readonly Point[])[], reach: number, budget: PaintBudget): void {
    const { painted } = this;
    for (const points of subpaths) {
      for (let i = 0; i + 1 < points.length; i++) {
        const [from, to] = [points[i]!, points[i + 1]!];
        budget.left -= 1;
        const [firstX, lastX] = this.cells(0, this.across, from[0], to[0], reach);
        const [firstY, lastY] = this.cells(1, this.up, from[1], to[1], reach);
        for (let y = firstY; y <= lastY; y++) {
          for (let x = firstX; x <= lastX; x++) {
            budget.left -= 1;
            if (distance(this.centre(x, y), from, to) <= reach) painted[y * this.across + x] = 1;
          }
        }
        if (budget.left < 0) return;
      }
    }
  }

  /** First and last cell, along one axis, that a line may reach. */
  private cells(
    axis: 0 | 1,
    count: number,
    from: number,
    to: number,
    reach: number,
  ): readonly [number, number] {
    const [low, high] = [this.box[axis], this.box[axis + 2] ?? 0];
    const index = (value: number): number => ((value - low) / (high - low)) * count;
    return [
      Math.max(0, Math.floor(index(Math.min(from, to) - reach))),
      Math.min(count - 1, Math.ceil(index(Math.max(from, to) + reach))),
    ];
  }
}

function contains([left, bottom, right, top]: Box, [x, y]: Point): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}

/** Where the edges of a path cross a horizontal line, from the left, and whether upwards or downwards. */
function crossingsAt(
  subpaths: readonly (readonly Point[])[],
  y: number,
): readonly { readonly x: number; readonly turn: number }[] {
  const found: { x: number; turn: number }[] = [];
  for (const points of subpaths) {
    for (const [i, [x0, y0]] of points.entries()) {
      const [x1, y1] = points[i + 1] ?? points[0] ?? [x0, y0];
      if (y0 <= y === y1 <= y) continue;
      found.push({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), turn: y1 > y0 ? 1 : -1 });
    }
  }
  return found.sort((a, b) => a.x - b.x);
}

function distance([x, y]: Point, [x0, y0]: Point, [x1, y1]: Point): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / squared));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}
