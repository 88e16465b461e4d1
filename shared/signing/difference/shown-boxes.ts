import { AppError } from '../../result/result';
import { concatBytes, latin1Bytes } from '../bytes';
import type { PdfDocument } from '../pdf/pdf-document';
import {
  isArray,
  isName,
  isStream,
  isString,
  type PdfDict,
  type PdfStream,
  type PdfValue,
} from '../pdf/pdf-objects';
import { isUnreadable } from '../pdf/unreadable';
import { readOperations } from './content-operators';
import {
  areaOf,
  type Box,
  boxAround,
  everywhere,
  identity,
  intersection,
  type Matrix,
  multiply,
  type Point,
  transform,
  transformBox,
} from './geometry';
import {
  brightnessOf,
  type GraphicsState,
  hidesBelow,
  initialState,
  opacityOf,
  opacityOfText,
} from './graphics-state';
import { paintedPartOfImage } from './image-opacity';
import type { Paint, PaintShape } from './painted-area';

/** One thing that a content stream shows, as the box around it. */
export type ShownBox = Paint & {
  readonly kind: 'text' | 'image' | 'fill';
  /** True when what lies below it cannot be seen any more. */
  readonly hides: boolean;
};

const maxForms = 12;
const maxBoxes = 50_000;
/** Vector drawings of seals have some thousand paths. */
const maxAppearanceBoxes = 10_000;
const maxStates = 200;
/** Mean width of a character, its part above and its part below the baseline, in units of the font size. */
const meanWidth = 0.5;
const ascent = 0.72;
const descent = -0.2;
/** From this part of its area on, an image counts as hiding what lies below. */
const hidingPart = 0.7;
/** Straight pieces that stand for a curve. */
const curvePieces = 8;
const maxPoints = 20_000;
const unitSquare: Box = [0, 0, 1, 1];

/**
 * Where a content stream shows text, images and filled areas, as boxes in the space of `matrix`. Null when it cannot be
 * read or is too long, for then it may show anything anywhere.
 */
export async function readShownBoxes(
  document: PdfDocument,
  content: Uint8Array,
  resources: PdfDict | null,
): Promise<readonly ShownBox[] | null> {
  const reader = new ContentReader(document, false);
  try {
    await reader.run(content, resources, initialState(), 0);
    return reader.isCut ? null : reader.boxes;
  } catch (error) {
    if (isUnreadable(error)) return null;
    throw error;
  }
}

/** The content of a page: one stream, or several that are read as one (7.8.2). Throws PDF_MALFORMED, PDF_TOO_COMPLEX. */
export async function readPageContent(
  document: PdfDocument,
  contents: PdfValue | undefined,
): Promise<Uint8Array> {
  const resolved = await document.resolve(contents);
  const parts: Uint8Array[] = [];
  for (const item of isArray(resolved) ? resolved : [resolved]) {
    const stream = await document.resolve(item);
    if (isStream(stream)) parts.push(await document.decode(stream), latin1Bytes('\n'));
  }
  return concatBytes(parts);
}

class ContentReader {
  readonly boxes: ShownBox[] = [];
  /** True once something had to be left out. */
  isCut = false;
  private readonly document: PdfDocument;
  private readonly isAppearance: boolean;

  constructor(document: PdfDocument, isAppearance: boolean) {
    this.document = document;
    this.isAppearance = isAppearance;
  }

  async run(
    content: Uint8Array,
    resources: PdfDict | null,
    state: GraphicsState,
    depth: number,
  ): Promise<void> {
    const run = new ContentRun(this.document, resources, state, this.boxes);
    for (const operation of readOperations(content)) {
      // Readers disagree about where the data of an inline image end, so what comes after may be anything.
      const isUnclear = this.isAppearance && operation?.operator === 'ID';
      if (
        !operation ||
        isUnclear ||
        this.boxes.length > (this.isAppearance ? maxAppearanceBoxes : maxBoxes)
      ) {
        this.isCut = true;
        return;
      }
      const { operator, operands } = operation;
      if (operator === 'Do') await this.show(run, operands[0], resources, depth);
      else await run.apply(operator, operands);
    }
  }

  private async show(
    run: ContentRun,
    name: PdfValue | undefined,
    resources: PdfDict | null,
    depth: number,
  ): Promise<void> {
    const { document } = this;
    const objects = await document.dict(resources?.get('XObject'));
    const object = await document.resolve(isName(name) ? objects?.get(name.name) : undefined);
    if (!isStream(object)) return;
    if ((await document.name(object.dict.get('Subtype'))) === 'Image')
      return run.addImage(await paintedPartOfImage(document, object));
    if (depth > maxForms) {
      this.isCut = true;
      return;
    }
    await this.runForm(object, resources, run.state, depth);
  }

