/** Object numbers with what stands between `obj` and `endobj`. */
export type RawObjects = Readonly<Record<number, string>>;

export type RawUpdate = {
  readonly objects?: RawObjects;
  /** Objects that the update lists as free. */
  readonly free?: readonly number[];
  /** Further entries of the cross-reference table: number and offset. */
  readonly entries?: readonly (readonly [num: number, offset: number])[];
  /** Generation under which an object is listed and written. */
  readonly generations?: Readonly<Record<number, number>>;
  readonly root?: number;
  /** Further entries of the trailer. */
  readonly trailer?: string;
  /** Where /Prev leads, the last section otherwise. */
  readonly previous?: number;
  /** The smallest /Size otherwise. */
  readonly size?: number;
};

export function rawStream(content: string, entries = ''): string {
  return `<</Length ${content.length} ${entries}>>\nstream\n${content}\nendstream`;
}

/** A PDF of these objects with a cross-reference table; object 1 is the catalog. */
export function rawPdf(objects: RawObjects, trailer = ''): Buffer {
  const header = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');
  return Buffer.concat([header, section(header.length, { objects, free: [0], trailer }, null)]);
}

/** The bytes of a file with an incremental update after them, written as any program could. */
export function rawUpdate(file: Buffer, update: RawUpdate): Buffer {
  const text = file.toString('latin1');
  const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1]);
  return Buffer.concat([file, section(file.length, update, { previous, size: sizeOf(text) })]);
}

function sizeOf(text: string): number {
  return Math.max(...[...text.matchAll(/\/Size (\d+)/g)].map(([, size]) => Number(size)));
}

function section(start: number, update: RawUpdate, known: { previous: number; size: number } | null): Buffer {
  const { objects = {}, free = [], entries = [], generations = {} } = update;
  const numbers = Object.keys(objects).map(Number);
  const lines = new Map<number, string>(free.map((num) => [num, '0000000000 65535 f ']));
  for (const [num, offset] of entries) lines.set(num, entryOf(offset, generations[num]));
  let body = '';
  for (const num of numbers) {
    lines.set(num, entryOf(start + body.length, generations[num]));
    body += `${num} ${generations[num] ?? 0} obj\n${objects[num]}\nendobj\n`;
  }
  const xref = start + body.length;
  const size = update.size ?? Math.max(known?.size ?? 1, ...[...lines.keys()].map((num) => num + 1));
  body += 'xref\n';
  for (const [num, line] of [...lines].sort(([a], [b]) => a - b)) body += `${num} 1\n${line}\n`;
  const previous = known ? `/Prev ${update.previous ?? known.previous}` : '';
  body += `trailer\n<</Size ${size} /Root ${update.root ?? 1} 0 R ${previous} ${update.trailer ?? ''}>>\n`;
  return Buffer.from(`${body}startxref\n${xref}\n%%EOF\n`, 'latin1');
}

function entryOf(offset: number, generation = 0): string {
  return `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n `;
}

/** Objects of {@link contractObjects} by what they are. */
export const contract = {
  catalog: 1,
  pages: 2,
  page: 3,
  content: 4,
  font: 5,
  resources: 6,
  cover: 7,
  form: 8,
  amount: 9,
  place: 10,
  amountAppearance: 11,
  layer: 12,
  layers: 13,
  names: 14,
  labels: 15,
  secondPage: 16,
  coverContent: 17,
  link: 18,
  hiddenPages: 19,
  hiddenPage: 20,
  hiddenContent: 21,
  group: 22,
  groupKid: 23,
  groupOther: 24,
  /** Referred to by the resources, defined by nobody. */
  dangling: 900,
} as const;

const text = (words: string): string => rawStream(`BT /F 18 Tf 72 700 Td (${words}) Tj ET`);

/**
 * A contract of two pages made by somebody who means to change it later: a cover over the sum, a second page tree that
 * nothing shows, a reference that leads nowhere, layers, and a form with a text field, a group and an empty signature field.
 */
export const contractObjects: RawObjects = {
  1: '<</Type/Catalog/Pages 2 0 R/AcroForm 8 0 R/OCProperties<</OCGs[12 0 R]/D 13 0 R>>/Names 14 0 R/PageLabels 15 0 R>>',
  2: '<</Type/Pages/Kids[3 0 R 16 0 R]/Count 2/MediaBox[0 0 595 842]/Resources 6 0 R>>',
  3: '<</Type/Page/Parent 2 0 R/Contents[4 0 R 17 0 R]/Annots[18 0 R 9 0 R 10 0 R 23 0 R 24 0 R]>>',
  4: text('Pay 100 for the house'),
  5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
  6: '<</Font<</F 5 0 R>>/XObject<</Cover 7 0 R/Later 900 0 R>>>>',
  7: rawStream('1 g 72 600 400 40 re f', '/Type/XObject/Subtype/Form/BBox[0 0 595 842]'),
  8: '<</Fields[9 0 R 10 0 R 22 0 R]/DA(/F 12 Tf 0 g)/DR 6 0 R>>',
  9: '<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(100)/Rect[72 500 272 520]/P 3 0 R/AP<</N 11 0 R>>/F 4>>',
  10: '<</Type/Annot/Subtype/Widget/FT/Sig/T(place)/Rect[72 100 272 160]/P 3 0 R/F 132>>',
  11: rawStream(
    'BT /F 12 Tf 2 5 Td (100) Tj ET',
    '/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources 6 0 R',
  ),
  12: '<</Type/OCG/Name(Sum)>>',
  13: '<</ON[12 0 R]/Order[12 0 R]>>',
  14: '<</Dests<</Names[(a)[3 0 R/Fit]]>>>>',
  15: '<</Nums[0<</S/D>>]>>',
  16: '<</Type/Page/Parent 2 0 R/Contents 4 0 R>>',
  17: rawStream('/Cover Do /Later Do'),
  18: '<</Type/Annot/Subtype/Link/Rect[72 650 272 670]/A<</S/URI/URI(https://example.invalid)>>>>',
  19: '<</Type/Pages/Kids[20 0 R]/Count 1/MediaBox[0 0 595 842]/Resources 6 0 R>>',
  20: '<</Type/Page/Parent 19 0 R/Contents 21 0 R>>',
  21: text('Pay 900 for the house'),
  22: '<</T(group)/Kids[23 0 R 24 0 R]>>',
  23: '<</Type/Annot/Subtype/Widget/FT/Tx/T(one)/Parent 22 0 R/Rect[300 500 400 520]/P 3 0 R/F 4>>',
  24: '<</Type/Annot/Subtype/Widget/FT/Tx/T(two)/Parent 22 0 R/Rect[300 460 400 480]/P 3 0 R/F 4>>',
};

/** An object of the contract with a part of its text exchanged; a part that is not there is a mistake in the test. */
export function changed(num: number, part: string, by: string): RawObjects {
  return { [num]: changedText(contractObjects[num] ?? '', part, by) };
}

/** A text with a part exchanged that must be in it. */
export function changedText(original: string, part: string, by: string): string {
  if (!original.includes(part)) throw new Error(`${part} expected in ${original}`);
  return original.replace(part, by);
}

/** The last text of an object in a file. */
export function objectText(file: Buffer, num: number): string {
  const found = [
    ...file.toString('latin1').matchAll(new RegExp(`(?<![0-9])${num} 0 obj\\n([^]*?)\\nendobj`, 'g')),
  ];
  const last = found.at(-1)?.[1];
  if (last === undefined) throw new Error(`object ${num} expected`);
  return last;
}
