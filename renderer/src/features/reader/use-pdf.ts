import type { FileRef } from '@shared/schema/values';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';
import { openPdf } from './pdf-engine';
import type { Size } from './zoom';

export type PdfState =
  | { readonly state: 'opening' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'open'; readonly document: PDFDocumentProxy; readonly first: Size };

/** Opens a file for as long as the component shows it. */
export function usePdf(file: FileRef): PdfState {
  const [state, setState] = useState<PdfState>({ state: 'opening' });
  const { sha256 } = file;
  useEffect(() => {
    let left = false;
    let close = (): void => undefined;
    const open = async (): Promise<void> => {
      const pdf = await openPdf(file);
      close = pdf.close;
      if (left) {
        close();
        return;
      }
      const page = await pdf.document.getPage(1);
      const { width, height } = page.getViewport({ scale: 1 });
      if (!left) setState({ state: 'open', document: pdf.document, first: { width, height } });
    };
    open().catch((error: unknown) => {
      if (!left) setState({ state: 'failed', error });
    });
    return () => {
      left = true;
      close();
    };
    // Equal bytes are the same document, whatever object names them.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [sha256]);
  return state;
}
