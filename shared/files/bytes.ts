/** Random access to the bytes of a file, wherever they lie. */
export type ByteSource = {
  /** Length in bytes. */
  readonly size: number;
  /** Gives up to `length` bytes from `offset`; fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
};

/** Gives a source over bytes already in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, Math.min(bytes.length, offset + length)),
  };
}

/** Reads the last `length` bytes (or all, when there are fewer). */
export async function readTail(source: ByteSource, length: number): Promise<Uint8Array> {
  const from = Math.max(0, source.size - length);
  return source.read(from, source.size - from);
}

/** Gives a view for numbers over the same memory. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether the ASCII text stands at `offset`. */
export function hasAscii(bytes: Uint8Array, offset: number, text: string): boolean {
  if (offset < 0 || offset + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Whether the given byte values stand at the start. */
export function startsWithBytes(bytes: Uint8Array, values: readonly number[]): boolean {
  return bytes.length >= values.length && values.every((value, i) => bytes[i] === value);
}

/** Gives the first place of an ASCII text at or after `from`, or -1. */
export function findAscii(bytes: Uint8Array, text: string, from = 0): number {
  const first = text.charCodeAt(0);
  for (let i = bytes.indexOf(first, from); i >= 0; i = bytes.indexOf(first, i + 1)) {
    if (hasAscii(bytes, i, text)) return i;
  }
  return -1;
}

/** Gives the last place of an ASCII text, or -1. */
export function findLastAscii(bytes: Uint8Array, text: string): number {
  for (let i = bytes.length - text.length; i >= 0; i--) if (hasAscii(bytes, i, text)) return i;
  return -1;
}
