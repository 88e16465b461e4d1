import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { readPng } from '../../../../shared/signing/appearance/png-image';
import { describePicture } from '../../../../shared/signing/appearance/signature-picture';
import { pngOf } from '../../../driver/pictures';

const read = (png: Uint8Array) => () => readPng(nodeCrypto, png);
const broken = expect.objectContaining({ code: 'FILE_BROKEN' });
const unsupported = expect.objectContaining({ code: 'FILE_TYPE_UNSUPPORTED' });
const data = (...octets: readonly number[]) => ['IDAT', deflateSync(Uint8Array.from(octets))] as const;
/** One pixel of this colour after the kind of its row. */
const pixel = (...color: readonly number[]) => data(0, ...color);
const sound = pngOf(1, 1, 2, [pixel(1, 2, 3)]);

/** The sound picture with one octet of its header changed: depth at 8, colour type at 9, interlace at 12. */
function withHeader(at: number, value: number): Uint8Array {
  return sound.map((octet, i) => (i === 16 + at ? value : octet));
}

describe('a PNG is read when it is whole and of a kind that can be printed (W3C PNG, 5 and 11.2.1)', () => {
  test('a sound one', () => {
    expect([...read(sound)().rgb]).toEqual([1, 2, 3]);
  });

  test('it has a header', () => {
    expect(read(sound.map((octet, i) => (i === 12 ? 0x58 : octet)))).toThrow(broken);
  });

  test('each chunk lies within the file', () => {
    const tail = Uint8Array.of(0, 0, 1, 0, 0x74, 0x45, 0x58, 0x74, 0, 0, 0, 0);
    expect(read(new Uint8Array([...sound, ...tail]))).toThrow(broken);
  });

  test('no row is missing', () => {
    expect(read(pngOf(1, 2, 2, [pixel(1, 2, 3)]))).toThrow(broken);
  });

  test.each([
    ['interlaced', 12, 1],
    ['of a depth that there is not', 8, 3],
    ['without a depth', 8, 0],
    ['of a colour type that there is not', 9, 5],
  ])('not one %s', (_what, at, value) => {
    expect(read(withHeader(at, value))).toThrow(unsupported);
  });
});

test.each([
  [0, [1, 2, 3]],
  [255, [9, 2, 3]],
  [255, [1, 9, 3]],
  [255, [1, 2, 9]],
] as const)(
  'opacity %i: the clear colour is clear in all of its parts only (W3C PNG, 11.3.2.1)',
  (opacity, color) => {
    const key = ['tRNS', Uint8Array.of(0, 1, 0, 2, 0, 3)] as const;
    expect([...read(pngOf(1, 1, 2, [key, pixel(...color)]))().alpha]).toEqual([opacity]);
  },
);

test('a defect of the program is not called a broken picture', () => {
  const defective = {
    ...nodeCrypto,
    inflate: () => {
      throw new RangeError('defect');
    },
  };
  expect(() => describePicture(defective, sound)).toThrow(RangeError);
});
