import { AppError } from '@shared/result/result';
import { attributeType, returnValue } from './constants';
import type { Cryptoki } from './cryptoki';
import { readUlong, ulongBuffer, writePointer, writeUlong } from './memory';
import { callFailure } from './return-values';
import { attribute } from './structures';

/** More objects or larger values are no token of ours: they only serve to exhaust memory. */
const maxObjects = 256;
const maxValue = 64 * 1024;

/** An attribute that objects must have, as the octets that PKCS#11 compares. */
export type Wanted = { readonly type: number; readonly value: Buffer };

/** Handles of the objects that a session sees and that have all wanted attributes. */
export function findObjects(cryptoki: Cryptoki, session: bigint, wanted: readonly Wanted[]): bigint[] {
  const { layout } = cryptoki;
  const { block } = attributes(
    cryptoki,
    wanted.map(({ type, value }) => ({ type, length: value.length, value })),
  );
  cryptoki.expect('C_FindObjectsInit', session, block, wanted.length);
  try {
    const found: bigint[] = [];
    const handle = ulongBuffer(layout);
    const count = ulongBuffer(layout);
    while (found.length < maxObjects) {
      cryptoki.expect('C_FindObjects', session, handle, 1, count);
      if (readUlong(layout, count) === 0n) break;
      found.push(readUlong(layout, handle));
    }
    return found;
  } finally {
    cryptoki.call('C_FindObjectsFinal', session);
  }
}

/** The value of one attribute; empty when the object has none or keeps it to itself. */
export function readAttribute(cryptoki: Cryptoki, session: bigint, object: bigint, type: number): Buffer {
  const length = attributeLength(cryptoki, session, object, type);
  if (length === 0) return Buffer.alloc(0);
  const { block, values } = attributes(cryptoki, [{ type, length, value: Buffer.alloc(length) }]);
  cryptoki.expect('C_GetAttributeValue', session, object, block, 1);
  const written = Number(readUlong(cryptoki.layout, block, attribute(cryptoki.layout).offset.ulValueLen));
  return Buffer.from(values[0]?.subarray(0, Math.min(length, written)) ?? []);
}

function attributeLength(cryptoki: Cryptoki, session: bigint, object: bigint, type: number): number {
  const { block } = attributes(cryptoki, [{ type, length: 0, value: null }]);
  const answer = cryptoki.call('C_GetAttributeValue', session, object, block, 1);
  if (answer === returnValue.attributeSensitive || answer === returnValue.attributeTypeInvalid) return 0;
  if (answer !== returnValue.ok) throw callFailure('C_GetAttributeValue', answer);
  const length = Number(readUlong(cryptoki.layout, block, attribute(cryptoki.layout).offset.ulValueLen));
  if (length > maxValue) throw new AppError('TOKEN_DRIVER_FAILED', 'attribute length');
  return length;
}

type Row = { readonly type: number; readonly length: number; readonly value: Buffer | null };

/** An array of CK_ATTRIBUTE with its values behind it in one block: what the pointers name lives as long as the array. */
function attributes(
  cryptoki: Cryptoki,
  rows: readonly Row[],
): { readonly block: Buffer; readonly values: readonly Buffer[] } {
  const { layout } = cryptoki;
  const { size, offset } = attribute(layout);
  const padded = (length: number): number => Math.ceil(length / 8) * 8;
  const start = padded(size * rows.length);
  const block = Buffer.alloc(start + rows.reduce((sum, { length }) => sum + padded(length), 0));
  const address = cryptoki.addressOf(block);
  let at = start;
  const values = rows.map(({ type, length, value }, index) => {
    const row = index * size;
    writeUlong(layout, block, row + offset.type, type);
    writePointer(layout, block, row + offset.pValue, value === null ? 0n : address + BigInt(at));
    writeUlong(layout, block, row + offset.ulValueLen, length);
    const place = block.subarray(at, at + length);
    value?.copy(place);
    at += padded(length);
    return place;
  });
  return { block, values };
}

/** What a template needs to name a kind of object. */
export function ofClass({ layout }: Cryptoki, objectClass: bigint): Wanted {
  return { type: attributeType.class, value: ulongBuffer(layout, objectClass) };
}
