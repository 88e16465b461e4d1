import { AppError } from '../../result/result';
import { concatBytes, latin1Bytes } from '../bytes';
import type { PdfDocument } from '../pdf/pdf-document';
import { isName, isStream, type PdfDict, type PdfStream, type PdfValue } from '../pdf/pdf-objects';
import type { PdfPage } from '../pdf/pdf-pages';
import { isUnreadable } from '../pdf/unreadable';
import { type Matrix, type Operation, readOperations } from './content-operations';
import { contains, type Rectangle } from './warning';

/** Where a run of text begins, a little above its baseline, in user space of the page. */
export type TextMark = { readonly x: number; readonly y: number };
export type PageMarks = {
  readonly texts: readonly TextMark[];
  /** Opaque pictures that were painted over text. */
  readonly covered: readonly Rectangle[];
};

type State = {
  readonly matrix: Matrix;
  readonly size: number;
  /** 3 is neither filled nor stroked: the text of a scan under its picture. */
  readonly mode: number;
};
/** What all pages of a document together may cost: one content stream can be shown on every page. */
export type MarkBudget = { operations: number; bytes: number; pictures: number };
type Walk = {
  readonly document: PdfDocument;
  readonly budget: MarkBudget;
  readonly texts: TextMark[];
  readonly covered: Rectangle[];
  complete: boolean;
};

const identity: Matrix = [1, 0, 0, 1, 0, 0];
const maxMarks = 20_000;
const maxFormDepth = 8;
const invisible = 3;

/** Enough for some hundred dense pages; a document beyond it is reported as not looked through. */
export function newMarkBudget(): MarkBudget {
  return { operations: 2_000_000, bytes: 64 * 1024 * 1024, pictures: 5_000 };
}

/** Reads which text a page shows and which pictures cover it. `complete` is false when its content is too large or broken. */
export async function readPageMarks(
  document: PdfDocument,
  page: PdfPage,
  budget: MarkBudget,
): Promise<{ readonly marks: PageMarks; readonly complete: boolean }> {
  const walk: Walk = { document, budget, texts: [], covered: [], complete: true };
  try {
    const content = await pageContent(walk, page.dict.get('Contents'));
    await walkContent(walk, content, await document.dict(page.inherited.get('Resources')), identity, 0);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    walk.complete = false;
  }
  return { marks: { texts: walk.texts, covered: walk.covered }, complete: walk.complete };
}

async function pageContent(walk: Walk, value: PdfValue | undefined): Promise<Uint8Array> {
  const { document } = walk;
  const whole = await document.resolve(value);
  const parts: Uint8Array[] = [];
  for (const item of isStream(whole) ? [whole] : ((await document.array(whole)) ?? [])) {
    const stream = await document.resolve(item);
    if (isStream(stream)) parts.push(await decodeWithin(walk, stream), latin1Bytes('\n'));
  }
  return concatBytes(parts);
}

async function decodeWithin({ document, budget }: Walk, stream: PdfStream): Promise<Uint8Array> {
  if (budget.bytes <= 0) throw new AppError('PDF_TOO_COMPLEX', 'page content');
  const bytes = await document.decode(stream);
  budget.bytes -= bytes.length;
  return bytes;
}

