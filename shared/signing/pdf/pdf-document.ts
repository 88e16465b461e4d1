import { AppError } from '../../result/result';
import type { ByteSource, CryptoPort } from '../ports';
import { openEncryption } from './encryption/encryption-dictionary';
import { ObjectCipher } from './encryption/object-cipher';
import type { PdfPermissions } from './encryption/permissions';
import { PdfFile } from './pdf-file';
import { decodeFilter, maxDecodedStream, type PredictorParameters } from './pdf-filters';
import { PdfLexer } from './pdf-lexer';
import {
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  type PdfArray,
  type PdfDict,
  type PdfRef,
  type PdfStream,
  type PdfValue,
} from './pdf-objects';
import { headerOffset, readSections, readStreamBytes } from './pdf-sections';
import { brokenXref, findStartXref, prefixSource, type XrefEntry, type XrefSection } from './pdf-xref';

type ObjectStream = {
  readonly numbers: readonly number[];
  readonly offsets: readonly number[];
  readonly data: Uint8Array;
};

/** Whether an encrypted file opens without a password, and what its author permits then. */
export type PdfEncryption =
  | { readonly locked: true }
  | { readonly locked: false; readonly permissions: PdfPermissions };

const maxReferenceDepth = 20;
/** More filters on one stream have no use but to multiply its size. */
const maxFilters = 8;

/**
 * Reads objects of one revision of a PDF where the cross-reference names them, and only those. A broken cross-reference
 * is refused with PDF_XREF_BROKEN and never repaired: another reading of a signed file is another document.
 * Strings and streams of an encrypted file that opens without a password are decrypted on the way.
 */
export class PdfDocument {
  readonly file: PdfFile;
  /** The bytes of this revision. */
  readonly source: ByteSource;
  readonly crypto: CryptoPort;
  /** Newest first; the one that `startxref` names is at index 0. */
  readonly sections: readonly XrefSection[];
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly trailer: PdfDict;
  readonly startXref: number;
  readonly rootRef: PdfRef;
  private readonly values = new Map<number, PdfValue>();
  private readonly objectStreams = new Map<number, ObjectStream>();
  private encryptionState: PdfEncryption | null = null;
  private objectCipher: ObjectCipher | null = null;

  private constructor(
    file: PdfFile,
    source: ByteSource,
    startXref: number,
    sections: readonly XrefSection[],
  ) {
    this.file = file;
    this.source = source;
    this.crypto = file.crypto;
    this.startXref = startXref;
    this.sections = sections;
    this.entries = mergeEntries(file, sections);
    this.trailer = sections[0]?.trailer ?? new Map();
    const root = this.trailer.get('Root');
    if (!isRef(root)) throw brokenXref('no /Root');
    this.rootRef = root;
  }

  /** Reads the cross-reference chain. Throws PDF_NOT_PDF, PDF_XREF_BROKEN, PDF_MALFORMED, PDF_TOO_COMPLEX. */
  static async open(source: ByteSource, crypto: CryptoPort): Promise<PdfDocument> {
    if ((await headerOffset(source)) < 0) throw new AppError('PDF_NOT_PDF');
    return PdfDocument.openPrefix(new PdfFile(source, crypto), source);
  }

  /** The revision that ends after the first `size` bytes; throws the codes of {@link PdfDocument.open}. */
  openRevision(size: number): Promise<PdfDocument> {
    return PdfDocument.openPrefix(this.file, prefixSource(this.file.source, size));
  }

  private static async openPrefix(file: PdfFile, source: ByteSource): Promise<PdfDocument> {
    const startXref = await findStartXref(source);
    const sections = await readSections(file, startXref, source.size);
    const document = new PdfDocument(file, source, startXref, sections);
    await document.unlock();
    return document;
  }

  private async unlock(): Promise<void> {
    if (!this.trailer.has('Encrypt')) return;
    const opened = await openEncryption(this);
    this.encryptionState = opened ? { locked: false, permissions: opened.permissions } : { locked: true };
    this.objectCipher = opened && new ObjectCipher(this.crypto, opened);
    // What was read so far was not decrypted.
    this.values.clear();
    this.objectStreams.clear();
  }

  /** Null for a file that is not encrypted. Objects of a locked one cannot be fetched (PDF_ENCRYPTED). */
  get encryption(): PdfEncryption | null {
    return this.encryptionState;
  }

