import type { PdfDocument } from '../pdf/pdf-document';
import type { FormField } from '../pdf/pdf-fields';
import { isRef, type PdfDict, type PdfValue } from '../pdf/pdf-objects';
import { type PdfPage, pageGeometry } from '../pdf/pdf-pages';
import type { TextMark } from './page-marks';
import { areaOf, contains, type Rectangle, sharedArea, type Warnings } from './warning';

export type PageUnderInspection = {
  readonly page: PdfPage;
  /** From 0. */
  readonly index: number;
  /** Fields by the object numbers of their widgets. */
  readonly owners: ReadonlyMap<number, FormField>;
  /** Where text stands in the content of the page. */
  readonly texts: readonly TextMark[];
};

type Annotation = {
  readonly dict: PdfDict;
  readonly type: string;
  readonly rect: Rectangle;
  readonly field: FormField | undefined;
};

const hidden = 1 << 1;
const noView = 1 << 5;
/** Kinds that show nothing of their own, or whose purpose is to mark text that stays readable. */
const seeThrough: ReadonlySet<string> = new Set([
  'Link',
  'Popup',
  'Highlight',
  'Underline',
  'Squiggly',
  'StrikeOut',
  'Text',
  'Caret',
]);
const maxAnnotations = 2000;
/** Part of the smaller widget that may be covered: frames of neighbours touch. */
const touching = 0.2;

/** Annotations that cannot be seen, and those that stand over text or over each other. */
export async function warnOfAnnotations(
  document: PdfDocument,
  { page, index, owners, texts }: PageUnderInspection,
  warnings: Warnings,
): Promise<void> {
  const items = (await document.array(page.dict.get('Annots'))) ?? [];
  if (items.length > maxAnnotations) warnings.add('NOT_FULLY_INSPECTED', 'annotations', index);
  const annotations: Annotation[] = [];
  for (const item of items.slice(0, maxAnnotations)) {
    const annotation = await readAnnotation(document, item, owners);
    if (annotation !== null) annotations.push(annotation);
  }
  const { box } = await pageGeometry(document, page);
  const visible: Annotation[] = [];
  for (const annotation of annotations) {
    const reason = await reasonHidden(document, annotation, box);
    if (reason === null) visible.push(annotation);
    // An invisible signature has no appearance by intention (12.7.4.5).
    else if (annotation.field?.type !== 'Sig')
      warnings.add('HIDDEN_CONTENT', `${annotation.type} ${reason}`, index, annotation.rect);
  }
  for (const annotation of visible)
    if ((await isOpaque(document, annotation)) && texts.some(({ x, y }) => contains(annotation.rect, x, y)))
      warnings.add('OVERLAPPING_CONTENT', `${annotation.type} over text`, index, annotation.rect);
  warnOfCoveredWidgets(visible, index, warnings);
}

async function readAnnotation(
  document: PdfDocument,
  item: PdfValue,
  owners: ReadonlyMap<number, FormField>,
): Promise<Annotation | null> {
  const dict = await document.dict(item);
  if (dict === null) return null;
  const type = (await document.name(dict.get('Subtype'))) ?? '';
  if (type === 'Popup' || type === 'Link') return null;
  const rect = (await document.rectangle(dict.get('Rect'))) ?? [0, 0, 0, 0];
  const field = isRef(item) ? owners.get(item.num) : undefined;
  return { dict, type, rect, field };
}

/** Why nobody sees an annotation that has something to show; null when it is seen or empty. */
async function reasonHidden(
  document: PdfDocument,
  { dict, rect }: Annotation,
  box: Rectangle,
): Promise<string | null> {
  if (!dict.has('AP') && !dict.has('Contents') && !dict.has('V')) return null;
  const flags = (await document.number(dict.get('F'))) ?? 0;
  if ((flags & hidden) !== 0) return 'hidden';
  if ((flags & noView) !== 0) return 'not shown on screens';
  if (areaOf(rect) <= 0) return 'without size';
  return sharedArea(rect, box) > 0 ? null : 'outside the page';
}

/** Whether an annotation paints over what is below it: with a ground of its own, a picture or the value of a field. */
async function isOpaque(document: PdfDocument, { dict, type, field }: Annotation): Promise<boolean> {
  if (seeThrough.has(type) || field?.type === 'Sig') return false;
  if (type === 'Square' || type === 'Circle' || type === 'Polygon')
    return ((await document.array(dict.get('IC'))) ?? []).length > 0;
  if (type !== 'Widget') return dict.has('AP');
  const ground = await document.array((await document.dict(dict.get('MK')))?.get('BG'));
  return (ground ?? []).length > 0;
}

function warnOfCoveredWidgets(annotations: readonly Annotation[], index: number, warnings: Warnings): void {
  for (const [at, upper] of annotations.entries())
    for (const lower of annotations.slice(0, at)) {
      if (lower.type !== 'Widget' || seeThrough.has(upper.type) || isSamePart(upper, lower)) continue;
      const smaller = Math.min(areaOf(upper.rect), areaOf(lower.rect));
      if (sharedArea(upper.rect, lower.rect) > smaller * touching)
        warnings.add('OVERLAPPING_CONTENT', `${upper.type} over a form field`, index, upper.rect);
    }
}

/** The seal of the organisation stands over the left third of the person's signature by the decree (NĐ 30/2020, Phụ lục I). */
function isSamePart(upper: Annotation, lower: Annotation): boolean {
  return upper.field?.type === 'Sig' && lower.field?.type === 'Sig';
}
