import type { CLayout } from './c-layout';

/** CK_ULONG of the platform, in memory that a library can write to. */
export function ulongBuffer(layout: CLayout, ...values: readonly (number | bigint)[]): Buffer {
  const buffer = Buffer.alloc(layout.ulong * Math.max(1, values.length));
  values.forEach((value, index) => {
    writeUlong(layout, buffer, index * layout.ulong, value);
  });
  return buffer;
}

export function readUlong(layout: CLayout, buffer: Buffer, offset = 0): bigint {
  return layout.ulong === 4 ? BigInt(buffer.readUInt32LE(offset)) : buffer.readBigUInt64LE(offset);
}

export function writeUlong(layout: CLayout, buffer: Buffer, offset: number, value: number | bigint): void {
  if (layout.ulong === 4) buffer.writeUInt32LE(Number(value), offset);
  else buffer.writeBigUInt64LE(BigInt(value), offset);
}

export function writePointer(layout: CLayout, buffer: Buffer, offset: number, address: bigint): void {
  if (layout.pointer === 4) buffer.writeUInt32LE(Number(address), offset);
  else buffer.writeBigUInt64LE(address, offset);
}
