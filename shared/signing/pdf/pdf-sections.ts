import { AppError } from '../../result/result';
import { latin1 } from '../bytes';
import type { ByteSource } from '../ports';
import type { PdfFile } from './pdf-file';
import { decodeFilter, maxDecodedStream } from './pdf-filters';
import {
  isArray,
  isDict,
  isName,
  isStream,
  type PdfRef,
  type PdfStream,
  type PdfValue,
  pdfRef,
} from './pdf-objects';
import {
  brokenXref,
  isSameEntry,
  isXrefTable,
  maxEntries,
  parseInWindow,
  readXrefRows,
  readXrefTable,
  type XrefSection,
} from './pdf-xref';
import type { ReadBudget } from './read-budget';

export type IndirectObject = {
  readonly ref: PdfRef;
  readonly value: PdfValue;
  /** First byte after the value, before `endobj` or the stream data. */
  readonly end: number;
  readonly hasDuplicateKey: boolean;
};

const maxSections = 4096;
const endStreamRoom = 16;

/** Offset of the `%PDF-1.7` header within the first kilobyte, where readers look for it, or -1. */
export async function headerOffset(source: ByteSource): Promise<number> {
  return latin1(await source.read(0, 1024)).search(/%PDF-[12]\.\d/);
}

/** Reads the indirect object at an offset (7.3.10). Throws PDF_XREF_BROKEN when there is none. */
export function parseIndirect(
  source: ByteSource,
  offset: number,
  budget: ReadBudget,
): Promise<IndirectObject> {
  if (offset <= 0 || offset >= source.size) throw brokenXref('offset outside the file');
  return parseInWindow(source, offset, budget, (lexer) => {
    const num = lexer.readWord();
    const gen = lexer.readWord();
    if (!/^\d{1,10}$/.test(num) || !/^\d{1,5}$/.test(gen) || lexer.readWord() !== 'obj')
      throw brokenXref('no object at the offset');
    const ref = pdfRef(Number(num), Number(gen));
    const value = lexer.readValue();
    const end = offset + lexer.position;
    const hasDuplicateKey = lexer.sawDuplicateKey;
    if (!isDict(value) || lexer.readWord() !== 'stream') return { ref, value, end, hasDuplicateKey };
    if (lexer.peek() === 13) lexer.position += 1;
    if (lexer.peek() === 10) lexer.position += 1;
    const start = offset + lexer.position;
    const stream: PdfStream = { kind: 'stream', dict: value, offset: start, owner: ref, data: null };
    return { ref, value: stream, end, hasDuplicateKey };
  });
}

/**
 * Follows the cross-reference chain of a revision, the first `size` bytes of a file, from its newest section.
 * Throws PDF_XREF_BROKEN for loops and gaps.
 */
export async function readSections(file: PdfFile, startXref: number, size: number): Promise<XrefSection[]> {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let entryCount = 0;
  let offset: number | null = startXref;
  while (offset !== null) {
    if (seen.has(offset) || sections.length >= maxSections) throw brokenXref('loop');
    seen.add(offset);
    const section: XrefSection = await file.sectionAt(offset);
    if (section.end > size) throw brokenXref('offset outside the file');
    entryCount += section.entries.size;
    if (entryCount > maxEntries) throw new AppError('PDF_TOO_COMPLEX', 'cross-reference entries');
    sections.push(section);
    const previous: PdfValue | undefined = section.trailer.get('Prev');
    // Some programs write 0 where there is no previous section, which never stands there.
    offset = typeof previous === 'number' && previous !== 0 ? previous : null;
  }
  return sections;
}

/**
 * The bytes of a stream that has the given length. What follows must be `endstream`: when the length is wrong, readers
 * go on in different ways, and then it is not one document any more. Throws PDF_MALFORMED.
 */
export async function readStreamBytes(
  source: ByteSource,
  { offset }: PdfStream,
  length: number,
): Promise<Uint8Array> {
  const bytes = await source.read(offset, length + endStreamRoom);
  // Some writers add an end-of-line more than the one that may stand there.
  if (!/^\s{0,3}endstream/.test(latin1(bytes.subarray(length))))
    throw new AppError('PDF_MALFORMED', 'stream length');
  return bytes.subarray(0, length);
}

/** Reads one section of the chain, with the stream beside it in a hybrid file. */
export async function readSection(file: PdfFile, offset: number): Promise<XrefSection> {
  const { source, budget } = file;
  if (offset < 0 || offset >= source.size) throw brokenXref('offset outside the file');
  if (!(await isXrefTable(source, offset))) return readXrefStream(file, offset);
  const table = await readXrefTable(source, offset, budget);
  const hybrid = table.trailer.get('XRefStm');
  if (typeof hybrid !== 'number') return table;
  // Hybrid file (7.5.8.4): the stream supplies the objects that the table hides as free or leaves out.
  const stream = await readXrefStream(file, hybrid);
  const entries = new Map(table.entries);
  let isAmbiguous = table.isAmbiguous || stream.isAmbiguous;
  for (const [num, entry] of stream.entries) {
    const visible = entries.get(num);
    if (!visible || visible.type === 'free') entries.set(num, entry);
    else if (!isSameEntry(visible, entry)) isAmbiguous = true;
  }
  return { ...table, entries, isAmbiguous, end: Math.max(table.end, stream.end) };
}

async function readXrefStream(file: PdfFile, offset: number): Promise<XrefSection> {
  const { value } = await file.objectAt(offset);
  if (!isStream(value)) throw brokenXref('stream expected');
  const length = value.dict.get('Length');
  // Read before there is a cross-reference, so its dictionary must not refer to other objects (7.5.8.2).
  if (typeof length !== 'number' || length < 0 || length > maxDecodedStream)
    throw brokenXref('stream length');
  const bytes = await readStreamBytes(file.source, value, length);
  const data = decodeXrefStream(file, value, bytes);
  return { ...readXrefRows(offset, value, data), end: value.offset + length };
}

function decodeXrefStream({ crypto, budget }: PdfFile, { dict }: PdfStream, bytes: Uint8Array): Uint8Array {
  const listed = dict.get('Filter') ?? null;
  const filter = isArray(listed) && listed.length === 1 ? (listed[0] ?? null) : listed;
  if (filter === null) return bytes;
  if (!isName(filter)) throw brokenXref('stream filter');
  const parameters = dict.get('DecodeParms') ?? null;
  const parameter = isArray(parameters) ? parameters[0] : parameters;
  const number = (key: string, otherwise: number): number => {
    const value = isDict(parameter) ? parameter.get(key) : otherwise;
    return typeof value === 'number' ? value : otherwise;
  };
  const decoded = decodeFilter(crypto, filter.name, bytes, {
    predictor: number('Predictor', 1),
    colors: number('Colors', 1),
    bitsPerComponent: number('BitsPerComponent', 8),
    columns: number('Columns', 1),
  });
  budget.spendBytes(decoded.length);
  return decoded;
}
