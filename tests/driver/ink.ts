import { spawnSync } from 'node:child_process';

/** Points, from the lower left corner of the page. */
export type Box = {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
};
type Color = readonly [number, number, number];

export const isBlue = ([red, green, blue]: Color): boolean => blue > 150 && red < 90 && green < 120;
export const isRed = ([red, green, blue]: Color): boolean => red > 150 && green < 120 && blue < 120;

/** Renders a page with poppler and gives the box of the pixels of a colour; null when there is none. */
export function inkBox(
  file: string,
  isInk: (color: Color) => boolean,
  { page = 1, dpi = 72 }: { readonly page?: number; readonly dpi?: number } = {},
): Box | null {
  const range = ['-r', String(dpi), '-f', String(page), '-l', String(page)];
  const { stdout } = spawnSync('pdftoppm', [...range, file], { maxBuffer: 1 << 28 });
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 40).toString('latin1'));
  if (header === null) return null;
  const [width = 0, height = 0] = header.slice(1).map(Number);
  const start = header[0].length;
  let [left, right, bottom, top] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = start + 3 * (y * width + x);
      if (!isInk([stdout[at] ?? 0, stdout[at + 1] ?? 0, stdout[at + 2] ?? 0])) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      bottom = Math.min(bottom, height - y - 1);
      top = Math.max(top, height - y);
    }
  }
  if (right < 0) return null;
  const points = 72 / dpi;
  return { left: left * points, right: right * points, bottom: bottom * points, top: top * points };
}
