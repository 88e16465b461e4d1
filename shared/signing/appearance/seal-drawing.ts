import { hexOf, utf16Bytes } from '../bytes';
import type { Drawing } from './drawing';

/** Distance of the control points of a quarter circle drawn as one Bézier curve. */
const quarterCircle = 0.5523;
const starPoints = 5;

function circle(drawing: Drawing, center: number, radius: number): void {
  const k = quarterCircle * radius;
  const [c, r] = [center, radius];
  drawing.operator(c + r, c, 'm');
  drawing.operator(c + r, c + k, c + k, c + r, c, c + r, 'c');
  drawing.operator(c - k, c + r, c - r, c + k, c - r, c, 'c');
  drawing.operator(c - r, c - k, c - k, c - r, c, c - r, 'c');
  drawing.operator(c + k, c - r, c + r, c - k, c + r, c, 'c s');
}

function star(drawing: Drawing, x: number, y: number, radius: number): void {
  for (let i = 0; i < 2 * starPoints; i++) {
    const length = i % 2 === 0 ? radius : radius * 0.382;
    const angle = Math.PI / 2 + (i * Math.PI) / starPoints;
    drawing.operator(x + length * Math.cos(angle), y + length * Math.sin(angle), i === 0 ? 'm' : 'l');
  }
  drawing.operator('f');
}

/** Letters along the upper arc, from left to right. */
function arcText(drawing: Drawing, text: string, center: number, radius: number, size: number): void {
  const characters = Array.from(text.normalize('NFC'));
  const widths = characters.map((character) => drawing.width(character, size, 'bold'));
  const total = widths.reduce((sum, width) => sum + width, 0) / radius;
  let angle = Math.PI / 2 + total / 2;
  for (const [i, character] of characters.entries()) {
    const half = widths[i]! / 2 / radius;
    angle -= half;
    const turn = angle - Math.PI / 2;
    const x = center + radius * Math.cos(angle) - (widths[i]! / 2) * Math.cos(turn);
    const y = center + radius * Math.sin(angle) - (widths[i]! / 2) * Math.sin(turn);
    drawing.turnedText(character, { x, y, size, style: 'bold' }, turn);
    angle -= half;
  }
}

function wrap(text: string, lines: number): string[] {
  const words = text.split(/\s+/);
  const target = text.length / lines;
  const wrapped: string[] = [''];
  for (const word of words) {
    const line = wrapped[wrapped.length - 1]!;
    if (line !== '' && wrapped.length < lines && line.length + word.length / 2 > target) wrapped.push(word);
    else wrapped[wrapped.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return wrapped;
}

/**
 * A round seal for an organisation that has given no picture of its own: two red circles, the superior body (or the
 * organisation) around, the star and the organisation's name inside. `size` is the diameter in points.
 */
export function drawSeal(
  drawing: Drawing,
  size: number,
  organisation: string,
  superior: string | null,
): void {
  const center = size / 2;
  const outer = center - size * 0.015;
  const inner = outer * 0.68;
  drawing.fillColor(0.8, 0.05, 0.05);
  drawing.strokeColor(0.8, 0.05, 0.05);
  drawing.operator(size * 0.022, 'w');
  circle(drawing, center, outer);
  drawing.operator(size * 0.01, 'w');
  circle(drawing, center, inner);
  // Letters set one by one would read as rubbish; ActualText (ISO 32000-1, 14.9.4) gives the words to readers.
  const words = [superior, organisation].filter((name) => name !== null).join('\n');
  drawing.operator(`/Span <</ActualText <${hexOf(utf16Bytes(`\ufeff${words}`))}>>> BDC`);
  const around = (superior ?? organisation).toLocaleUpperCase('vi');
  const radius = inner + (outer - inner) * 0.28;
  const arcSize = drawing.fittingSize(around, radius * Math.PI * 1.6, (outer - inner) * 0.62, 'bold');
  arcText(drawing, around, center, radius, arcSize);
  const lines = superior === null ? [] : wrap(organisation.toLocaleUpperCase('vi'), 3);
  for (const [i, line] of lines.entries()) {
    const lineSize = drawing.fittingSize(line, inner * 1.5, size * 0.085, 'bold');
    const y = center + (lines.length / 2 - i - 0.8) * size * 0.1;
    drawing.text(line, {
      x: center - drawing.width(line, lineSize, 'bold') / 2,
      y,
      size: lineSize,
      style: 'bold',
    });
  }
  drawing.operator('EMC');
  if (superior === null) star(drawing, center, center, inner * 0.6);
  star(drawing, center, center - (inner + outer) / 2, (outer - inner) * 0.32);
}