  /** A form XObject brings its own resources, matrix and clip (8.10). */
  async runForm(
    form: PdfStream,
    resources: PdfDict | null,
    state: GraphicsState,
    depth: number,
  ): Promise<void> {
    const { document } = this;
    const matrix = multiply(await readMatrix(document, form.dict.get('Matrix')), state.matrix);
    const bounds = await document.rectangle(form.dict.get('BBox'));
    const clip = bounds ? intersection(state.clip, transformBox(matrix, bounds)) : state.clip;
    const own = (await document.dict(form.dict.get('Resources'))) ?? resources;
    await this.run(await document.decode(form), own, { ...state, matrix, clip }, depth + 1);
  }
}

/** The transformation that an array gives, or identity. */
export async function readMatrix(document: PdfDocument, value: PdfValue | undefined): Promise<Matrix> {
  const items = (await document.array(value)) ?? [];
  const [a, b, c, d, e, f] = await Promise.all(items.slice(0, 6).map((item) => document.number(item)));
  const isWhole = [a, b, c, d, e, f].every((item) => typeof item === 'number');
  return isWhole ? [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0] : identity;
}

/** One content stream with its stack of graphics states, its path and its text position. */
class ContentRun {
  state: GraphicsState;
  private readonly document: PdfDocument;
  private readonly resources: PdfDict | null;
  private readonly boxes: ShownBox[];
  private readonly stack: GraphicsState[] = [];
  private subpaths: Point[][] = [];
  /** Where the path goes on, in the space of its coordinates. */
  private pen: Point = [0, 0];
  private pointCount = 0;
  private isClipping = false;
  private textMatrix: Matrix = identity;
  private lineMatrix: Matrix = identity;

  constructor(document: PdfDocument, resources: PdfDict | null, state: GraphicsState, boxes: ShownBox[]) {
    this.document = document;
    this.resources = resources;
    this.state = { ...state };
    this.boxes = boxes;
  }

  /** Applies one operator of ISO 32000-1, annex A; those that neither show nor move anything are passed over. */
  async apply(operator: string, operands: readonly PdfValue[]): Promise<void> {
    const numbers = operands.filter((operand) => typeof operand === 'number');
    if (operator === 'gs') return this.applyParameters(operands[0]);
    if (operator === 'Tf') return this.setFont(operands[0], numbers[0] ?? 0);
    if (this.applyPath(operator, numbers) || this.applyText(operator, operands, numbers)) return;
    const { state } = this;
    if (operator === 'q' && this.stack.length >= maxStates)
      throw new AppError('PDF_TOO_COMPLEX', 'graphics states');
    if (operator === 'q') this.stack.push({ ...state });
    else if (operator === 'Q') this.state = this.stack.pop() ?? state;
    else if (operator === 'cm') state.matrix = multiply(matrixOf(numbers), state.matrix);
    else if (/^(g|rg|k|sc|scn)$/.test(operator)) this.setColour(operands, numbers);
    else if (/^(G|RG|K|SC|SCN)$/.test(operator)) state.strokeBrightness = brightnessOf(numbers);
    else if (operator === 'w') state.lineWidth = numbers[0] ?? 1;
    else if (operator === 'cs') state.brightness = 0;
    else if (operator === 'sh') this.add('fill', state.clip, hidesBelow(state), this.opacity(), null);
    else if (operator === 'ID') this.addImage(1);
  }

  /** `part` is the part of its square that the image paints. */
  addImage(part: number): void {
    const { state } = this;
    const hides = part > hidingPart && hidesBelow({ ...state, brightness: 0 });
    // Spread evenly, so that one thin picture leaves the text below readable and several of them do not.
    const opacity = opacityOf(state, state.alpha, 0) * (hides ? 1 : hidingPart * part);
    this.add('image', transformBox(state.matrix, unitSquare), hides, opacity, null);
  }

  private setColour(operands: readonly PdfValue[], numbers: readonly number[]): void {
    this.state.brightness = brightnessOf(numbers);
    this.state.isPattern = operands.some(isName);
  }

  private opacity(): number {
    return opacityOf(this.state, this.state.alpha, this.state.brightness);
  }

