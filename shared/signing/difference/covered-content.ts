import { AppError } from '../../result/result';
import type { PdfDocument } from '../pdf/pdf-document';
import {
  isArray,
  isDict,
  isRef,
  isStream,
  type PdfDict,
  type PdfStream,
  type PdfValue,
} from '../pdf/pdf-objects';
import { type PdfPage, pageGeometry } from '../pdf/pdf-pages';
import { areaOf, type Box, intersection } from './geometry';
import type { RevisionPair } from './revision-pair';
import { readAppearanceBoxes, readPageContent, readShownBoxes, type ShownBox } from './shown-boxes';

/** A part of the signed page that must stay visible. */
type SignedContent = { readonly kind: 'text' | 'image' | 'widget'; readonly box: Box };

const maxCompared = 4_000_000;
/** What is read of a page is the same in every revision as long as its first content stream is. */
const contentBoxes = new WeakMap<object, readonly ShownBox[] | null>();
const appearanceBoxes = new WeakMap<PdfStream, Map<string, readonly ShownBox[] | null>>();

/**
 * True when the appearance of a widget, put onto a page after signing, hides text, pictures or fields that had been
 * signed there (shadow and certification attacks). A picture that fills the page, as in scans, does not count.
 */
export async function appearanceCovers(
  pair: RevisionPair,
  page: number,
  widget: PdfDict,
  rect: Box,
): Promise<boolean> {
  const form = await normalAppearance(pair.newer, widget);
  if (!form) return false;
  const shown = await shownByAppearance(pair.newer, form, rect);
  const hiding = shown ? shown.filter(({ hides }) => hides).map(({ box }) => box) : [rect];
  return hiding.length > 0 && coversAny(hiding, await signedContent(pair, page));
}

/** Comments that are lines and marks, and leave the text below readable when drawn as they should be. */
const markingKinds: ReadonlySet<string> = new Set([
  'Highlight',
  'Underline',
  'Squiggly',
  'StrikeOut',
  'Ink',
  'Line',
  'PolyLine',
  'Square',
  'Circle',
  'Polygon',
  'Caret',
]);

/**
 * The same for a comment. Marks are judged by what they draw; all others cover what lies within their rectangle, for text
 * over text is a change even where the paper shows through.
 */
export async function annotationCovers(
  pair: RevisionPair,
  page: number,
  annotation: PdfDict,
  kind: string,
): Promise<boolean> {
  const rect = await pair.newer.rectangle(annotation.get('Rect'));
  if (!rect || areaOf(rect) === 0 || kind === 'Popup') return false;
  const shown = markingKinds.has(kind) ? await shownByAnnotation(pair.newer, annotation, rect) : null;
  const isOwnDrawing = shown !== null && shown.every((box) => box.kind === 'fill') && !annotation.has('IC');
  const hiding = isOwnDrawing ? shown.filter(({ hides }) => hides).map(({ box }) => box) : [rect];
  return hiding.length > 0 && coversAny(hiding, await signedContent(pair, page));
}

/** True when an annotation shows another appearance stream than before, or one at another place in the file. */
export async function hasOtherAppearance(
  older: PdfDocument,
  before: PdfDict,
  newer: PdfDocument,
  after: PdfDict,
): Promise<boolean> {
  const [was, is] = [await normalAppearance(older, before), await normalAppearance(newer, after)];
  return was?.offset !== is?.offset;
}

/** True when an appearance shows anything at all. */
export async function showsAnything(document: PdfDocument, widget: PdfDict, rect: Box): Promise<boolean> {
  const form = await normalAppearance(document, widget);
  if (!form || areaOf(rect) === 0) return false;
  const shown = await shownByAppearance(document, form, rect);
  return shown === null || shown.length > 0;
}

/** What the normal appearance of an annotation shows; empty without one, null when it cannot be read. */
async function shownByAnnotation(
  document: PdfDocument,
  annotation: PdfDict,
  rect: Box,
): Promise<readonly ShownBox[] | null> {
  const form = await normalAppearance(document, annotation);
  return form ? shownByAppearance(document, form, rect) : [];
}

