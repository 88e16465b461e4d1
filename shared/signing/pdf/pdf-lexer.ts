import { AppError } from '../../result/result';
import { decodeHex, latin1Bytes } from '../bytes';
import { type PdfDict, type PdfName, type PdfString, type PdfValue, pdfName, pdfRef } from './pdf-objects';

/** Class of each byte (7.2.2): 1 white space, 2 delimiter, 0 regular. */
const classes = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) classes[byte] = 1;
for (const byte of latin1Bytes('()<>[]{}/%')) classes[byte] = 2;

const maxNesting = 200;
/** Bound on the objects in one indirect object, weighed by the memory they take. */
const maxValues = 1_000_000;
const weights = { leaf: 1, array: 2, dictionary: 5 } as const;
/** Longest word that can mean anything: numbers and keywords are far shorter (annex C). */
const maxWord = 128;
const maxName = 4096;
/** Bound on a literal string; signatures, which may be longer, are hexadecimal ones. */
const maxString = 4 * 1024 * 1024;
const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** Thrown inside a window of a larger file: the token may go on beyond it, so read more and parse again. */
export class WindowTooSmall extends Error {}

function malformed(what: string): AppError {
  return new AppError('PDF_MALFORMED', what);
}

/** Reads PDF syntax (ISO 32000-1 sections 7.2 and 7.3) from a byte string, at a position that moves on. */
export class PdfLexer {
  position: number;
  /** True once any dictionary held a key twice: harmless in general, refused in a signature dictionary. */
  sawDuplicateKey = false;
  /** Weight of the objects read so far. */
  valueCount = 0;
  private readonly bytes: Uint8Array;
  private readonly isWhole: boolean;

  /** `isWhole` is false when the bytes are a window that can be enlarged. */
  constructor(bytes: Uint8Array, position = 0, isWhole = true) {
    this.bytes = bytes;
    this.position = position;
    this.isWhole = isWhole;
  }

  /** The byte at the position, or -1 at the end. */
  peek(): number {
    const byte = this.bytes[this.position];
    if (byte !== undefined) return byte;
    if (!this.isWhole) throw new WindowTooSmall();
    return -1;
  }

  skipSpace(): void {
    for (let byte = this.peek(); ; byte = this.peek()) {
      if (byte === 0x25) this.skipComment();
      else if (classes[byte] === 1) this.position += 1;
      else return;
    }
  }

  private skipComment(): void {
    for (let byte = this.peek(); byte !== 10 && byte !== 13 && byte !== -1; byte = this.peek())
      this.position += 1;
  }

  private isBoundary(byte: number): boolean {
    return byte === -1 || classes[byte] !== 0;
  }

  /** The run of regular characters at the position, after white space; may be empty. */
  readWord(): string {
    this.skipSpace();
    return this.readRegular(maxWord);
  }

  private readRegular(limit: number): string {
    const start = this.position;
    while (!this.isBoundary(this.peek())) this.position += 1;
    if (this.position - start > limit) throw new AppError('PDF_TOO_COMPLEX', 'word too long');
    return String.fromCharCode(...this.bytes.subarray(start, this.position));
  }

  /** The next word as a non-negative integer. Throws PDF_MALFORMED. */
  readInteger(): number {
    const value = this.tryInteger();
    if (value === null) throw malformed('integer expected');
    return value;
  }

  /** The same; null when the next word is none. */
  tryInteger(): number | null {
    this.skipSpace();
    const start = this.position;
    let value = 0;
    for (let digit = this.peek() - 0x30; digit >= 0 && digit <= 9; digit = this.peek() - 0x30) {
      value = value * 10 + digit;
      this.position += 1;
    }
    const length = this.position - start;
    return length >= 1 && length <= 15 && this.isBoundary(this.peek()) ? value : null;
  }

  /** The next object. Throws PDF_MALFORMED. */
  readValue(depth = 0): PdfValue {
    if (depth > maxNesting) throw new AppError('PDF_TOO_COMPLEX', 'nesting');
    this.skipSpace();
    this.count(weights.leaf);
    switch (this.peek()) {
      case 0x2f:
        return this.readName();
      case 0x5b:
        return this.readArray(depth);
      case 0x28:
        return this.readLiteralString();
      case 0x3c:
        return this.readAngle(depth);
      default:
        return this.readWordValue();
    }
  }

