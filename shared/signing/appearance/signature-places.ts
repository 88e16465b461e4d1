import { fieldBaseline, fieldHeight } from '../update/form-writer';
import { type DateBlanks, type PageSize, type Placement, placeSeal } from './placement';

/** A run of text: origin of its baseline, width and font size in points, on the page as displayed. */
export type TextItem = {
  readonly str: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type PageText = {
  readonly page: number;
  readonly size: PageSize;
  readonly items: readonly TextItem[];
};

export type SignaturePlaces = {
  readonly numberField: Placement | 'printed' | null;
  readonly dateField: DateBlanks | 'printed' | null;
  readonly personSignature: Placement | null;
  readonly organSignature: Placement | null;
};

export type PlaceSearch = {
  /** Signer's title as printed above the name, its last line. */
  readonly title: string;
  readonly name: string;
  /** Diameter of the organisation's seal in millimetres. */
  readonly sealDiameter: number;
};

/** One character with its estimated horizontal extent. */
type Glyph = { readonly char: string; readonly start: number; readonly end: number };
type Line = { readonly y: number; readonly size: number; readonly glyphs: readonly Glyph[] };
/** Part of a line without a wide gap, e.g. one column. */
type Segment = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly y: number;
  readonly size: number;
};

const blankCharacters = /[\s.…_·]/;
const minimumNumberBlank = 18;
const minimumDateBlank = 9;
const signature = { w: 130, h: 65 };
const minimumSignatureHeight = 26;

/**
 * Finds in the text of a draft the blank after "Số:", the blanks of "ngày … tháng … năm …" (Nghị định 30/2020, Phụ lục I,
 * boxes 3 and 4) and the room between the signer's title and name (boxes 7a to 7c). 'printed' means that it is filled
 * in already; null that there is none.
 */
export function findSignaturePlaces(pages: readonly PageText[], search: PlaceSearch): SignaturePlaces {
  const first = pages.find(({ page }) => page === 0);
  const lines = first ? linesOf(first.items) : [];
  const personSignature = findSignatureRoom(pages, search);
  return {
    numberField: firstFound(lines, (line) => findNumberBlank(line, 0)),
    dateField: firstFound(lines, (line) => findDateBlanks(line, 0)),
    personSignature,
    organSignature: personSignature && placeSeal(personSignature, search.sealDiameter),
  };
}

export type MinutesPlaces = {
  readonly numberField: Placement | 'printed' | null;
  readonly secretarySignature: Placement | null;
  readonly chairSignature: Placement | null;
  /** Over the left third of the chair's signature. */
  readonly organSignature: Placement | null;
};

export type MinutesSearch = {
  readonly secretary: Omit<PlaceSearch, 'sealDiameter'>;
  readonly chair: Omit<PlaceSearch, 'sealDiameter'>;
  readonly sealDiameter: number;
};

/**
 * Finds the places of minutes (Nghị định 30/2020, Phụ lục III, Mẫu 1.9): the blank for the number, and the rooms between
 * title and name of secretary and chair, e.g. "THƯ KÝ" and "CHỦ TỌA".
 */
export function findMinutesPlaces(pages: readonly PageText[], search: MinutesSearch): MinutesPlaces {
  const { sealDiameter } = search;
  const { numberField, personSignature, organSignature } = findSignaturePlaces(pages, {
    ...search.chair,
    sealDiameter,
  });
  return {
    numberField,
    secretarySignature: findSignatureRoom(pages, search.secretary),
    chairSignature: personSignature,
    organSignature,
  };
}

function firstFound<T>(lines: readonly Line[], find: (line: Line) => T | null): T | null {
  for (const line of lines) {
    const found = find(line);
    if (found !== null) return found;
  }
  return null;
}

