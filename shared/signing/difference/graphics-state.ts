import type { Box, Matrix } from './geometry';
import { everywhere, identity } from './geometry';

/** The part of the graphics state (ISO 32000-1, 8.4) that decides where text and filled areas are and what they hide. */
export type GraphicsState = {
  matrix: Matrix;
  clip: Box;
  /** Brightness of the fill colour: 0 black, 1 white. */
  brightness: number;
  alpha: number;
  blendMode: string;
  lineWidth: number;
  fontSize: number;
  /** Bytes of one character code. */
  codeLength: 1 | 2;
  characterSpace: number;
  leading: number;
  /** Horizontal scale as a factor. */
  scale: number;
  rise: number;
};

export function initialState(matrix: Matrix = identity, clip: Box = everywhere): GraphicsState {
  return {
    matrix,
    clip,
    brightness: 0,
    alpha: 1,
    blendMode: 'Normal',
    lineWidth: 1,
    fontSize: 0,
    codeLength: 1,
    characterSpace: 0,
    leading: 0,
    scale: 1,
    rise: 0,
  };
}

/** True when a fill lets nothing of what lies below be read. */
export function hidesBelow({ alpha, blendMode, brightness }: GraphicsState): boolean {
  if (alpha < 0.5) return false;
  // These leave dark text on light paper as it is, unless the fill itself is dark.
  const isDarkening = blendMode === 'Multiply' || blendMode === 'Darken';
  return !(isDarkening && brightness > 0.5);
}

/** Brightness of a colour by its components: grey, RGB or CMYK; patterns and others count as dark. */
export function brightnessOf(components: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = components;
  if (components.length === 1) return a;
  if (components.length === 3) return 0.3 * a + 0.59 * b + 0.11 * c;
  return components.length === 4 ? (1 - d) * (1 - (0.3 * a + 0.59 * b + 0.11 * c)) : 0;
}
