import {
  EncryptedPDFError,
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib';
import type { PackPaper, PackProblemCode } from './pack-types';

/** A paper as it will be put into the pack. */
export type PaperSource =
  | { readonly kind: 'pages'; readonly source: PDFDocument; readonly count: number }
  | { readonly kind: 'image'; readonly format: 'jpeg' | 'png'; readonly bytes: Uint8Array }
  /** A file that has no pages of its own (DOCX, XLSX, video): one page names it. */
  | { readonly kind: 'named' }
  | { readonly kind: 'problem'; readonly code: PackProblemCode };

/** Page entries that mean nothing outside their document, or could act on their own. */
const foreignEntries = ['StructParents', 'B', 'Thumb', 'AA', 'PieceInfo', 'Metadata', 'Tabs', 'Dur', 'Trans'];
const hiddenFlags = 2 | 32;
const printFlag = 4;

function appearanceOf(annotation: PDFDict): PDFRef | undefined {
  const states = annotation.lookup(PDFName.of('AP'));
  if (!(states instanceof PDFDict)) return undefined;
  const direct = states.get(PDFName.of('N'));
  const normal = states.lookup(PDFName.of('N'));
  if (normal instanceof PDFStream) return direct instanceof PDFRef ? direct : undefined;
  if (!(normal instanceof PDFDict)) return undefined;
  const state = annotation.lookup(PDFName.of('AS'));
  const chosen = state instanceof PDFName ? normal.get(state) : undefined;
  return chosen instanceof PDFRef ? chosen : undefined;
}

/**
 * What a reader of the pack needs of an annotation: what it shows (a signature, a stamp, a filled field)
 * and links to the web. Fields, scripts, pop-ups and links into the old document stay behind.
 */
function plainAnnotation(annotation: PDFDict): PDFDict | undefined {
  const flags = annotation.lookup(PDFName.of('F'));
  if (flags instanceof PDFNumber && (flags.asNumber() & hiddenFlags) !== 0) return undefined;
  const rect = annotation.lookup(PDFName.of('Rect'));
  if (!(rect instanceof PDFArray) || rect.size() !== 4) return undefined;
  if (![0, 1, 2, 3].every((index) => rect.lookup(index) instanceof PDFNumber)) return undefined;
  const { context } = annotation;
  const appearance = appearanceOf(annotation);
  if (appearance !== undefined) {
    return context.obj({ Type: 'Annot', Subtype: 'Stamp', Rect: rect, F: printFlag, AP: { N: appearance } });
  }
  const action = annotation.lookup(PDFName.of('A'));
  if (!(action instanceof PDFDict) || action.lookup(PDFName.of('S')) !== PDFName.of('URI')) return undefined;
  const uri = action.lookup(PDFName.of('URI'));
  if (uri === undefined) return undefined;
  return context.obj({
    Type: 'Annot',
    Subtype: 'Link',
    Rect: rect,
    Border: [0, 0, 0],
    A: { S: 'URI', URI: uri },
  });
}

function stripPage(page: PDFPage): void {
  for (const entry of foreignEntries) page.node.delete(PDFName.of(entry));
  const annotations = page.node.lookup(PDFName.of('Annots'));
  page.node.delete(PDFName.of('Annots'));
  if (!(annotations instanceof PDFArray)) return;
  const kept = annotations
    .asArray()
    .map((each) => page.doc.context.lookup(each))
    .filter((each) => each instanceof PDFDict)
    .map(plainAnnotation)
    .filter((each) => each !== undefined);
  page.node.set(PDFName.of('Annots'), page.doc.context.obj(kept));
}

async function openPdfPaper(bytes: Uint8Array): Promise<PaperSource> {
  try {
    const source = await PDFDocument.load(bytes, {
      updateMetadata: false,
      parseSpeed: ParseSpeeds.Fastest,
      capNumbers: true,
    });
    const pages = source.getPages();
    // A file cut short parses to a document without pages.
    if (pages.length === 0) return { kind: 'problem', code: 'FILE_BROKEN' };
    for (const page of pages) {
      stripPage(page);
      if (page.getWidth() <= 0 || page.getHeight() <= 0) return { kind: 'problem', code: 'FILE_BROKEN' };
    }
    return { kind: 'pages', source, count: pages.length };
  } catch (error) {
    // The parser has no one error for "not a sound PDF"; whatever it throws means these pages cannot be used.
    return { kind: 'problem', code: error instanceof EncryptedPDFError ? 'FILE_ENCRYPTED' : 'FILE_BROKEN' };
  }
}

function imageFormat(bytes: Uint8Array): 'jpeg' | 'png' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg';
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) return 'png';
  return undefined;
}

/** Finds out how a paper can be shown. Never throws for what is wrong with the file: that is a `problem`. */
export async function openPaper(paper: PackPaper): Promise<PaperSource> {
  const paged = paper.kind === 'pdf' || paper.kind === 'image';
  if (!paged) return { kind: 'named' };
  if (paper.bytes === null) return { kind: 'problem', code: 'FILE_NOT_FOUND' };
  if (paper.bytes.length === 0) return { kind: 'problem', code: 'FILE_EMPTY' };
  if (paper.kind === 'pdf') return openPdfPaper(paper.bytes);
  const format = imageFormat(paper.bytes);
  return format === undefined ? { kind: 'named' } : { kind: 'image', format, bytes: paper.bytes };
}
