import type { Block } from './document-types';

/**
 * Makes the body of a document from paragraphs typed as plain text: "Điều 1. …" becomes an article, "I. …"
 * and a numbered line without closing punctuation a heading, everything else running text. Empty
 * paragraphs are dropped (NĐ 30/2020, Phụ lục I, II.6.đ).
 */
export function composeBody(paragraphs: readonly string[]): readonly Block[] {
  return paragraphs
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(composeBlock);
}

function composeBlock(text: string): Block {
  const article = /^(Điều \d+[a-zđ]?\.)\s+(.+)$/su.exec(text);
  if (article?.[1] !== undefined && article[2] !== undefined) {
    return { kind: 'article', label: article[1], text: article[2] };
  }
  const closed = /[.;:,!?]$/u.test(text);
  const numbered = /^(?:[IVXL]+\.|\d+\.|\d+(?:\.\d+)+\.?)\s+\S/u.test(text);
  if (numbered && !closed && text.length <= 120) return { kind: 'heading', text };
  return { kind: 'paragraph', text };
}
