import { AppError } from '../../result/result';
import { concatBytes, latin1, latin1Bytes, utf16Text } from '../bytes';

/** A TrueType font file, read as far as laying out and subsetting need it (ISO/IEC 14496-22). */
export type TrueTypeFont = {
  readonly postScriptName: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly boundingBox: readonly [number, number, number, number];
  readonly glyphCount: number;
  /** Glyph of a Unicode code point; 0 when the font has none. */
  readonly glyphOf: (codePoint: number) => number;
  /** Advance width of a glyph in font units. */
  readonly advanceOf: (glyph: number) => number;
  readonly tables: ReadonlyMap<string, Uint8Array>;
};

/** Tables that an embedded TrueType font program needs (ISO 32000-1, 9.9). */
const embeddedTables = ['head', 'hhea', 'maxp', 'hmtx', 'cvt ', 'fpgm', 'prep', 'loca', 'glyf'];

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function requireTable(tables: ReadonlyMap<string, Uint8Array>, tag: string): Uint8Array {
  const table = tables.get(tag);
  if (!table) throw new AppError('INVALID_INPUT', `font without ${tag.trim()}`);
  return table;
}

/** Reads a TrueType font with glyph outlines. Throws INVALID_INPUT for other and damaged fonts. */
export function readTrueType(file: Uint8Array): TrueTypeFont {
  try {
    return read(file);
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('INVALID_INPUT', 'damaged font');
    throw error;
  }
}

function read(file: Uint8Array): TrueTypeFont {
  const data = view(file);
  if (data.getUint32(0) !== 0x00010000) throw new AppError('INVALID_INPUT', 'not a TrueType font');
  const tables = new Map<string, Uint8Array>();
  for (let i = 0; i < data.getUint16(4); i++) {
    const record = 12 + 16 * i;
    const offset = data.getUint32(record + 8);
    tables.set(
      latin1(file.subarray(record, record + 4)),
      file.subarray(offset, offset + data.getUint32(record + 12)),
    );
  }
  const head = view(requireTable(tables, 'head'));
  const hhea = view(requireTable(tables, 'hhea'));
  const hmtx = view(requireTable(tables, 'hmtx'));
  const metricCount = hhea.getUint16(34);
  requireTable(tables, 'glyf');
  requireTable(tables, 'loca');
  return {
    postScriptName: readPostScriptName(requireTable(tables, 'name')),
    unitsPerEm: head.getUint16(18),
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    boundingBox: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    glyphCount: view(requireTable(tables, 'maxp')).getUint16(4),
    glyphOf: readCharacterMap(requireTable(tables, 'cmap')),
    advanceOf: (glyph) => hmtx.getUint16(4 * Math.min(glyph, metricCount - 1)),
    tables,
  };
}

function readPostScriptName(table: Uint8Array): string {
  const data = view(table);
  const storage = data.getUint16(4);
  for (let i = 0; i < data.getUint16(2); i++) {
    const record = 6 + 12 * i;
    if (data.getUint16(record + 6) !== 6) continue;
    const offset = storage + data.getUint16(record + 10);
    const bytes = table.subarray(offset, offset + data.getUint16(record + 8));
    const text = data.getUint16(record) === 1 ? latin1(bytes) : utf16Text(bytes);
    return text.replace(/[^A-Za-z0-9-]/g, '');
  }
  return 'Font';
}