async function shownByAppearance(
  document: PdfDocument,
  form: PdfStream,
  rect: Box,
): Promise<readonly ShownBox[] | null> {
  const places = appearanceBoxes.get(form) ?? new Map<string, readonly ShownBox[] | null>();
  appearanceBoxes.set(form, places);
  const known = places.get(rect.join(' '));
  if (known !== undefined) return known;
  const shown = await readAppearanceBoxes(document, form, rect);
  places.set(rect.join(' '), shown);
  return shown;
}

async function normalAppearance(document: PdfDocument, widget: PdfDict): Promise<PdfStream | null> {
  const normal = await document.resolve((await document.dict(widget.get('AP')))?.get('N'));
  if (isStream(normal)) return normal;
  if (!isDict(normal)) return null;
  const state = await document.name(widget.get('AS'));
  const shown = await document.resolve(state === null ? undefined : normal.get(state));
  return isStream(shown) ? shown : null;
}

async function signedContent(pair: RevisionPair, index: number): Promise<readonly SignedContent[]> {
  const { older, olderPages } = pair;
  const page = olderPages[index];
  if (!page) return [];
  const whole = (await pageGeometry(older, page)).box;
  const shown = await shownByPage(older, page);
  if (!shown) return [{ kind: 'text', box: whole }];
  const content: SignedContent[] = [];
  for (const { kind, box } of shown) {
    const isBackground = kind === 'fill' || (kind === 'image' && areaOf(box) > areaOf(whole) / 2);
    if (!isBackground) content.push({ kind, box });
  }
  return [...content, ...(await signedWidgets(pair, page))];
}

async function shownByPage(document: PdfDocument, page: PdfPage): Promise<readonly ShownBox[] | null> {
  const contents = await document.resolve(page.dict.get('Contents'));
  const first = isArray(contents) ? await document.resolve(contents[0]) : contents;
  const known = isStream(first) ? contentBoxes.get(first) : undefined;
  if (known !== undefined) return known;
  const shown = await readPageBoxes(document, page, contents);
  if (isStream(first)) contentBoxes.set(first, shown);
  return shown;
}

async function readPageBoxes(
  document: PdfDocument,
  page: PdfPage,
  contents: PdfValue,
): Promise<readonly ShownBox[] | null> {
  try {
    const content = await readPageContent(document, contents);
    return await readShownBoxes(document, content, await document.dict(page.inherited.get('Resources')));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Fields of the signed revision that show a value on the page. */
async function signedWidgets(
  { older, olderFields }: RevisionPair,
  page: PdfPage,
): Promise<readonly SignedContent[]> {
  const content: SignedContent[] = [];
  for (const annotation of (await older.array(page.dict.get('Annots'))) ?? []) {
    const field = isRef(annotation) ? olderFields.get(annotation.num) : undefined;
    if (!field || field.value === undefined || !field.dict.has('AP')) continue;
    const box = await older.rectangle(field.dict.get('Rect'));
    if (box && areaOf(box) > 1) content.push({ kind: 'widget', box });
  }
  return content;
}

function coversAny(hiding: readonly Box[], content: readonly SignedContent[]): boolean {
  let compared = 0;
  return content.some(({ kind, box }) => {
    let hidden = 0;
    for (const cover of hiding) {
      compared += 1;
      if (compared > maxCompared) return true;
      const common = intersection(box, cover);
      hidden += areaOf(common);
      if (kind === 'text' && hidesCharacter(common, box)) return true;
    }
    // Seals may lie over a third of a signature by law, so pictures and fields must be hidden by more than half.
    return hidden > areaOf(box) * (kind === 'text' ? 0.3 : 0.5);
  });
}

/** True when at least a character of a line is hidden over a good part of its height. */
function hidesCharacter(common: Box, line: Box): boolean {
  const height = Math.min(line[2] - line[0], line[3] - line[1]);
  return common[2] - common[0] > 0.45 * height && common[3] - common[1] > 0.45 * height;
}
