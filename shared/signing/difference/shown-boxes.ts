import { concatBytes, latin1Bytes } from '../bytes';
import type { PdfDocument } from '../pdf/pdf-document';
import { isArray, isName, isStream, type PdfDict, type PdfStream, type PdfValue } from '../pdf/pdf-objects';
import { isUnreadable } from '../pdf/unreadable';
import { readOperations } from './content-operators';
import { ContentRun, type ShownBox } from './content-run';
import {
  type Box,
  everywhere,
  identity,
  intersection,
  type Matrix,
  multiply,
  transform,
  transformBox,
} from './geometry';
import { type GraphicsState, initialState } from './graphics-state';
import { paintedPartOfImage } from './image-opacity';

const maxForms = 12;
const maxBoxes = 50_000;
/** Vector drawings of seals have some thousand paths. */
const maxAppearanceBoxes = 10_000;

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
