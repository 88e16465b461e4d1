import type { Drawing } from './drawing';
import type { PageSize } from './placement';

/** Size of the text blocks (Phụ lục I, phần I, mục II.8). */
const largest = 10;
/** Below this, lines are no longer made shorter to keep the letters large. */
const smallest = 1;
const step = 0.25;
const lineHeight = 1.2;
/** Room for capitals with two marks above the first baseline, and below the last one, in multiples of the size. */
const ascent = 1.1;
const descent = 0.25;

/**
 * Draws lines of text from the top of a room, in black: at 10 pt where they fit, else wrapped between words, and smaller
 * until all of them fit. Nothing is ever cut off.
 */
export function drawTextBlock(
  drawing: Drawing,
  lines: readonly string[],
  room: PageSize,
  alignment: 'left' | 'right',
): void {
  const { size, rows } = fitText(drawing, lines, room);
  drawing.fillColor(0, 0, 0);
  for (const [i, row] of rows.entries()) {
    const x = alignment === 'left' ? 0 : room.w - drawing.width(row, size);
    drawing.text(row, { x, y: room.h - (ascent + i * lineHeight) * size, size });
  }
}

function fitText(
  drawing: Drawing,
  lines: readonly string[],
  { w, h }: PageSize,
): { readonly size: number; readonly rows: readonly string[] } {
  for (let size = largest; size > smallest; size -= step) {
    const rows = lines.flatMap((line) => wrap(drawing, line, size, w));
    const isHighEnough = heightOf(rows.length) * size <= h;
    if (isHighEnough && rows.every((row) => drawing.width(row, size) <= w)) return { size, rows };
  }
  const narrow = lines.map((line) => drawing.fittingSize(line, w, smallest));
  const size = Math.min(h / heightOf(lines.length), ...narrow);
  return { size, rows: lines };
}

/** Of so many rows, in multiples of the size. */
function heightOf(rows: number): number {
  return ascent + (rows - 1) * lineHeight + descent;
}

function wrap(drawing: Drawing, line: string, size: number, width: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of line.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (row !== '' && drawing.width(longer, size) > width) {
      rows.push(row);
      row = word;
    } else {
      row = longer;
    }
  }
  return [...rows, row];
}
