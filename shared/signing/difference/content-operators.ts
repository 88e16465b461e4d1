import { PdfLexer } from '../pdf/pdf-lexer';
import type { PdfValue } from '../pdf/pdf-objects';

export type Operation = { readonly operator: string; readonly operands: readonly PdfValue[] };

const maxOperations = 400_000;
const maxOperands = 64;
const valueStarts = new Set(Array.from('/[(<+-.0123456789', (character) => character.charCodeAt(0)));
const space = new Set([0, 9, 10, 12, 13, 32]);

/**
 * The operations of a content stream in order (ISO 32000-1, 7.8.2); the data of an inline image is left out after its `ID`. Throws
 * PDF_MALFORMED for what is no content stream, and ends after a bounded number of operations with `null`.
 */
export function* readOperations(content: Uint8Array): Generator<Operation | null> {
  const lexer = new PdfLexer(content);
  let operands: PdfValue[] = [];
  for (let count = 0; ; count++) {
    lexer.skipSpace();
    const byte = lexer.peek();
    if (byte === -1) return;
    if (count > maxOperations || operands.length > maxOperands) {
      yield null;
      return;
    }
    if (valueStarts.has(byte)) {
      operands.push(lexer.readValue());
      continue;
    }
    const operator = lexer.readWord();
    // A lone delimiter belongs to no word and would not be passed otherwise.
    if (operator === '') lexer.position += 1;
    else if (operator === 'true' || operator === 'false') operands.push(operator === 'true');
    else if (operator === 'null') operands.push(null);
    else {
      if (operator === 'ID') skipInlineImage(lexer, content);
      yield { operator, operands };
      operands = [];
    }
  }
}

/** Moves behind the `EI` that stands between white space (8.9.7). */
function skipInlineImage(lexer: PdfLexer, content: Uint8Array): void {
  for (let at = lexer.position + 1; at < content.length; at++) {
    const isEnd = content[at] === 0x45 && content[at + 1] === 0x49 && space.has(content[at - 1] ?? 32);
    if (isEnd && space.has(content[at + 2] ?? 32)) {
      lexer.position = at + 2;
      return;
    }
  }
  lexer.position = content.length;
}
