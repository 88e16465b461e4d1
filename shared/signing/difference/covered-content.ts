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
import { isUnreadable } from '../pdf/unreadable';
import type { ShownBox } from './content-run';
import { areaOf, type Box, intersection } from './geometry';
import { isPaintedOver, type PaintBudget } from './painted-area';
import type { RevisionPair } from './revision-pair';
import { readAppearanceBoxes, readPageContent, readShownBoxes } from './shown-boxes';

/** A part of the signed page that must stay visible. */
type SignedContent = { readonly kind: 'text' | 'image' | 'widget'; readonly box: Box };

const maxCompared = 4_000_000;
const maxPainted = 15_000_000;
/** One budget for all comparisons that end in the same file. */
const budgets = new WeakMap<PdfDocument, PaintBudget>();
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
  if (!form)
    return (
      (await hasBackground(pair.newer, widget)) &&
      coversAny(pair, [whole(rect)], await signedContent(pair, page))
    );
  if (await isUnscaled(pair, page, widget)) return showsAnything(pair.newer, widget, rect);
  const shown = await shownByAppearance(pair.newer, form, rect);
  return coversAny(pair, shown ?? [whole(rect)], await signedContent(pair, page));
}

/** True when viewers give a widget without an appearance a colour of its own (12.5.6.19, table 189). */
async function hasBackground(document: PdfDocument, widget: PdfDict): Promise<boolean> {
  const characteristics = await document.dict(widget.get('MK'));
  return ((await document.array(characteristics?.get('BG'))) ?? []).length > 0;
}

/** NoZoom and NoRotate: the appearance does not stay within the rectangle (12.5.3). */
const [noZoom, noRotate] = [8, 16];

async function isUnscaled(
  { newer, newerPages }: RevisionPair,
  index: number,
  widget: PdfDict,
): Promise<boolean> {
  const flags = (await newer.number(widget.get('F'))) ?? 0;
  const page = newerPages[index];
  const isTurned = page !== undefined && (await pageGeometry(newer, page)).rotate !== 0;
  return (flags & noZoom) !== 0 || (isTurned && (flags & noRotate) !== 0);
}

/**
 * The same for a field that is filled in, as far as its former appearance did not hide the same. What it shows itself is
 * its own value.
 */
export async function filledFieldCovers(
  pair: RevisionPair,
  page: number,
  num: number,
  before: PdfDict,
  after: PdfDict,
): Promise<boolean> {
  const { older, newer } = pair;
  const [was, is] = [await older.rectangle(before.get('Rect')), await newer.rectangle(after.get('Rect'))];
  const form = await normalAppearance(newer, after);
  if (!is || !form) return false;
  const content = await signedContent(pair, page, num);
  const shown = await shownByAppearance(newer, form, is);
  if (!coversAny(pair, shown ?? [whole(is)], content)) return false;
  const hid = was && !(await isHidden(older, before)) ? await shownByAnnotation(older, before, was) : [];
  return !coversAny(pair, hid ?? [], content);
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

/** Marks that a viewer draws, where they have no appearance, as thick as they ask for. */
const viewerDrawnKinds: ReadonlySet<string> = new Set([
  'Ink',
  'Line',
  'PolyLine',
  'Polygon',
  'Square',
  'Circle',
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
  if (!rect || areaOf(rect) === 0 || (kind === 'Popup' && !annotation.has('AP'))) return false;
  const isDrawnByViewer = viewerDrawnKinds.has(kind) && !(await normalAppearance(pair.newer, annotation));
  const isMark = markingKinds.has(kind) && !isDrawnByViewer;
  const shown = isMark ? await shownByAnnotation(pair.newer, annotation, rect) : null;
  const isOwnDrawing = shown !== null && shown.every((box) => box.kind === 'fill') && !annotation.has('IC');
  return coversAny(pair, isOwnDrawing ? shown : [whole(rect)], await signedContent(pair, page));
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

/** Hidden and NoView (12.5.3, table 165). */
const hiddenFlags = 2 | 32;

/** True for an annotation that is not shown on a screen. */
export async function isHidden(document: PdfDocument, widget: PdfDict): Promise<boolean> {
  return (((await document.number(widget.get('F'))) ?? 0) & hiddenFlags) !== 0;
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

async function signedContent(
  pair: RevisionPair,
  index: number,
  exceptField = -1,
): Promise<readonly SignedContent[]> {
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
  return [...content, ...(await signedWidgets(pair, page, exceptField))];
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
    if (isUnreadable(error)) return null;
    throw error;
  }
}

/** Fields of the signed revision that show a value on the page. */
async function signedWidgets(
  { older, olderFields }: RevisionPair,
  page: PdfPage,
  exceptField: number,
): Promise<readonly SignedContent[]> {
  const content: SignedContent[] = [];
  for (const annotation of (await older.array(page.dict.get('Annots'))) ?? []) {
    const isOther = isRef(annotation) && annotation.num !== exceptField;
    const field = isOther ? olderFields.get(annotation.num) : undefined;
    if (!field || field.value === undefined || !field.dict.has('AP')) continue;
    const box = await older.rectangle(field.dict.get('Rect'));
    if (box && areaOf(box) > 1) content.push({ kind: 'widget', box });
  }
  return content;
}

/** Paint that hides all of a rectangle. */
function whole(box: Box): ShownBox {
  return { kind: 'fill', box, hides: true, opacity: 1, shape: null };
}

function coversAny(
  { newer }: RevisionPair,
  shown: readonly ShownBox[],
  content: readonly SignedContent[],
): boolean {
  const budget = budgets.get(newer) ?? { left: maxPainted };
  budgets.set(newer, budget);
  const hiding = shown.filter(({ hides }) => hides).map(({ box }) => box);
  const paints = shown.filter(({ opacity }) => opacity > 0);
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
    const part = kind === 'text' ? 0.3 : 0.5;
    if (hidden > areaOf(box) * part) return true;
    return isPaintedOver(paints, box, { part, isText: kind === 'text' }, budget);
  });
}

/** True when at least a character of a line is hidden over a good part of its height. */
function hidesCharacter(common: Box, line: Box): boolean {
  const height = Math.min(line[2] - line[0], line[3] - line[1]);
  return common[2] - common[0] > 0.45 * height && common[3] - common[1] > 0.45 * height;
}
