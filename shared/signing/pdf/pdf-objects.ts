import { latin1, latin1Bytes, utf16Bytes, utf16Text } from '../bytes';

export type PdfName = { readonly kind: 'name'; readonly name: string };
export type PdfRef = { readonly kind: 'ref'; readonly num: number; readonly gen: number };
export type PdfString = { readonly kind: 'string'; readonly bytes: Uint8Array; readonly hex: boolean };
export type PdfDict = ReadonlyMap<string, PdfValue>;
/** A stream either stands in the file at `offset`, inside the object `owner`, or is new and carries its (still encoded) bytes. */
export type PdfStream = {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  readonly offset: number;
  readonly owner: PdfRef | null;
  readonly data: Uint8Array | null;
};
/** Text that is written as it is: the fixed-width slots of a signature dictionary. */
export type PdfVerbatim = { readonly kind: 'verbatim'; readonly text: string };
export type PdfArray = readonly PdfValue[];
/** A PDF object (ISO 32000-1 section 7.3). */
export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfRef
  | PdfString
  | PdfStream
  | PdfVerbatim
  | PdfArray
  | PdfDict;

export function pdfName(name: string): PdfName {
  return { kind: 'name', name };
}

export function pdfRef(num: number, gen = 0): PdfRef {
  return { kind: 'ref', num, gen };
}

export function pdfDict(entries: Readonly<Record<string, PdfValue>>): PdfDict {
  return new Map(Object.entries(entries));
}

/** A new stream; /Length is written by the serialiser. */
export function pdfStream(dict: PdfDict, data: Uint8Array): PdfStream {
  return { kind: 'stream', dict, offset: -1, owner: null, data };
}

export function pdfVerbatim(text: string): PdfVerbatim {
  return { kind: 'verbatim', text };
}

/** A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, anything else as UTF-16BE with a byte-order mark. */
export function pdfText(text: string): PdfString {
  if (/^[\x20-\x7e]*$/.test(text)) return { kind: 'string', bytes: latin1Bytes(text), hex: false };
  return { kind: 'string', bytes: utf16Bytes(`\ufeff${text}`), hex: true };
}

/** The text of a text string; PDFDocEncoding is read as ISO 8859-1, which names and dates do not go beyond. */
export function textOf(value: PdfString): string {
  const { bytes } = value;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16Text(bytes.subarray(2));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return new TextDecoder('utf-8').decode(bytes.subarray(3));
  }
  return latin1(bytes);
}

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return value instanceof Map;
}

export function isArray(value: PdfValue | undefined): value is PdfArray {
  return Array.isArray(value);
}

type Tagged = PdfName | PdfRef | PdfString | PdfStream | PdfVerbatim;

function tagged(value: PdfValue | undefined): Tagged | null {
  if (value === null || typeof value !== 'object' || isDict(value) || isArray(value)) return null;
  return value as Tagged;
}

export function isName(value: PdfValue | undefined): value is PdfName {
  return tagged(value)?.kind === 'name';
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return tagged(value)?.kind === 'ref';
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return tagged(value)?.kind === 'string';
}

export function isStream(value: PdfValue | undefined): value is PdfStream {
  return tagged(value)?.kind === 'stream';
}

/** A copy of a dictionary with entries replaced or added; `undefined` takes an entry out. */
export function withEntries(dict: PdfDict, entries: Readonly<Record<string, PdfValue | undefined>>): PdfDict {
  const copy = new Map(dict);
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined) copy.delete(key);
    else copy.set(key, value);
  }
  return copy;
}

/** The values that stand directly inside a value, with their dictionary keys. */
export function innerValues(value: PdfValue): readonly (readonly [string, PdfValue])[] {
  if (isArray(value)) return value.map((item) => ['', item] as const);
  if (isDict(value)) return [...value];
  return isStream(value) ? [...value.dict] : [];
}
