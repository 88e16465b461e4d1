import { AppError } from '../../result/result';
import { latin1 } from '../bytes';
import type { ByteSource } from '../ports';
import { PdfLexer, WindowTooSmall } from './pdf-lexer';
import { isArray, isDict, isName, isStream, type PdfDict, type PdfValue } from './pdf-objects';

/** Where an object stands: free, at a byte offset, or at an index inside an object stream. */
export type XrefEntry =
  | { readonly type: 'free' }
  | { readonly type: 'offset'; readonly offset: number; readonly gen: number }
  | { readonly type: 'compressed'; readonly container: number; readonly index: number };

export type XrefSection = {
  readonly offset: number;
  readonly kind: 'table' | 'stream';
  readonly trailer: PdfDict;
  readonly entries: ReadonlyMap<number, XrefEntry>;
};

const maxEntries = 8_400_000;
const firstWindow = 4096;
const maxWindow = 64 * 1024 * 1024;

export function brokenXref(what: string): AppError {
  return new AppError('PDF_XREF_BROKEN', what);
}

/** Parses at an offset in a window that grows until the syntax is complete. Throws PDF_TOO_COMPLEX beyond 64 MB. */
export async function parseInWindow<T>(
  source: ByteSource,
  offset: number,
  parse: (lexer: PdfLexer) => T,
): Promise<T> {
  for (let length = firstWindow; length <= maxWindow; length *= 4) {
    const bytes = await source.read(offset, length);
    try {
      return parse(new PdfLexer(bytes, 0, offset + length >= source.size));
    } catch (error) {
      if (!(error instanceof WindowTooSmall)) throw error;
    }
  }
  throw new AppError('PDF_TOO_COMPLEX', 'object too long');
}

/** The offset that the last `startxref` names (ISO 32000-1, 7.5.5). Throws PDF_XREF_BROKEN. */
export async function findStartXref(source: ByteSource): Promise<number> {
  const start = Math.max(0, source.size - 2048);
  const tail = latin1(await source.read(start, source.size - start));
  const match = /^startxref\s+(\d{1,15})\s/.exec(`${tail.slice(tail.lastIndexOf('startxref'))} `);
  if (!match || !tail.includes('startxref')) throw brokenXref('no startxref');
  return Number(match[1]);
}

export async function isXrefTable(source: ByteSource, offset: number): Promise<boolean> {
  return latin1(await source.read(offset, 64))
    .trimStart()
    .startsWith('xref');
}

/** Reads a classic cross-reference table with its trailer (7.5.4). Throws PDF_XREF_BROKEN. */
export function readXrefTable(source: ByteSource, offset: number): Promise<XrefSection> {
  return parseInWindow(source, offset, (lexer) => {
    const entries = new Map<number, XrefEntry>();
    if (lexer.readWord() !== 'xref') throw brokenXref('table expected');
    for (let word = lexer.readWord(); word !== 'trailer'; word = lexer.readWord()) {
      if (!/^\d{1,10}$/.test(word)) throw brokenXref('subsection');
      readSubsection(lexer, Number(word), entries);
    }
    const trailer = lexer.readValue();
    if (!isDict(trailer)) throw brokenXref('trailer');
    return { offset, kind: 'table', trailer, entries };
  });
}

function readSubsection(lexer: PdfLexer, first: number, entries: Map<number, XrefEntry>): void {
  const count = Number(lexer.readWord());
  if (!Number.isInteger(count) || first + count > maxEntries) throw brokenXref('subsection size');
  for (let i = 0; i < count; i++) {
    const offset = Number(lexer.readWord());
    const gen = Number(lexer.readWord());
    const use = lexer.readWord();
    if (!Number.isInteger(offset) || !Number.isInteger(gen) || (use !== 'n' && use !== 'f'))
      throw brokenXref('entry');
    entries.set(first + i, use === 'n' ? { type: 'offset', offset, gen } : { type: 'free' });
  }
}

/**
 * Reads the rows of a cross-reference stream (7.5.8) from its decoded bytes. Throws PDF_XREF_BROKEN.
 */
export function readXrefRows(offset: number, stream: PdfValue, data: Uint8Array): XrefSection {
  if (!isStream(stream)) throw brokenXref('stream expected');
  const { dict } = stream;
  const type = dict.get('Type');
  const widths = numbers(dict.get('W'));
  const size = dict.get('Size');
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const rowLength = typeWidth + secondWidth + thirdWidth;
  const isSound = isName(type) && type.name === 'XRef' && typeof size === 'number' && widths.length === 3;
  if (!isSound || widths.some((width) => width > 8) || rowLength === 0) throw brokenXref('stream dictionary');
  const index = dict.has('Index') ? numbers(dict.get('Index')) : [0, size];
  const entries = new Map<number, XrefEntry>();
  let at = 0;
  const field = (width: number): number => {
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + (data[at++] ?? 0);
    return value;
  };
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const first = index[pair]!;
    for (let i = 0; i < index[pair + 1]! && at + rowLength <= data.length; i++) {
      const kind = typeWidth === 0 ? 1 : field(typeWidth);
      entries.set(first + i, xrefRow(kind, field(secondWidth), field(thirdWidth)));
    }
  }
  return { offset, kind: 'stream', trailer: dict, entries };
}

function xrefRow(kind: number, second: number, third: number): XrefEntry {
  if (kind === 1) return { type: 'offset', offset: second, gen: third };
  return kind === 2 ? { type: 'compressed', container: second, index: third } : { type: 'free' };
}

function numbers(value: PdfValue | undefined): number[] {
  if (!isArray(value)) return [];
  return value.filter((item) => typeof item === 'number' && Number.isInteger(item) && item >= 0) as number[];
}
