import { AppError } from '@shared/result/result';
import type { PageText } from '@shared/signing/index';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import * as pdfjsWorker from 'pdfjs-dist/legacy/build/pdf.worker.mjs';

/** Pages read from each end: number and date stand on the first page, signatures near the end. */
const pagesFromEachEnd = 4;

// With its worker code at hand pdf.js runs in this process and loads no further file, so it can be bundled.
Object.assign(globalThis, { pdfjsWorker });

/** What pdf.js takes for granted: Electron's V8 has it, plain Node 20 (server, tests) has not. */
if (!('withResolvers' in Promise)) {
  Object.assign(Promise, {
    withResolvers: () => {
      const parts: Record<string, unknown> = {};
      parts['promise'] = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
      return parts;
    },
  });
}

/**
 * The text items of the first and last pages of a PDF with their places, in points on the page as displayed, origin at
 * the lower left. Throws PDF_ENCRYPTED and PDF_MALFORMED.
 */
export async function readTextItems(file: Uint8Array): Promise<readonly PageText[]> {
  // pdf.js takes the buffer over, so it gets its own copy.
  const task = getDocument({
    data: new Uint8Array(file),
    useSystemFonts: false,
    disableFontFace: true,
    verbosity: 0,
  });
  try {
    const document = await task.promise;
    const pages: PageText[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      if (number > pagesFromEachEnd && number <= document.numPages - pagesFromEachEnd) continue;
      const page = await document.getPage(number);
      const { width, height, transform } = page.getViewport({ scale: 1 });
      const { items } = await page.getTextContent();
      const placed = items.flatMap((item) => {
        if (!('str' in item) || item.str === '' || !isUpright(transform, item.transform)) return [];
        const [x, y] = apply(transform, item.transform);
        return [{ str: item.str, x, y: height - y, width: item.width, height: item.height }];
      });
      pages.push({ page: number - 1, size: { w: width, h: height }, items: placed });
      page.cleanup();
    }
    return pages;
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new AppError(isLocked ? 'PDF_ENCRYPTED' : 'PDF_MALFORMED', 'text');
  } finally {
    await task.destroy();
  }
}

/** True when the text runs from left to right as the page is displayed. */
function isUpright(viewport: readonly number[], matrix: readonly number[]): boolean {
  const [a = 1, b = 0, c = 0, d = 1] = viewport;
  const [across = 1, up = 0] = matrix;
  const [x, y] = [a * across + c * up, b * across + d * up];
  return x > 0 && Math.abs(y) < x / 10;
}

/** The origin of an item's matrix in the viewport's coordinates (y downwards). */
function apply(viewport: readonly number[], matrix: readonly number[]): readonly [number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = viewport;
  const [, , , , x = 0, y = 0] = matrix;
  return [a * x + c * y + e, b * x + d * y + f];
}
