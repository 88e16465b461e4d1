import { indexOfBytes, latin1Bytes } from '../bytes';
import { PdfLexer } from '../pdf/pdf-lexer';
import type { PdfValue } from '../pdf/pdf-objects';

export type Matrix = readonly [number, number, number, number, number, number];
export type Operation = { readonly name: string; readonly operands: readonly PdfValue[] };

const maxOperands = 64;
const imageEnd = latin1Bytes('EI');

/**
 * The operators of a content stream with their operands, in order (ISO 32000-1, 7.8.2). The data of inline images are
 * passed over. Throws PDF_MALFORMED, PDF_TOO_COMPLEX.
 */
export function* readOperations(content: Uint8Array): Generator<Operation> {
  const lexer = new PdfLexer(content);
  let operands: PdfValue[] = [];
  for (lexer.skipSpace(); lexer.peek() !== -1; lexer.skipSpace()) {
    if (!startsOperator(lexer.peek())) {
      const value = lexer.readValue();
      if (operands.length < maxOperands) operands.push(value);
      continue;
    }
    const name = lexer.readWord();
    if (name === 'ID') lexer.position = afterInlineImage(content, lexer.position);
    else yield { name, operands };
    operands = [];
  }
}

/** Operators begin with a letter or a quotation mark; no operand does, save true, false and null, which none of them needs. */
function startsOperator(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x27 || byte === 0x22;
}

function afterInlineImage(content: Uint8Array, start: number): number {
  for (let at = indexOfBytes(content, imageEnd, start); at >= 0; at = indexOfBytes(content, imageEnd, at + 2))
    if (isSpace(content[at - 1]) && isSpace(content[at + 2])) return at + 2;
  return content.length;
}

function isSpace(byte: number | undefined): boolean {
  return (
    byte === undefined || byte === 0 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 32
  );
}