  /** Encrypts a new object as the file asks for it; without encryption it stays as it is. */
  encrypt(owner: PdfRef, value: PdfValue): PdfValue {
    return this.objectCipher ? this.objectCipher.encrypt(owner, value) : value;
  }

  /** The bytes of an encrypted string of an object; without encryption they stay as they are. */
  decrypt(owner: PdfRef, bytes: Uint8Array): Uint8Array {
    return this.objectCipher ? this.objectCipher.decryptString(owner, bytes) : bytes;
  }

  async catalog(): Promise<PdfDict> {
    const catalog = await this.resolve(this.rootRef);
    if (!isDict(catalog)) throw new AppError('PDF_MALFORMED', 'catalog');
    return catalog;
  }

  /** The value behind a reference, or the value itself. */
  async resolve(value: PdfValue | undefined): Promise<PdfValue> {
    let current = value ?? null;
    for (let depth = 0; isRef(current); depth++) {
      if (depth > maxReferenceDepth) throw new AppError('PDF_MALFORMED', 'reference loop');
      current = await this.fetch(current.num);
    }
    return current;
  }

  async dict(value: PdfValue | undefined): Promise<PdfDict | null> {
    const resolved = await this.resolve(value);
    if (isDict(resolved)) return resolved;
    return isStream(resolved) ? resolved.dict : null;
  }

  async array(value: PdfValue | undefined): Promise<PdfArray | null> {
    const resolved = await this.resolve(value);
    return isArray(resolved) ? resolved : null;
  }

  async name(value: PdfValue | undefined): Promise<string | null> {
    const resolved = await this.resolve(value);
    return isName(resolved) ? resolved.name : null;
  }

  async number(value: PdfValue | undefined): Promise<number | null> {
    const resolved = await this.resolve(value);
    return typeof resolved === 'number' ? resolved : null;
  }

  /** Four numbers of a rectangle with the lower left corner first, or null. */
  async rectangle(value: PdfValue | undefined): Promise<readonly [number, number, number, number] | null> {
    const items = ((await this.array(value)) ?? []).slice(0, 4);
    const [a, b, c, d] = await Promise.all(items.map((item) => this.number(item)));
    if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number')
      return null;
    return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  }

  /** The object of a number; null when it is free or not defined (7.3.10). */
  async fetch(num: number): Promise<PdfValue> {
    const known = this.values.get(num);
    if (known !== undefined) return known;
    const value = await this.load(num, this.entries.get(num));
    this.values.set(num, value);
    return value;
  }

  private async load(num: number, entry: XrefEntry | undefined): Promise<PdfValue> {
    if (this.encryptionState?.locked) throw new AppError('PDF_ENCRYPTED');
    if (!entry || entry.type === 'free') return null;
    if (entry.type === 'compressed') return this.loadCompressed(num, entry.container, entry.index);
    const { ref, value, end } = await this.file.objectAt(entry.offset);
    if (ref.num !== num) throw brokenXref(`object ${num} is not at its offset`);
    if ((isStream(value) ? value.offset : end) > this.source.size)
      throw brokenXref('offset outside the file');
    return this.isEncryptionDictionary(num) || !this.objectCipher
      ? value
      : this.objectCipher.decryptStrings(ref, value);
  }

  private isEncryptionDictionary(num: number): boolean {
    const place = this.trailer.get('Encrypt');
    return isRef(place) && place.num === num;
  }

  private async loadCompressed(num: number, containerNumber: number, index: number): Promise<PdfValue> {
    const stream = this.objectStreams.get(containerNumber) ?? (await this.readObjectStream(containerNumber));
    this.objectStreams.set(containerNumber, stream);
    // Another index than the stated one would be another reading of the file.
    const offset = stream.numbers[index] === num ? stream.offsets[index] : undefined;
    if (offset === undefined) throw brokenXref(`object ${num} is not in stream ${containerNumber}`);
    const lexer = new PdfLexer(stream.data, offset);
    const value = lexer.readValue();
    this.file.budget.spendBytes(lexer.position - offset);
    this.file.budget.spendValues(lexer.valueCount);
    return value;
  }