/** Reads the Windows Unicode BMP subtable, which each font for Vietnamese has, in format 4. */
function readCharacterMap(table: Uint8Array): (codePoint: number) => number {
  const data = view(table);
  let subtable = 0;
  for (let i = 0; i < data.getUint16(2); i++) {
    const record = 4 + 8 * i;
    const offset = data.getUint32(record + 4);
    const isUnicode = data.getUint16(record) === 3 && data.getUint16(record + 2) === 1;
    if (isUnicode && data.getUint16(offset) === 4) subtable = offset;
  }
  if (subtable === 0) throw new AppError('INVALID_INPUT', 'font without a Unicode character map');
  const segments = data.getUint16(subtable + 6) / 2;
  const ends = subtable + 14;
  const starts = ends + 2 * segments + 2;
  const deltas = starts + 2 * segments;
  const ranges = deltas + 2 * segments;
  return (codePoint) => {
    for (let i = 0; i < segments; i++) {
      if (codePoint > data.getUint16(ends + 2 * i)) continue;
      const start = data.getUint16(starts + 2 * i);
      if (codePoint < start) return 0;
      const delta = data.getUint16(deltas + 2 * i);
      const range = data.getUint16(ranges + 2 * i);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = data.getUint16(ranges + 2 * i + range + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

/**
 * A font program with the outlines of the given glyphs only. Glyph numbers stay as they are, so that no mapping is
 * needed; outlines of all others are empty and the tables end with the highest glyph in use.
 */
export function subsetTrueType(font: TrueTypeFont, glyphs: ReadonlySet<number>): Uint8Array {
  const loca = view(requireTable(font.tables, 'loca'));
  const glyf = requireTable(font.tables, 'glyf');
  const isLong = view(requireTable(font.tables, 'head')).getInt16(50) === 1;
  const offsetOf = (glyph: number): number =>
    isLong ? loca.getUint32(4 * glyph) : 2 * loca.getUint16(2 * glyph);
  const outlineOf = (glyph: number): Uint8Array => glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1));
  const kept = withComponents(glyphs, outlineOf);
  const count = Math.max(...kept) + 1;
  const outlines: Uint8Array[] = [];
  const newLoca = new Uint8Array(4 * (count + 1));
  let position = 0;
  for (let glyph = 0; glyph < count; glyph++) {
    view(newLoca).setUint32(4 * glyph, position);
    if (!kept.has(glyph)) continue;
    const outline = outlineOf(glyph);
    const padded = new Uint8Array(Math.ceil(outline.length / 4) * 4);
    padded.set(outline);
    outlines.push(padded);
    position += padded.length;
  }
  view(newLoca).setUint32(4 * count, position);
  return writeTables(subsetTables(font, count, newLoca, concatBytes(outlines)));
}

/** Glyph 0, the wanted glyphs, and the parts that composite glyphs refer to. */
function withComponents(
  glyphs: ReadonlySet<number>,
  outlineOf: (glyph: number) => Uint8Array,
): ReadonlySet<number> {
  const kept = new Set<number>();
  const pending = [0, ...glyphs];
  for (let glyph = pending.pop(); glyph !== undefined; glyph = pending.pop()) {
    if (kept.has(glyph)) continue;
    kept.add(glyph);
    pending.push(...componentsOf(outlineOf(glyph)));
  }
  return kept;
}

function componentsOf(outline: Uint8Array): number[] {
  const data = view(outline);
  if (outline.length < 10 || data.getInt16(0) >= 0) return [];
  const components: number[] = [];
  for (let at = 10, more = true; more; ) {
    const flags = data.getUint16(at);
    components.push(data.getUint16(at + 2));
    const argumentBytes = (flags & 0x0001) !== 0 ? 4 : 2;
    const scaleBytes =
      (flags & 0x0008) !== 0 ? 2 : (flags & 0x0040) !== 0 ? 4 : (flags & 0x0080) !== 0 ? 8 : 0;
    at += 4 + argumentBytes + scaleBytes;
    more = (flags & 0x0020) !== 0;
  }
  return components;
}

function subsetTables(
  font: TrueTypeFont,
  count: number,
  loca: Uint8Array,
  glyf: Uint8Array,
): ReadonlyMap<string, Uint8Array> {
  const hmtx = new Uint8Array(4 * count);
  for (let glyph = 0; glyph < count; glyph++) view(hmtx).setUint16(4 * glyph, font.advanceOf(glyph));
  const hhea = requireTable(font.tables, 'hhea').slice();
  view(hhea).setUint16(34, count);
  const maxp = requireTable(font.tables, 'maxp').slice();
  view(maxp).setUint16(4, count);
  const head = requireTable(font.tables, 'head').slice();
  view(head).setUint32(8, 0);
  view(head).setInt16(50, 1);
  const replaced = new Map([...font.tables, ...Object.entries({ head, hhea, maxp, hmtx, loca, glyf })]);
  return new Map(
    embeddedTables.flatMap((tag) => (replaced.has(tag) ? [[tag, requireTable(replaced, tag)]] : [])),
  );
}

function checksum(table: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < table.length; i += 4) {
    const word =
      ((table[i] ?? 0) << 24) |
      ((table[i + 1] ?? 0) << 16) |
      ((table[i + 2] ?? 0) << 8) |
      (table[i + 3] ?? 0);
    sum = (sum + word) >>> 0;
  }
  return sum;
}

function writeTables(tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const header = new Uint8Array(12 + 16 * sorted.length);
  const data = view(header);
  const power = Math.floor(Math.log2(sorted.length));
  data.setUint32(0, 0x00010000);
  data.setUint16(4, sorted.length);
  data.setUint16(6, 16 * 2 ** power);
  data.setUint16(8, power);
  data.setUint16(10, 16 * sorted.length - 16 * 2 ** power);
  const parts: Uint8Array[] = [header];
  let offset = header.length;
  for (const [i, [tag, table]] of sorted.entries()) {
    header.set(latin1Bytes(tag), 12 + 16 * i);
    data.setUint32(12 + 16 * i + 4, checksum(table));
    data.setUint32(12 + 16 * i + 8, offset);
    data.setUint32(12 + 16 * i + 12, table.length);
    const padding = (4 - (table.length % 4)) % 4;
    parts.push(table, new Uint8Array(padding));
    offset += table.length + padding;
  }
  return concatBytes(parts);
}
