import { writeFileSync } from 'node:fs';

type RawPdf = {
  /** Bodies by object number, from 1; 1 is the catalog. */
  readonly objects: readonly string[];
  readonly eol?: '\n' | '\r' | '\r\n';
  readonly header?: string;
  readonly finalEol?: boolean;
};

/** Writes a PDF with a cross-reference table, object by object as given, so that a test decides on its structure. */
export function writeRawPdf(
  path: string,
  { objects, eol = '\n', header = '', finalEol = true }: RawPdf,
): string {
  let text = `${header}%PDF-1.7${eol}`;
  const offsets: number[] = [];
  for (const [i, body] of objects.entries()) {
    offsets.push(text.length - header.length);
    text += `${i + 1} 0 obj${eol}${body}${eol}endobj${eol}`;
  }
  const start = text.length - header.length;
  const rowEnd = eol.length === 2 ? eol : ` ${eol}`;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n${rowEnd}`);
  const size = objects.length + 1;
  text += `xref${eol}0 ${size}${eol}0000000000 65535 f${rowEnd}${rows.join('')}`;
  text += `trailer${eol}<</Size ${size}/Root 1 0 R>>${eol}startxref${eol}${start}${eol}%%EOF${finalEol ? eol : ''}`;
  writeFileSync(path, text, 'latin1');
  return path;
}
