import { AppError } from '../../result/result';
import type { PdfDocument } from './pdf-document';
import { isRef, type PdfDict, type PdfRef, type PdfValue } from './pdf-objects';

export type PdfPage = {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** Own and inherited values of the inheritable attributes (ISO 32000-1, 7.7.3.4). */
  readonly inherited: PdfDict;
};

/** The visible box of a page in user space, and the clockwise turn with which it is shown. */
export type PageGeometry = {
  readonly box: readonly [number, number, number, number];
  readonly rotate: 0 | 90 | 180 | 270;
};

/** Attributes that a page takes from the nodes above it (ISO 32000-1, table 30). */
export const inheritableKeys: readonly string[] = ['Resources', 'MediaBox', 'CropBox', 'Rotate'];
const maxPages = 100_000;
/** Real page trees have a depth of less than ten. */
const maxTreeDepth = 100;

/**
 * The pages in reading order, or the first `limit` of them; the tree is not read further than that. A page may stand in
 * it more than once. Throws PDF_MALFORMED for a page tree that is not one.
 */
export async function readPages(document: PdfDocument, limit = Infinity): Promise<readonly PdfPage[]> {
  const pages: PdfPage[] = [];
  const inner = new Set<number>();
  const walk = async (node: PdfValue, inherited: PdfDict, depth: number): Promise<void> => {
    if (pages.length >= limit) return;
    if (!isRef(node) || inner.has(node.num)) throw new AppError('PDF_MALFORMED', 'page tree');
    if (inner.size + pages.length > maxPages || depth > maxTreeDepth)
      throw new AppError('PDF_TOO_COMPLEX', 'pages');
    const dict = await document.dict(node);
    if (!dict) throw new AppError('PDF_MALFORMED', 'page tree');
    const attributes = new Map(inherited);
    for (const key of inheritableKeys) {
      const value = dict.get(key);
      if (value !== undefined) attributes.set(key, value);
    }
    const kids =
      (await document.name(dict.get('Type'))) === 'Page' ? null : await document.array(dict.get('Kids'));
    if (!kids) pages.push({ ref: node, dict, inherited: attributes });
    else inner.add(node.num);
    for (const kid of kids ?? []) await walk(kid, attributes, depth + 1);
  };
  await walk((await document.catalog()).get('Pages') ?? null, new Map(), 0);
  return pages;
}

/** A page by its reference, with what it inherits from the nodes above it; null when there is no page. */
export async function pageByRef(document: PdfDocument, ref: PdfRef): Promise<PdfPage | null> {
  const dict = await document.dict(ref);
  if (!dict || (await document.name(dict.get('Type'))) !== 'Page') return null;
  const inherited = new Map<string, PdfValue>();
  let node: PdfDict | null = dict;
  for (let depth = 0; node && depth < maxTreeDepth; depth++) {
    for (const key of inheritableKeys) {
      const value: PdfValue | undefined = node.get(key);
      if (value !== undefined && !inherited.has(key)) inherited.set(key, value);
    }
    node = await document.dict(node.get('Parent'));
  }
  return { ref, dict, inherited };
}

/** Crop box clipped to the media box (14.11.2) and rotation of a page; US Letter when neither box is given. */
export async function pageGeometry(document: PdfDocument, page: PdfPage): Promise<PageGeometry> {
  const media = (await document.rectangle(page.inherited.get('MediaBox'))) ?? [0, 0, 612, 792];
  const crop = (await document.rectangle(page.inherited.get('CropBox'))) ?? media;
  const box = [
    Math.max(crop[0], media[0]),
    Math.max(crop[1], media[1]),
    Math.min(crop[2], media[2]),
    Math.min(crop[3], media[3]),
  ] as const;
  const turn = ((((await document.number(page.inherited.get('Rotate'))) ?? 0) % 360) + 360) % 360;
  const rotate = turn === 90 || turn === 180 || turn === 270 ? turn : 0;
  return { box: box[2] > box[0] && box[3] > box[1] ? box : media, rotate };
}