async function walkContent(
  walk: Walk,
  content: Uint8Array,
  resources: PdfDict | null,
  outer: Matrix,
  depth: number,
): Promise<void> {
  const objects = await walk.document.dict(resources?.get('XObject'));
  const saved: State[] = [];
  let state: State = { matrix: outer, size: 1, mode: 0 };
  let text: Matrix = identity;
  let line: Matrix = identity;
  let leading = 0;
  const moveLine = (x: number, y: number): void => {
    line = multiply([1, 0, 0, 1, x, y], line);
    text = line;
  };
  for (const { name, operands } of readOperations(content)) {
    walk.budget.operations -= 1;
    if (walk.budget.operations < 0 || walk.texts.length > maxMarks) {
      walk.complete = false;
      return;
    }
    const numbers = operands.map((operand) => (typeof operand === 'number' ? operand : 0));
    const [a = 0, b = 0] = numbers;
    if (name === 'q') saved.push(state);
    else if (name === 'Q') state = saved.pop() ?? state;
    else if (name === 'cm') state = { ...state, matrix: multiply(matrixOf(numbers), state.matrix) };
    else if (name === 'BT') text = line = identity;
    else if (name === 'Tf') state = { ...state, size: numbers[1] ?? 1 };
    else if (name === 'Tr') state = { ...state, mode: a };
    else if (name === 'TL') leading = a;
    else if (name === 'Tm') text = line = matrixOf(numbers);
    else if (name === 'Td') moveLine(a, b);
    else if (name === 'TD') {
      leading = -b;
      moveLine(a, b);
    } else if (name === 'T*') moveLine(0, -leading);
    else if (name === 'Do') await paintObject(walk, objects, operands[0], state.matrix, depth);
    else if (showsText(name)) {
      if (name === "'" || name === '"') moveLine(0, -leading);
      if (state.mode !== invisible) walk.texts.push(markOf(multiply(text, state.matrix), state.size));
    }
  }
}

function showsText(name: Operation['name']): boolean {
  return name === 'Tj' || name === 'TJ' || name === "'" || name === '"';
}

/** A third of the size above the start of the baseline lies within the first letter. */
function markOf(matrix: Matrix, size: number): TextMark {
  const [x, y] = apply(matrix, size / 4, size / 3);
  return { x, y };
}

async function paintObject(
  walk: Walk,
  objects: PdfDict | null,
  operand: PdfValue | undefined,
  matrix: Matrix,
  depth: number,
): Promise<void> {
  const object = isName(operand) ? await walk.document.resolve(objects?.get(operand.name)) : null;
  if (!isStream(object)) return;
  const type = await walk.document.name(object.dict.get('Subtype'));
  if (type === 'Form' && depth < maxFormDepth) return paintForm(walk, object, matrix, depth);
  const seeThrough =
    ['SMask', 'Mask'].some((key) => object.dict.has(key)) || object.dict.get('ImageMask') === true;
  if (type !== 'Image' || seeThrough) return;
  walk.budget.pictures -= 1;
  if (walk.budget.pictures < 0) throw new AppError('PDF_TOO_COMPLEX', 'pictures');
  const rect = unitSquare(matrix);
  if (walk.texts.some(({ x, y }) => contains(rect, x, y))) walk.covered.push(rect);
}

async function paintForm(walk: Walk, form: PdfStream, matrix: Matrix, depth: number): Promise<void> {
  const { document } = walk;
  const own = (await document.array(form.dict.get('Matrix'))) ?? [];
  const numbers = own.map((item) => (typeof item === 'number' ? item : 0));
  const inner = numbers.length === 6 ? multiply(matrixOf(numbers), matrix) : matrix;
  const resources = await document.dict(form.dict.get('Resources'));
  await walkContent(walk, await decodeWithin(walk, form), resources, inner, depth + 1);
}

function matrixOf([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: readonly number[]): Matrix {
  return [a, b, c, d, e, f];
}

/** First `m`, then `n`. */
function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[1] * n[2],
    m[0] * n[1] + m[1] * n[3],
    m[2] * n[0] + m[3] * n[2],
    m[2] * n[1] + m[3] * n[3],
    m[4] * n[0] + m[5] * n[2] + n[4],
    m[4] * n[1] + m[5] * n[3] + n[5],
  ];
}

function apply(m: Matrix, x: number, y: number): readonly [number, number] {
  return [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];
}

/** An image fills the unit square of its coordinate system. */
function unitSquare(matrix: Matrix): Rectangle {
  const corners = [apply(matrix, 0, 0), apply(matrix, 1, 0), apply(matrix, 0, 1), apply(matrix, 1, 1)];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