  private count(weight: number): void {
    this.valueCount += weight;
    if (this.valueCount > maxValues) throw new AppError('PDF_TOO_COMPLEX', 'objects in one object');
  }

  private readName(): PdfName {
    this.position += 1;
    const raw = this.readRegular(maxName);
    if (!raw.includes('#')) return pdfName(raw);
    const decoded = raw.replace(/#([0-9a-fA-F]{2})/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
    return pdfName(decoded);
  }

  private readArray(depth: number): PdfValue {
    this.position += 1;
    this.count(weights.array);
    const items: PdfValue[] = [];
    for (this.skipSpace(); this.peek() !== 0x5d; this.skipSpace()) items.push(this.readValue(depth + 1));
    this.position += 1;
    return items;
  }

  private readAngle(depth: number): PdfValue {
    this.position += 1;
    if (this.peek() === 0x3c) return this.readDict(depth);
    const start = this.position;
    for (let byte = this.peek(); byte !== 0x3e; byte = this.peek()) {
      if (byte === -1) throw malformed('hexadecimal string');
      this.position += 1;
    }
    // Weighed by its length as well: the /Contents of a signature is read and searched several times.
    this.count((this.position - start) >> 3);
    const digits = this.bytes.subarray(start, this.position);
    this.position += 1;
    return { kind: 'string', bytes: decodeHex(digits), hex: true };
  }

  private readDict(depth: number): PdfDict {
    this.position += 1;
    this.count(weights.dictionary);
    const dict = new Map<string, PdfValue>();
    for (this.skipSpace(); this.peek() !== 0x3e; this.skipSpace()) {
      if (this.peek() !== 0x2f) throw malformed('dictionary key');
      const { name } = this.readName();
      this.sawDuplicateKey ||= dict.has(name);
      dict.set(name, this.readValue(depth + 1));
    }
    this.position += 1;
    if (this.peek() !== 0x3e) throw malformed('dictionary end');
    this.position += 1;
    return dict;
  }

  private readWordValue(): PdfValue {
    const word = this.readRegular(maxWord);
    if (/^\d+$/.test(word)) return this.readReferenceAfter(word) ?? Number(word);
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word);
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    throw malformed(word === '' ? 'object expected' : 'unknown word');
  }

  private readReferenceAfter(objectNumber: string): PdfValue | undefined {
    const back = this.position;
    const generation = this.readWord();
    if (/^\d{1,5}$/.test(generation)) {
      this.skipSpace();
      if (this.peek() === 0x52) {
        this.position += 1;
        if (this.isBoundary(this.peek())) return pdfRef(Number(objectNumber), Number(generation));
      }
    }
    this.position = back;
    return undefined;
  }

  private readLiteralString(): PdfString {
    this.position += 1;
    const bytes: number[] = [];
    for (let open = 1; ; ) {
      if (bytes.length > maxString) throw new AppError('PDF_TOO_COMPLEX', 'string too long');
      const byte = this.peek();
      if (byte === -1) throw malformed('string');
      this.position += 1;
      if (byte === 0x5c) {
        const escaped = this.readEscape();
        if (escaped !== null) bytes.push(escaped);
        continue;
      }
      if (byte === 0x28) open += 1;
      if (byte === 0x29) open -= 1;
      if (open === 0) return { kind: 'string', bytes: Uint8Array.from(bytes), hex: false };
      bytes.push(byte);
    }
  }

  private readEscape(): number | null {
    const byte = this.peek();
    if (byte === -1) throw malformed('string');
    this.position += 1;
    if (byte >= 0x30 && byte <= 0x37) return this.readOctal(byte - 0x30);
    if (byte === 13 && this.peek() === 10) this.position += 1;
    if (byte === 10 || byte === 13) return null;
    return escapes[String.fromCharCode(byte)] ?? byte;
  }

  private readOctal(first: number): number {
    let value = first;
    for (let count = 0; count < 2; count++) {
      const digit = this.peek() - 0x30;
      if (digit < 0 || digit > 7) break;
      value = value * 8 + digit;
      this.position += 1;
    }
    return value & 0xff;
  }
}
