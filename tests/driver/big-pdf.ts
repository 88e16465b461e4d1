import { closeSync, openSync, writeSync } from 'node:fs';

const block = 1024 * 1024;

/** Writes a PDF of one page with an uncompressed picture of so many megabytes, as a colour scan may be. */
export function writeBigPdf(path: string, megabytes: number): void {
  const file = openSync(path, 'w');
  const offsets: number[] = [];
  let position = 0;
  const put = (bytes: string | Buffer): void => {
    position += writeSync(file, typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  };
  const object = (num: number, body: string): void => {
    offsets[num] = position;
    put(`${num} 0 obj\n${body}`);
  };
  put('%PDF-1.7\n');
  object(1, '<</Type/Catalog/Pages 2 0 R>>\nendobj\n');
  object(2, '<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n');
  object(3, '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>>>\nendobj\n');
  const picture = `/Type/XObject/Subtype/Image/Width 1024/Height ${megabytes * 1024}/BitsPerComponent 8/ColorSpace/DeviceGray`;
  object(4, `<<${picture}/Length ${megabytes * block}>>\nstream\n`);
  const rows = Buffer.alloc(block);
  for (let i = 0; i < megabytes; i++) put(rows.fill(i & 0xff));
  put('\nendstream\nendobj\n');
  const xref = position;
  const entries = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  put(`xref\n0 5\n0000000000 65535 f \n${entries.join('')}`);
  put(`trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF\n`);
  closeSync(file);
}