  private add(
    kind: ShownBox['kind'],
    box: Box,
    hides: boolean,
    opacity: number,
    shape: PaintShape | null,
  ): void {
    const visible = intersection(box, this.state.clip);
    if (areaOf(visible) > 0) this.boxes.push({ kind, box: visible, hides, opacity, shape });
  }

  private applyPath(operator: string, numbers: readonly number[]): boolean {
    const [x = 0, y = 0, w = 0, h = 0] = numbers;
    if (operator === 're') {
      this.subpaths.push([]);
      for (const corner of [
        [x, y],
        [x + w, y],
        [x + w, y + h],
        [x, y + h],
        [x, y],
      ] as const)
        this.addPoint(corner);
      return true;
    }
    if (operator === 'm') this.subpaths.push([]);
    if (operator === 'm' || operator === 'l') {
      this.addPoint([x, y]);
      return true;
    }
    if (/^[cvy]$/.test(operator)) {
      this.addCurve(operator, numbers);
      return true;
    }
    if (operator === 'W' || operator === 'W*') {
      this.isClipping = true;
      return true;
    }
    if (operator === 'h') this.closeSubpath();
    if (!/^(f|F|f\*|B|B\*|b|b\*|S|s|n)$/.test(operator)) return operator === 'h';
    if (/^[sb]/.test(operator)) this.closeSubpath();
    if (/^[SsbB]/.test(operator)) this.addStroke();
    this.endPath(/^[fFbB]/.test(operator), operator.endsWith('*'));
    return true;
  }

  private addPoint(point: Point): void {
    this.pen = point;
    this.pointCount += 1;
    if (this.pointCount > maxPoints) return;
    if (this.subpaths.length === 0) this.subpaths.push([]);
    this.subpaths[this.subpaths.length - 1]?.push(transform(this.state.matrix, point));
  }

  /** A Bézier curve as straight pieces; `v` and `y` leave out one of the control points (8.5.2.2). */
  private addCurve(operator: string, numbers: readonly number[]): void {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
    const start = this.pen;
    const [first, second, end]: readonly [Point, Point, Point] =
      operator === 'c'
        ? [
            [a, b],
            [c, d],
            [e, f],
          ]
        : operator === 'v'
          ? [start, [a, b], [c, d]]
          : [
              [a, b],
              [c, d],
              [c, d],
            ];
    for (let i = 1; i <= curvePieces; i++) {
      const [t, u] = [i / curvePieces, 1 - i / curvePieces];
      const at = (axis: 0 | 1): number =>
        u ** 3 * start[axis] +
        3 * u * u * t * first[axis] +
        3 * u * t * t * second[axis] +
        t ** 3 * end[axis];
      this.addPoint([at(0), at(1)]);
    }
  }

  private closeSubpath(): void {
    const current = this.subpaths[this.subpaths.length - 1];
    if (current?.[0]) current.push(current[0]);
  }

