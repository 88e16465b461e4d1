import type { Box, Matrix } from './geometry';
import { everywhere, identity } from './geometry';

/** The part of the graphics state (ISO 32000-1, 8.4) that decides where text and filled areas are and what they hide. */
export type GraphicsState = {
  matrix: Matrix;
  clip: Box;
  /** Brightness of the fill colour: 0 black, 1 white. */
  brightness: number;
  /** True for a fill with a pattern, of whatever colours. */
  isPattern: boolean;
  strokeBrightness: number;
  alpha: number;
  strokeAlpha: number;
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
  /** Text rendering mode (9.3.6). */
  renderingMode: number;
  /** True for glyphs that are content streams of their own (9.6.5). */
  isType3: boolean;
};

export function initialState(matrix: Matrix = identity, clip: Box = everywhere): GraphicsState {
  return {
    matrix,
    clip,
    brightness: 0,
    isPattern: false,
    strokeBrightness: 0,
    alpha: 1,
    strokeAlpha: 1,
    blendMode: 'Normal',
    lineWidth: 1,
    fontSize: 0,
    codeLength: 1,
    characterSpace: 0,
    leading: 0,
    scale: 1,
    rise: 0,
    renderingMode: 0,
    isType3: false,
  };
}

/** True when a fill lets nothing of what lies below be read. */
export function hidesBelow({ alpha, blendMode, brightness }: GraphicsState): boolean {
  if (alpha < 0.5) return false;
  // These leave dark text on light paper as it is, unless the fill itself is dark.
  const isDarkening = blendMode === 'Multiply' || blendMode === 'Darken';
  return !(isDarkening && brightness > 0.5);
}

/** The part of the contrast below that paint takes away: 0 nothing, 1 all. */
export function opacityOf(
  { blendMode }: Pick<GraphicsState, 'blendMode'>,
  alpha: number,
  brightness: number,
): number {
  const isDarkening = blendMode === 'Multiply' || blendMode === 'Darken';
  return Math.max(0, Math.min(1, alpha * (isDarkening ? 1 - brightness : 1)));
}

/** From this brightness on, text serves to hide rather than to be read on paper. */
const lightText = 0.8;

/** The opacity of text that may hide what lies below: light glyphs, those drawn with thick lines or by streams of their own. */
export function opacityOfText(state: GraphicsState, lineWidth: number): number {
  const { renderingMode, isType3, brightness, alpha, isPattern } = state;
  if (isType3) return alpha;
  if (renderingMode === 3 || renderingMode === 7) return 0;
  const isOutlined = renderingMode % 4 === 1 || renderingMode % 4 === 2;
  if (isOutlined && lineWidth > 1) return opacityOf(state, state.strokeAlpha, state.strokeBrightness);
  return isPattern || brightness > lightText ? opacityOf(state, alpha, brightness) : 0;
}

/** Brightness of a colour by its components: grey, RGB or CMYK; patterns and others count as dark. */
export function brightnessOf(components: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = components;
  if (components.length === 1) return a;
  if (components.length === 3) return 0.3 * a + 0.59 * b + 0.11 * c;
  return components.length === 4 ? (1 - d) * (1 - (0.3 * a + 0.59 * b + 0.11 * c)) : 0;
}
