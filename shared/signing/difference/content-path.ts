import { type Box, boxAround, type Matrix, type Point, transform } from './geometry';

/** Straight pieces that stand for a curve. */
const curvePieces = 8;
const maxPoints = 20_000;

/** The path that the operators of a content stream are drawing (8.5.2), in the space of the page. */
export class ContentPath {
  subpaths: Point[][] = [];
  /** Where the path goes on, in the space of its coordinates. */
  private pen: Point = [0, 0];
  private pointCount = 0;

  /** A path with more points than are kept may have any shape. */
  get isCut(): boolean {
    return this.pointCount > maxPoints;
  }

  /** The box around everything drawn so far. */
  box(): Box {
    return boxAround(this.subpaths.flat());
  }

  /** Applies an operator that draws; false for any other. */
  draw(operator: string, numbers: readonly number[], matrix: Matrix): boolean {
    const [x = 0, y = 0, w = 0, h = 0] = numbers;
    switch (operator) {
      case 're':
        this.addRectangle([x, y], [x + w, y + h], matrix);
        return true;
      case 'm':
        this.subpaths.push([]);
        this.addPoint([x, y], matrix);
        return true;
      case 'l':
        this.addPoint([x, y], matrix);
        return true;
      case 'c':
      case 'v':
      case 'y':
        this.addCurve(operator, numbers, matrix);
        return true;
      case 'h':
        this.close();
        return true;
      default:
        return false;
    }
  }

  /** Leads the last subpath back to its beginning. */
  close(): void {
    const current = this.subpaths[this.subpaths.length - 1];
    if (current?.[0]) current.push(current[0]);
  }

  /** Begins the next path. */
  clear(): void {
    this.subpaths = [];
    this.pointCount = 0;
  }

  private addRectangle([left, bottom]: Point, [right, top]: Point, matrix: Matrix): void {
    this.subpaths.push([]);
    this.addPoint([left, bottom], matrix);
    this.addPoint([right, bottom], matrix);
    this.addPoint([right, top], matrix);
    this.addPoint([left, top], matrix);
    this.addPoint([left, bottom], matrix);
  }

  private addPoint(point: Point, matrix: Matrix): void {
    this.pen = point;
    this.pointCount += 1;
    if (this.isCut) return;
    if (this.subpaths.length === 0) this.subpaths.push([]);
    this.subpaths[this.subpaths.length - 1]?.push(transform(matrix, point));
  }

  /** A Bézier curve as straight pieces. */
  private addCurve(operator: 'c' | 'v' | 'y', numbers: readonly number[], matrix: Matrix): void {
    const start = this.pen;
    const [first, second, end] = controlPoints(operator, start, numbers);
    for (let i = 1; i <= curvePieces; i++) {
      const [t, u] = [i / curvePieces, 1 - i / curvePieces];
      const at = (axis: 0 | 1): number =>
        u ** 3 * start[axis] +
        3 * u * u * t * first[axis] +
        3 * u * t * t * second[axis] +
        t ** 3 * end[axis];
      this.addPoint([at(0), at(1)], matrix);
    }
  }
}

/** `v` and `y` leave out one of the control points (8.5.2.2). */
function controlPoints(
  operator: 'c' | 'v' | 'y',
  start: Point,
  [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[],
): readonly [Point, Point, Point] {
  const [one, two, three]: readonly [Point, Point, Point] = [
    [a, b],
    [c, d],
    [e, f],
  ];
  if (operator === 'c') return [one, two, three];
  return operator === 'v' ? [start, one, two] : [one, two, two];
}