  private strokeWidth(): number {
    const { lineWidth, matrix } = this.state;
    return lineWidth * Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]));
  }

  private addStroke(): void {
    const width = this.strokeWidth();
    const [left, bottom, right, top] = boxAround(this.subpaths.flat());
    const box: Box = [left - width / 2, bottom - width / 2, right + width / 2, top + width / 2];
    const { strokeAlpha, strokeBrightness } = this.state;
    const opacity = opacityOf(this.state, strokeAlpha, strokeBrightness);
    this.addPath(box, opacity, { kind: 'stroke', subpaths: this.subpaths, width });
  }

  private endPath(isFilled: boolean, isEvenOdd: boolean): void {
    const box = boxAround(this.subpaths.flat());
    if (isFilled) this.addPath(box, this.opacity(), { kind: 'fill', subpaths: this.subpaths, isEvenOdd });
    if (this.isClipping) this.state.clip = intersection(this.state.clip, box);
    this.subpaths = [];
    this.pointCount = 0;
    this.isClipping = false;
  }

  /** A path with more points than are kept may have any shape. */
  private addPath(box: Box, opacity: number, shape: PaintShape): void {
    const isCut = this.pointCount > maxPoints;
    this.add('fill', isCut ? this.state.clip : box, isCut, opacity, isCut ? null : shape);
  }

  private applyText(operator: string, operands: readonly PdfValue[], numbers: readonly number[]): boolean {
    const { state } = this;
    const [first = 0, second = 0] = numbers;
    switch (operator) {
      case 'BT':
        this.textMatrix = this.lineMatrix = identity;
        return true;
      case 'Tc':
        state.characterSpace = first;
        return true;
      case 'TL':
        state.leading = first;
        return true;
      case 'Tz':
        state.scale = first / 100;
        return true;
      case 'Tr':
        state.renderingMode = first;
        return true;
      case 'Ts':
        state.rise = first;
        return true;
      case 'TD':
        state.leading = -second;
        this.moveLine(first, second);
        return true;
      case 'Td':
        this.moveLine(first, second);
        return true;
      case 'Tm':
        this.textMatrix = this.lineMatrix = matrixOf(numbers);
        return true;
      case 'T*':
        this.moveLine(0, -state.leading);
        return true;
      case "'":
      case '"':
        this.moveLine(0, -state.leading);
        this.showText(operands[operands.length - 1]);
        return true;
      case 'Tj':
      case 'TJ':
        this.showText(operands[0]);
        return true;
      default:
        return false;
    }
  }

  private moveLine(x: number, y: number): void {
    this.lineMatrix = multiply([1, 0, 0, 1, x, y], this.lineMatrix);
    this.textMatrix = this.lineMatrix;
  }

  /** Widths of characters are taken as their mean, which is near enough to know what is hidden. */
  private showText(operand: PdfValue | undefined): void {
    const { fontSize, codeLength, characterSpace, scale, rise, matrix } = this.state;
    let width = 0;
    for (const item of isArray(operand) ? operand : [operand]) {
      if (typeof item === 'number') width -= (item / 1000) * fontSize * scale;
      if (!isString(item)) continue;
      const count = item.bytes.length / codeLength;
      width += count * (meanWidth * Math.abs(fontSize) + characterSpace) * scale;
    }
    const box: Box = [0, rise + descent * fontSize, width, rise + ascent * fontSize];
    const shown = transformBox(multiply(this.textMatrix, matrix), box);
    const opacity = opacityOfText(this.state, this.strokeWidth());
    // The glyphs of a Type 3 font paint wherever they like.
    this.add('text', this.state.isType3 ? this.state.clip : shown, false, opacity, null);
    this.textMatrix = multiply([1, 0, 0, 1, width, 0], this.textMatrix);
  }

  private async setFont(name: PdfValue | undefined, size: number): Promise<void> {
    this.state.fontSize = size;
    const fonts = await this.document.dict(this.resources?.get('Font'));
    const font = await this.document.dict(isName(name) ? fonts?.get(name.name) : undefined);
    const subtype = await this.document.name(font?.get('Subtype'));
    this.state.codeLength = subtype === 'Type0' ? 2 : 1;
    this.state.isType3 = subtype === 'Type3';
  }

  private async applyParameters(name: PdfValue | undefined): Promise<void> {
    const { document, state } = this;
    const known = await document.dict(this.resources?.get('ExtGState'));
    const parameters = await document.dict(isName(name) ? known?.get(name.name) : undefined);
    if (!parameters) return;
    state.alpha = (await document.number(parameters.get('ca'))) ?? state.alpha;
    state.strokeAlpha = (await document.number(parameters.get('CA'))) ?? state.strokeAlpha;
    state.lineWidth = (await document.number(parameters.get('LW'))) ?? state.lineWidth;
    const mode = await document.resolve(parameters.get('BM'));
    const first = isArray(mode) ? await document.resolve(mode[0]) : mode;
    if (isName(first)) state.blendMode = first.name;
  }
}

function matrixOf([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: readonly number[]): Matrix {
  return [a, b, c, d, e, f];
}

/**
 * What an appearance stream shows inside the rectangle of its annotation, to which its box is stretched (12.5.5). Null
 * when it cannot be read.
 */
export async function readAppearanceBoxes(
  document: PdfDocument,
  form: PdfStream,
  rect: Box,
): Promise<readonly ShownBox[] | null> {
  const reader = new ContentReader(document, true);
  try {
    const bounds = (await document.rectangle(form.dict.get('BBox'))) ?? rect;
    const placed = transformBox(await readMatrix(document, form.dict.get('Matrix')), bounds);
    const [across, up] = [placed[2] - placed[0] || 1, placed[3] - placed[1] || 1];
    const scale: Matrix = [(rect[2] - rect[0]) / across, 0, 0, (rect[3] - rect[1]) / up, 0, 0];
    const [x, y] = transform(scale, [placed[0], placed[1]]);
    const matrix = multiply(scale, [1, 0, 0, 1, rect[0] - x, rect[1] - y]);
    await reader.runForm(form, null, initialState(matrix, everywhere), 0);
    return reader.isCut ? null : reader.boxes;
  } catch (error) {
    if (isUnreadable(error)) return null;
    throw error;
  }
}
