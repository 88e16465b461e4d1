import { latin1 } from '../bytes';
import type { ByteSource, CryptoPort } from '../ports';
import { decodeFilter, maxDecodedStream } from './pdf-filters';
import { isArray, isDict, isName, isStream, type PdfStream, type PdfValue } from './pdf-objects';
import {
  brokenXref,
  isXrefTable,
  parseInWindow,
  readXrefRows,
  readXrefTable,
  type XrefSection,
} from './pdf-xref';

export type IndirectObject = {
  readonly num: number;
  readonly value: PdfValue;
  /** First byte after the value, before `endobj` or the stream data. */
  readonly end: number;
  readonly hasDuplicateKey: boolean;
};

const maxSections = 4096;

/** Offset of the `%PDF-` header within the first kilobyte, or -1. */
export async function headerOffset(source: ByteSource): Promise<number> {
  return latin1(await source.read(0, 1024)).indexOf('%PDF-');
}

/** Reads the indirect object at an offset (7.3.10). Throws PDF_XREF_BROKEN when there is none. */
export function parseIndirect(source: ByteSource, offset: number): Promise<IndirectObject> {
  if (offset <= 0 || offset >= source.size) throw brokenXref('offset outside the file');
  return parseInWindow(source, offset, (lexer) => {
    const num = lexer.readWord();
    const gen = lexer.readWord();
    if (!/^\d{1,10}$/.test(num) || !/^\d{1,5}$/.test(gen) || lexer.readWord() !== 'obj')
      throw brokenXref('no object at the offset');
    const value = lexer.readValue();
    const end = offset + lexer.position;
    const hasDuplicateKey = lexer.sawDuplicateKey;
    if (!isDict(value) || lexer.readWord() !== 'stream')
      return { num: Number(num), value, end, hasDuplicateKey };
    if (lexer.peek() === 13) lexer.position += 1;
    if (lexer.peek() === 10) lexer.position += 1;
    const stream: PdfStream = { kind: 'stream', dict: value, offset: offset + lexer.position, data: null };
    return { num: Number(num), value: stream, end, hasDuplicateKey };
  });
}

/** Follows the cross-reference chain from its newest section. Throws PDF_XREF_BROKEN for loops and gaps. */
export async function readSections(
  source: ByteSource,
  crypto: CryptoPort,
  startXref: number,
): Promise<XrefSection[]> {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let offset: number | null = startXref;
  while (offset !== null) {
    if (seen.has(offset) || sections.length >= maxSections) throw brokenXref('loop');
    seen.add(offset);
    const section: XrefSection = await readSection(source, crypto, offset);
    sections.push(section);
    const previous: PdfValue | undefined = section.trailer.get('Prev');
    offset = typeof previous === 'number' ? previous : null;
  }
  return sections;
}

async function readSection(source: ByteSource, crypto: CryptoPort, offset: number): Promise<XrefSection> {
  if (offset < 0 || offset >= source.size) throw brokenXref('offset outside the file');
  if (!(await isXrefTable(source, offset))) return readXrefStream(source, crypto, offset);
  const table = await readXrefTable(source, offset);
  const hybrid = table.trailer.get('XRefStm');
  if (typeof hybrid !== 'number') return table;
  // Hybrid file (7.5.8.4): the stream supplies the objects that the table hides as free or leaves out.
  const stream = await readXrefStream(source, crypto, hybrid);
  const entries = new Map(table.entries);
  for (const [num, entry] of stream.entries) {
    const visible = entries.get(num);
    if (!visible || visible.type === 'free') entries.set(num, entry);
  }
  return { ...table, entries };
}

async function readXrefStream(source: ByteSource, crypto: CryptoPort, offset: number): Promise<XrefSection> {
  const { value } = await parseIndirect(source, offset);
  if (!isStream(value)) throw brokenXref('stream expected');
  return readXrefRows(offset, value, await decodeXrefStream(source, crypto, value));
}

/** Decodes without a cross-reference, so /Length and the filter must stand in the dictionary itself (7.5.8.2). */
async function decodeXrefStream(
  source: ByteSource,
  crypto: CryptoPort,
  stream: PdfStream,
): Promise<Uint8Array> {
  const { dict } = stream;
  const length = dict.get('Length');
  if (typeof length !== 'number' || length < 0 || length > maxDecodedStream)
    throw brokenXref('stream length');
  const bytes = await source.read(stream.offset, length);
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
  return decodeFilter(crypto, filter.name, bytes, {
    predictor: number('Predictor', 1),
    colors: number('Colors', 1),
    bitsPerComponent: number('BitsPerComponent', 8),
    columns: number('Columns', 1),
  });
}