  /** True when a dictionary of an object names an entry twice, for readers take either. */
  async hasDuplicateKey(num: number): Promise<boolean> {
    const entry = this.entries.get(num);
    if (entry?.type === 'offset') return (await this.file.objectAt(entry.offset)).hasDuplicateKey;
    if (entry?.type !== 'compressed') return false;
    const stream = this.objectStreams.get(entry.container) ?? (await this.readObjectStream(entry.container));
    const lexer = new PdfLexer(stream.data, stream.offsets[entry.index]);
    lexer.readValue();
    return lexer.sawDuplicateKey;
  }

  private async readObjectStream(num: number): Promise<ObjectStream> {
    // An object stream must not itself be compressed (7.5.7); following it would allow loops.
    if (this.entries.get(num)?.type !== 'offset') throw brokenXref('object stream');
    const stream = await this.fetch(num);
    if (!isStream(stream)) throw brokenXref('object stream');
    const data = await this.decode(stream);
    const count = await this.number(stream.dict.get('N'));
    const first = await this.number(stream.dict.get('First'));
    if (count === null || first === null || count < 0 || count > data.length)
      throw brokenXref('object stream');
    const lexer = new PdfLexer(data);
    const numbers: number[] = [];
    const offsets: number[] = [];
    for (let i = 0; i < count; i++) {
      numbers.push(lexer.readInteger());
      offsets.push(first + lexer.readInteger());
    }
    return { numbers, offsets, data };
  }

  /** The stream's bytes as they stand in the file but decrypted, still encoded. Throws PDF_MALFORMED, PDF_TOO_COMPLEX. */
  async rawStream(stream: PdfStream): Promise<Uint8Array> {
    if (stream.data) return stream.data;
    const length = await this.number(stream.dict.get('Length'));
    if (length === null || length < 0 || stream.offset + length > this.source.size)
      throw new AppError('PDF_MALFORMED', 'stream length');
    if (length > maxDecodedStream) throw new AppError('PDF_TOO_COMPLEX', 'stream length');
    this.file.budget.spendBytes(length);
    const bytes = await readStreamBytes(this.source, stream, length);
    return this.objectCipher ? this.objectCipher.decryptStream(stream, bytes) : bytes;
  }

  /** The decoded bytes of a stream. Throws PDF_TOO_COMPLEX for image filters and beyond 64 MB. */
  async decode(stream: PdfStream): Promise<Uint8Array> {
    const filters = await this.listOf(stream.dict.get('Filter'));
    if (filters.length > maxFilters) throw new AppError('PDF_TOO_COMPLEX', 'filters');
    const parameters = await this.listOf(stream.dict.get('DecodeParms'));
    let bytes = await this.rawStream(stream);
    for (const [i, filter] of filters.entries()) {
      if (!isName(filter)) throw new AppError('PDF_MALFORMED', 'filter');
      const parameter = parameters[i];
      const predictor = isDict(parameter) ? await this.predictor(parameter) : null;
      bytes = decodeFilter(this.crypto, filter.name, bytes, predictor);
      this.file.budget.spendBytes(bytes.length);
    }
    return bytes;
  }

  private async listOf(value: PdfValue | undefined): Promise<readonly PdfValue[]> {
    const resolved = await this.resolve(value);
    if (resolved === null) return [];
    return isArray(resolved) ? Promise.all(resolved.map((item) => this.resolve(item))) : [resolved];
  }

  private async predictor(parameters: PdfDict): Promise<PredictorParameters> {
    return {
      predictor: (await this.number(parameters.get('Predictor'))) ?? 1,
      colors: (await this.number(parameters.get('Colors'))) ?? 1,
      bitsPerComponent: (await this.number(parameters.get('BitsPerComponent'))) ?? 8,
      columns: (await this.number(parameters.get('Columns'))) ?? 1,
    };
  }
}

/** For each object the entry of the newest section that names it. */
function mergeEntries(file: PdfFile, sections: readonly XrefSection[]): ReadonlyMap<number, XrefEntry> {
  const [newest, ...older] = sections;
  if (newest && older.length === 0) return newest.entries;
  const entries = new Map<number, XrefEntry>(newest?.entries);
  for (const section of older) {
    file.budget.spendBytes(section.entries.size);
    for (const [num, entry] of section.entries) if (!entries.has(num)) entries.set(num, entry);
  }
  return entries;
}
