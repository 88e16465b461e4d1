import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';
import { plainText, reportFailure } from '../../ui';

export type PdfSearch = {
  /** Page of each match, in order. */
  readonly matches: readonly number[];
  /** Page being looked through, 0 when finished. */
  readonly at: number;
};

const nothing: PdfSearch = { matches: [], at: 0 };
const typingPauseMs = 250;

/** Looks through a document page by page, without marks and letter case; a scan without text has no matches. */
export function usePdfSearch(document: PDFDocumentProxy, query: string): PdfSearch {
  const [search, setSearch] = useState<PdfSearch>(nothing);
  useEffect(() => {
    const wanted = plainText(query);
    let left = false;
    const look = async (): Promise<void> => {
      const matches: number[] = [];
      for (let page = 1; page <= document.numPages; page += 1) {
        if (left) return;
        setSearch({ matches: [...matches], at: page });
        const text = await pageText(document, page);
        for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) matches.push(page);
      }
      if (!left) setSearch({ matches, at: 0 });
    };
    const timer = setTimeout(() => {
      if (wanted.length < 2) setSearch(nothing);
      else look().catch(reportFailure);
    }, typingPauseMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [document, query]);
  return search;
}

async function pageText(document: PDFDocumentProxy, number: number): Promise<string> {
  const page = await document.getPage(number);
  const content = await page.getTextContent();
  return plainText(content.items.map((item) => ('str' in item ? item.str : '')).join(' '));
}
