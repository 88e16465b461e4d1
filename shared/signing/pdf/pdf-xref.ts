import { AppError } from '../../result/result';
import { latin1 } from '../bytes';
import type { ByteSource } from '../ports';
import { PdfLexer, WindowTooSmall } from './pdf-lexer';
import { isArray, isDict, isName, type PdfDict, type PdfStream, type PdfValue } from './pdf-objects';
import type { ReadBudget } from './read-budget';

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
  /** True when a hybrid section gives an object two places, of which each reader takes another one. */
  readonly isAmbiguous: boolean;
  /** First byte after everything that was read for it. */
  readonly end: number;
};

/** Bound on the entries of all sections together; the objects that stand for more would not fit into memory. */
export const maxEntries = 1_000_000;
/** ISO 32000-1, annex C. */
const maxObjectNumber = 8_388_607;
const firstWindow = 4096;
const maxWindow = 32 * 1024 * 1024;

export function brokenXref(what: string): AppError {
  return new AppError('PDF_XREF_BROKEN', what);
}

/** Parses at an offset in a window that grows until the syntax is complete. Throws PDF_TOO_COMPLEX beyond 32 MB. */
export async function parseInWindow<T>(
  source: ByteSource,
  offset: number,
  budget: ReadBudget,
  parse: (lexer: PdfLexer) => T,
): Promise<T> {
  for (let length = firstWindow; length <= maxWindow; length *= 8) {
    const bytes = await source.read(offset, length);
    const lexer = new PdfLexer(bytes, 0, offset + length >= source.size);
    const parsed = parseUnlessCut(lexer, parse);
    budget.spendBytes(lexer.position);
    budget.spendValues(lexer.valueCount);
    if (parsed) return parsed.value;
  }
  throw new AppError('PDF_TOO_COMPLEX', 'object too long');
}

function parseUnlessCut<T>(lexer: PdfLexer, parse: (lexer: PdfLexer) => T): { readonly value: T } | null {
  try {
    return { value: parse(lexer) };
  } catch (error) {
    if (error instanceof WindowTooSmall) return null;
    throw error;
  }
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
export function readXrefTable(source: ByteSource, offset: number, budget: ReadBudget): Promise<XrefSection> {
  return parseInWindow(source, offset, budget, (lexer) => {
    const entries = new Map<number, XrefEntry>();
    if (lexer.readWord() !== 'xref') throw brokenXref('table expected');
    for (let word = lexer.readWord(); word !== 'trailer'; word = lexer.readWord()) {
      if (!/^\d{1,10}$/.test(word)) throw brokenXref('subsection');
      readSubsection(lexer, Number(word), entries);
    }
    const trailer = lexer.readValue();
    if (!isDict(trailer)) throw brokenXref('trailer');
    return { offset, kind: 'table', trailer, entries, isAmbiguous: false, end: offset + lexer.position };
  });
}

/**
 * Entries are read word by word, because rows of 19 or 21 bytes and every kind of line end occur (the standard says 20)
 * and leave no doubt about what is meant.
 */
function readSubsection(lexer: PdfLexer, stated: number, entries: Map<number, XrefEntry>): void {
  const count = lexer.tryInteger();
  if (count === null) throw brokenXref('subsection');
  let first = stated;
  for (let i = 0; i < count; i++) {
    const offset = lexer.tryInteger();
    const gen = lexer.tryInteger();
    const use = lexer.readWord();
    if (offset === null || gen === null || (use !== 'n' && use !== 'f')) throw brokenXref('entry');
    // A common fault is to count from 1: only object 0 can be the head of the free list, so there is no doubt either.
    const isListHead = use === 'f' && gen === 65535 && offset === 0;
    if (i === 0 && stated === 1 && entries.size === 0 && isListHead) first = 0;
    addEntry(entries, first + i, use === 'n' ? { type: 'offset', offset, gen } : { type: 'free' });
  }
}

/** Readers disagree about which of two entries for one object counts, so there must not be two places (7.5.4). */
function addEntry(entries: Map<number, XrefEntry>, num: number, entry: XrefEntry): void {
  if (num > maxObjectNumber) throw brokenXref('object number');
  const known = entries.get(num);
  if (known && !isSameEntry(known, entry)) throw brokenXref('object listed twice');
  if (entries.size >= maxEntries) throw new AppError('PDF_TOO_COMPLEX', 'cross-reference entries');
  entries.set(num, entry);
}

/** True when both say that the object stands at the same place under the same generation. */
export function isSameEntry(a: XrefEntry, b: XrefEntry): boolean {
  if (a.type === 'offset') return b.type === 'offset' && a.offset === b.offset && a.gen === b.gen;
  if (a.type === 'free') return b.type === 'free';
  return b.type === 'compressed' && a.container === b.container && a.index === b.index;
}

/** Reads the rows of a cross-reference stream (7.5.8) from its decoded bytes. Throws PDF_XREF_BROKEN. */
export function readXrefRows(
  offset: number,
  { dict }: PdfStream,
  data: Uint8Array,
): Omit<XrefSection, 'end'> {
  const type = dict.get('Type');
  const widths = counts(dict.get('W'));
  const size = dict.get('Size');
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const rowLength = typeWidth + secondWidth + thirdWidth;
  const isSound = isName(type) && type.name === 'XRef' && typeof size === 'number' && widths.length === 3;
  if (!isSound || widths.some((width) => width > 8) || rowLength === 0) throw brokenXref('stream dictionary');
  const index = dict.has('Index') ? counts(dict.get('Index')) : [0, size];
  const entries = new Map<number, XrefEntry>();
  let at = 0;
  const field = (width: number): number => {
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + (data[at++] ?? 0);
    return value;
  };
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const [first = 0, count = 0] = index.slice(pair, pair + 2);
    if (at + count * rowLength > data.length) throw brokenXref('rows missing');
    for (let i = 0; i < count; i++) {
      const kind = typeWidth === 0 ? 1 : field(typeWidth);
      addEntry(entries, first + i, xrefRow(kind, field(secondWidth), field(thirdWidth)));
    }
  }
  return { offset, kind: 'stream', trailer: dict, entries, isAmbiguous: false };
}

function xrefRow(kind: number, second: number, third: number): XrefEntry {
  if (kind === 1) return { type: 'offset', offset: second, gen: third };
  return kind === 2 ? { type: 'compressed', container: second, index: third } : { type: 'free' };
}

/** A list of numbers that can count something; another one is refused, for each reader makes something else of it. */
function counts(value: PdfValue | undefined): readonly number[] {
  if (!isArray(value) || !value.every(isCount)) throw brokenXref('stream dictionary');
  return value;
}

function isCount(value: PdfValue): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

/** The beginning of a source as a source of its own: one earlier revision of a file. */
export function prefixSource(source: ByteSource, size: number): ByteSource {
  return {
    size,
    read: (offset, length) => source.read(offset, Math.max(0, Math.min(length, size - offset))),
  };
}
