import { AppError } from '../../result/result';
import type { PdfDocument } from '../pdf/pdf-document';
import { isArray, isName, isString, type PdfDict, type PdfValue } from '../pdf/pdf-objects';
import { ContentPath } from './content-path';
import { areaOf, type Box, identity, intersection, type Matrix, multiply, transformBox } from './geometry';
import { brightnessOf, type GraphicsState, hidesBelow, opacityOf, opacityOfText } from './graphics-state';
import type { Paint, PaintShape } from './painted-area';

/** One thing that a content stream shows, as the box around it. */
export type ShownBox = Paint & {
  readonly kind: 'text' | 'image' | 'fill';
  /** True when what lies below it cannot be seen any more. */
  readonly hides: boolean;
};

const maxStates = 200;
/** Mean width of a character, its part above and its part below the baseline, in units of the font size. */
const meanWidth = 0.5;
const ascent = 0.72;
const descent = -0.2;
/** From this part of its area on, an image counts as hiding what lies below. */
const hidingPart = 0.7;
const unitSquare: Box = [0, 0, 1, 1];

/** One content stream with its stack of graphics states, its path and its text position. */
export class ContentRun {
  state: GraphicsState;
  private readonly document: PdfDocument;
  private readonly resources: PdfDict | null;
  private readonly boxes: ShownBox[];
  private readonly stack: GraphicsState[] = [];
  private readonly path = new ContentPath();
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
    if (this.path.draw(operator, numbers, this.state.matrix)) return true;
    if (operator === 'W' || operator === 'W*') {
      this.isClipping = true;
      return true;
    }
    if (!/^(f|F|f\*|B|B\*|b|b\*|S|s|n)$/.test(operator)) return false;
    if (/^[sb]/.test(operator)) this.path.close();
    if (/^[SsbB]/.test(operator)) this.addStroke();
    this.endPath(/^[fFbB]/.test(operator), operator.endsWith('*'));
    return true;
  }

  private strokeWidth(): number {
    const { lineWidth, matrix } = this.state;
    return lineWidth * Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]));
  }

  private addStroke(): void {
    const width = this.strokeWidth();
    const [left, bottom, right, top] = this.path.box();
    const box: Box = [left - width / 2, bottom - width / 2, right + width / 2, top + width / 2];
    const { strokeAlpha, strokeBrightness } = this.state;
    const opacity = opacityOf(this.state, strokeAlpha, strokeBrightness);
    this.addPath(box, opacity, { kind: 'stroke', subpaths: this.path.subpaths, width });
  }

  private endPath(isFilled: boolean, isEvenOdd: boolean): void {
    const box = this.path.box();
    if (isFilled)
      this.addPath(box, this.opacity(), { kind: 'fill', subpaths: this.path.subpaths, isEvenOdd });
    if (this.isClipping) this.state.clip = intersection(this.state.clip, box);
    this.path.clear();
    this.isClipping = false;
  }

  private addPath(box: Box, opacity: number, shape: PaintShape): void {
    const { isCut } = this.path;
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