/** Relative advance of a character in a Times-like font, to share an item's width among its characters. */
function relativeWidth(char: string): number {
  if (/[\s.,;:/|…'iíìĩỉịltfj-]/.test(char)) return 0.28;
  if (/[mwMW—]/.test(char)) return 0.85;
  return /\p{Lu}/u.test(char) ? 0.7 : 0.48;
}

function glyphsOf(item: TextItem): Glyph[] {
  const characters = Array.from(item.str.normalize('NFC'));
  const total = characters.reduce((sum, char) => sum + relativeWidth(char), 0);
  let at = item.x;
  return characters.map((char) => {
    const start = at;
    at += total === 0 ? 0 : (relativeWidth(char) / total) * item.width;
    return { char, start, end: at };
  });
}

/** Groups items by baseline, top line first, glyphs from left to right. */
function linesOf(items: readonly TextItem[]): Line[] {
  const rows: { y: number; items: TextItem[] }[] = [];
  for (const item of items) {
    const row = rows.find(({ y }) => Math.abs(y - item.y) < 3);
    if (row) row.items.push(item);
    else rows.push({ y: item.y, items: [item] });
  }
  return rows
    .sort((a, b) => b.y - a.y)
    .map((row) => ({
      y: row.y,
      size: Math.max(8, ...row.items.map(({ height }) => height)),
      glyphs: [...row.items].sort((a, b) => a.x - b.x).flatMap(glyphsOf),
    }));
}

function textOfLine(line: Line): string {
  return line.glyphs.map(({ char }) => char).join('');
}

function fieldBetween(line: Line, start: number, end: number, page: number): Placement {
  return {
    page,
    x: start + 1,
    y: line.y - line.size * fieldBaseline,
    w: end - start - 2,
    h: line.size * fieldHeight,
  };
}

/** The room between two characters of a line when only blanks stand there; 'printed' when something else does. */
function roomBetween(line: Line, from: number, to: number): { start: number; end: number } | 'printed' {
  const inside = line.glyphs.slice(from + 1, to);
  if (inside.some(({ char }) => !blankCharacters.test(char))) return 'printed';
  const start = line.glyphs[from]?.end ?? 0;
  return { start, end: line.glyphs[to]?.start ?? start + 60 };
}

function findNumberBlank(line: Line, page: number): Placement | 'printed' | null {
  const match = /(?:^|\s)Số\s*:/.exec(textOfLine(line));
  if (!match) return null;
  const colon = match.index + match[0].length - 1;
  const rest = line.glyphs.slice(colon + 1);
  const next = rest.findIndex(({ char }) => !blankCharacters.test(char));
  const symbol = rest[next];
  if (symbol && symbol.char !== '/' && symbol.char !== '-') return 'printed';
  const start = line.glyphs[colon]?.end ?? 0;
  const end = symbol ? symbol.start : start + 60;
  return end - start >= minimumNumberBlank ? fieldBetween(line, start, end, page) : null;
}

function findDateBlanks(line: Line, page: number): DateBlanks | 'printed' | null {
  const text = textOfLine(line);
  const match = /(ngày)[\s\d.…_·]*(tháng)[\s\d.…_·]*(năm)[\s\d.…_·]*/.exec(text);
  if (!match) return null;
  const dayWord = match.index + 'ngày'.length - 1;
  const monthWord = text.indexOf('tháng', dayWord);
  const yearWord = text.indexOf('năm', monthWord);
  const day = roomBetween(line, dayWord, monthWord);
  const month = roomBetween(line, monthWord + 'tháng'.length - 1, yearWord);
  if (day === 'printed' && month === 'printed') return 'printed';
  if (day === 'printed' || month === 'printed') return null;
  const yearPrinted = /\d{4}/.test(text.slice(yearWord));
  const yearStart = line.glyphs[yearWord + 'năm'.length - 1]?.end ?? 0;
  const rooms = [day, month];
  if (rooms.some(({ start, end }) => end - start < minimumDateBlank)) return null;
  return {
    day: fieldBetween(line, day.start, day.end, page),
    month: fieldBetween(line, month.start, month.end, page),
    year: yearPrinted ? null : fieldBetween(line, yearStart, yearStart + 34, page),
  };
}

function comparable(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLocaleLowerCase('vi');
}

function segmentsOf(lines: readonly Line[]): Segment[] {
  const segments: Segment[] = [];
  for (const { glyphs, y, size } of lines) {
    let run: Glyph[] = [];
    const close = (): void => {
      const text = comparable(run.map(({ char }) => char).join(''));
      const inked = run.filter(({ char }) => char.trim() !== '');
      const [first, last] = [inked[0], inked[inked.length - 1]];
      if (first && last) segments.push({ text, start: first.start, end: last.end, y, size });
      run = [];
    };
    for (const glyph of glyphs) {
      const previous = run[run.length - 1];
      // Readers report a wide gap either as nothing or as one wide space.
      const isGap = glyph.char.trim() === '' && glyph.end - glyph.start > size;
      if (isGap || (previous && glyph.start - previous.end > size)) close();
      if (!isGap) run.push(glyph);
    }
    close();
  }
  return segments;
}

function findSignatureRoom(
  pages: readonly PageText[],
  search: Omit<PlaceSearch, 'sealDiameter'>,
): Placement | null {
  const [title, name] = [comparable(search.title), comparable(search.name)];
  if (title === '' || name === '') return null;
  for (const { page, items } of [...pages].sort((a, b) => b.page - a.page)) {
    const segments = segmentsOf(linesOf(items));
    for (const below of segments.filter(({ text }) => text === name || text.endsWith(` ${name}`)).reverse()) {
      const above = segments
        .filter(
          (segment) => segment.y > below.y && segment.text.includes(title) && isSameColumn(segment, below),
        )
        .sort((a, b) => a.y - b.y)[0];
      const room = above && roomUnder(above, below, page);
      if (room) return room;
    }
  }
  return null;
}

function center({ start, end }: Segment): number {
  return (start + end) / 2;
}

function isSameColumn(a: Segment, b: Segment): boolean {
  return Math.abs(center(a) - center(b)) < Math.max(60, (a.end - a.start) / 2);
}

function roomUnder(title: Segment, name: Segment, page: number): Placement | null {
  const top = title.y - title.size * 0.35;
  const bottom = name.y + name.size * 0.95;
  const h = Math.min(signature.h, top - bottom);
  if (h < minimumSignatureHeight) return null;
  const w = (h / signature.h) * signature.w;
  const middle = (center(title) + center(name)) / 2;
  return { page, x: middle - w / 2, y: (top + bottom) / 2 - h / 2, w, h };
}
