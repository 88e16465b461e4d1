import { describe, expect, test } from 'vitest';
import { readTrueType } from '../../../../shared/signing/appearance/true-type';
import { fonts } from '../../../integration/signing/fixtures';

const font = fonts.regular;
const refused = expect.objectContaining({ code: 'INVALID_INPUT' });

/** Where the record of a table stands in the font's directory (ISO/IEC 14496-22, 4.5). */
function recordOf(tag: string): number {
  const count = new DataView(font.buffer, font.byteOffset).getUint16(4);
  const records = Array.from({ length: count }, (_, i) => 12 + 16 * i);
  const found = records.find((at) => Buffer.from(font.subarray(at, at + 4)).toString('latin1') === tag);
  if (found === undefined) throw new Error(`table ${tag} expected`);
  return found;
}

/** The font after a change of a copy. */
function changed(change: (data: DataView) => void): () => unknown {
  const copy = font.slice();
  change(new DataView(copy.buffer));
  return () => readTrueType(copy);
}

/** The font whose Windows Unicode character map has another platform and encoding. */
function mappedAs(platform: number, encoding: number): () => unknown {
  return changed((data) => {
    const table = data.getUint32(recordOf('cmap') + 8);
    for (let i = 0; i < data.getUint16(table + 2); i++) {
      const record = table + 4 + 8 * i;
      if (data.getUint16(record) !== 3 || data.getUint16(record + 2) !== 1) continue;
      data.setUint16(record, platform);
      data.setUint16(record + 2, encoding);
    }
  });
}

describe('a font is read when text can be set in it (ISO/IEC 14496-22)', () => {
  test('a sound one has the letters of Vietnamese', () => {
    const { glyphOf } = readTrueType(font);
    for (const letter of 'ĐđƠơƯưẠỹ') expect(glyphOf(letter.codePointAt(0) ?? 0), letter).toBeGreaterThan(0);
  });

  test('outlines of another kind are refused', () => {
    expect(changed((data) => data.setUint32(0, 0x4f54544f))).toThrow(refused);
  });

  test.each(['head', 'hhea', 'hmtx', 'glyf', 'loca', 'name', 'maxp', 'cmap'])('none without %s', (tag) => {
    expect(changed((data) => data.setUint8(recordOf(tag), 0x58))).toThrow(refused);
  });

  test('a font that is cut off is refused', () => {
    expect(() => readTrueType(font.subarray(0, 200))).toThrow(refused);
  });

  test('only a Windows map of Unicode is one that we know (platform 3, encoding 1)', () => {
    expect(mappedAs(3, 1)).not.toThrow();
    expect(mappedAs(1, 1)).toThrow(refused);
    expect(mappedAs(3, 0)).toThrow(refused);
  });
});
