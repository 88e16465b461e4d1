import { compareBytes, concatBytes } from '../bytes';

/** One parsed element; `source` is the byte string it was read from, so that its own bytes can be taken verbatim. */
export type DerNode = {
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
  readonly source: Uint8Array;
};

/** Malformed ASN.1; callers turn it into their own error or problem code. */
export class DerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DerError';
  }
}

const maxDepth = 60;
/** Bound on the elements that stand directly in one element: more than any list that is read as a whole. */
const maxChildren = 100_000;
/** Bound on the elements of BER that has to be converted; signers that write it send little more than certificates. */
const maxConverted = 100_000;
/** Longest identifier, in octets; real ones have less than twenty. */
const maxIdentifier = 64;

/** Encodes one element of the given tag around the joined contents (X.690, definite length). */
export function encodeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest & 0xff);
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets];
  return concatBytes([Uint8Array.from(header), ...contents]);
}

export const derNull: Uint8Array = Uint8Array.of(5, 0);

export function derSequence(...contents: readonly Uint8Array[]): Uint8Array {
  return encodeDer(0x30, ...contents);
}

/** SET OF with its elements in the order that DER asks for (X.690, 11.6). */
export function derSetOf(...contents: readonly Uint8Array[]): Uint8Array {
  return encodeDer(0x31, ...[...contents].sort(compareBytes));
}

export function derOctets(bytes: Uint8Array): Uint8Array {
  return encodeDer(0x04, bytes);
}

/** A small non-negative INTEGER. */
export function derInteger(value: number): Uint8Array {
  return encodeDer(0x02, Uint8Array.of(value));
}

export function derOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const group = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      group.unshift((left & 0x7f) | 0x80);
    octets.push(...group);
  }
  return encodeDer(0x06, Uint8Array.from(octets));
}

function readHeader(bytes: Uint8Array, at: number): { headerLength: number; length: number | null } {
  const first = bytes[at + 1];
  if (first === undefined) throw new DerError('truncated');
  if (first === 0x80) return { headerLength: 2, length: null };
  if (first < 0x80) return { headerLength: 2, length: first };
  const count = first & 0x7f;
  if (count > 4 || at + 2 + count > bytes.length) throw new DerError('bad length');
  let length = 0;
  for (let i = 0; i < count; i++) length = length * 256 + bytes[at + 2 + i]!;
  return { headerLength: 2 + count, length };
}

/** Reads the element at an offset. Throws {@link DerError} for truncated input and indefinite lengths. */
export function readDer(source: Uint8Array, at = 0, limit = source.length): DerNode {
  const { headerLength, length } = readHeader(source, at);
  if (length === null) throw new DerError('indefinite length');
  const end = at + headerLength + length;
  if (end > limit) throw new DerError('truncated');
  return { tag: source[at]!, start: at, contentStart: at + headerLength, end, source };
}

/** The elements inside a constructed element, at most 100,000. */
export function childrenOf(node: DerNode): DerNode[] {
  const children: DerNode[] = [];
  for (let at = node.contentStart; at < node.end; ) {
    const child = readDer(node.source, at, node.end);
    children.push(child);
    if (children.length > maxChildren) throw new DerError('too many elements');
    at = child.end;
  }
  return children;
}

/** The child at an index; its absence is an error. */
export function childAt(node: DerNode, index: number): DerNode {
  const child = childrenOf(node)[index];
  if (!child) throw new DerError('missing element');
  return child;
}

/** The element with its header, verbatim. */
export function bytesOf(node: DerNode): Uint8Array {
  return node.source.subarray(node.start, node.end);
}

/** The contents of the element without its header. */
export function contentOf(node: DerNode): Uint8Array {
  return node.source.subarray(node.contentStart, node.end);
}

/** Dotted form of an OBJECT IDENTIFIER. */
export function oidOf(node: DerNode): string {
  if (node.tag !== 0x06 || node.end - node.contentStart > maxIdentifier)
    throw new DerError('object identifier expected');
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of contentOf(node)) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const first = arcs[0] ?? 0;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...arcs.slice(1)].join('.');
}

/** A non-negative INTEGER of at most four octets, as the counters of extensions are. Throws {@link DerError}. */
export function smallInteger(node: DerNode): number {
  const content = contentOf(node);
  if (content.length === 0 || content.length > 4 || content[0]! >= 0x80) throw new DerError('integer');
  return content.reduce((value, octet) => value * 256 + octet, 0);
}

/**
 * Turns BER with indefinite lengths and constructed octet strings, as some signers write it, into definite lengths.
 * Parts that are already definite are kept verbatim. Throws {@link DerError}.
 */
export function toDefiniteLength(bytes: Uint8Array): Uint8Array {
  const end = endOfDefinite(bytes, 0, bytes.length, 0);
  if (end !== null) return bytes.subarray(0, end);
  return convert(bytes, 0, bytes.length, 0, { count: 0 }).bytes;
}

/** End of an element that has definite lengths throughout, found without keeping anything; null when it has not. */
function endOfDefinite(source: Uint8Array, at: number, limit: number, depth: number): number | null {
  if (depth > maxDepth) throw new DerError('nested too deeply');
  const { headerLength, length } = readHeader(source, at);
  const tag = source[at] ?? 0;
  if (length === null || tag === 0x24) return null;
  const end = at + headerLength + length;
  if (end > limit) throw new DerError('truncated');
  if ((tag & 0x20) === 0) return end;
  for (let position = at + headerLength; position < end; ) {
    const next = endOfDefinite(source, position, end, depth + 1);
    if (next === null) return null;
    position = next;
  }
  return end;
}

type Converted = { readonly bytes: Uint8Array; readonly end: number };

function convert(
  source: Uint8Array,
  at: number,
  limit: number,
  depth: number,
  converted: { count: number },
): Converted {
  if (depth > maxDepth) throw new DerError('nested too deeply');
  converted.count += 1;
  if (converted.count > maxConverted) throw new DerError('too many elements');
  const tag = source[at];
  if (tag === undefined) throw new DerError('truncated');
  const { headerLength, length } = readHeader(source, at);
  const contentStart = at + headerLength;
  const contentEnd = length === null ? null : contentStart + length;
  if (contentEnd !== null && contentEnd > limit) throw new DerError('truncated');
  if ((tag & 0x20) === 0) {
    if (contentEnd === null) throw new DerError('primitive of indefinite length');
    return { bytes: source.subarray(at, contentEnd), end: contentEnd };
  }
  const parts: Uint8Array[] = [];
  let changed = contentEnd === null;
  let position = contentStart;
  while (contentEnd === null ? !isEndOfContents(source, position, limit) : position < contentEnd) {
    const part = convert(source, position, contentEnd ?? limit, depth + 1, converted);
    changed ||= part.bytes.length !== part.end - position;
    parts.push(part.bytes);
    position = part.end;
  }
  const end = contentEnd ?? position + 2;
  if (tag === 0x24)
    return { bytes: derOctets(concatBytes(parts.map((part) => contentOf(readDer(part))))), end };
  return { bytes: changed ? encodeDer(tag, ...parts) : source.subarray(at, end), end };
}

function isEndOfContents(source: Uint8Array, at: number, limit: number): boolean {
  if (at + 2 > limit) throw new DerError('truncated');
  return source[at] === 0 && source[at + 1] === 0;
}
