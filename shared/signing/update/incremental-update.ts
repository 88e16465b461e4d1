import { AppError } from '../../result/result';
import { concatBytes, latin1Bytes } from '../bytes';
import type { PdfDocument } from '../pdf/pdf-document';
import {
  isArray,
  type PdfDict,
  type PdfRef,
  type PdfValue,
  pdfName,
  pdfRef,
  pdfStream,
} from '../pdf/pdf-objects';
import { serialise } from '../pdf/pdf-serialise';
import type { ByteSink, ByteSource } from '../ports';
import { digestOf } from '../ports';

export type BuiltUpdate = {
  /** What is appended to the file. */
  readonly bytes: Uint8Array;
  /** Offset of each written object in the new file. */
  readonly offsets: ReadonlyMap<number, number>;
};

/** Small enough to stay in the processor's cache between reading, hashing and writing. */
const copyBlock = 1024 * 1024;
/** Largest object number that readers are known to take (ISO 32000-1, annex C). */
const maxObjectNumber = 8_388_607;

/**
 * Collects new and changed objects of one incremental update (ISO 32000-1, 7.5.6). The bytes of the document stay as
 * they are; the update ends with the same kind of cross-reference as the document's last section.
 */
export class IncrementalUpdate {
  readonly document: PdfDocument;
  private readonly objects = new Map<number, { readonly gen: number; readonly value: PdfValue }>();
  private nextNumber: number;

  constructor(document: PdfDocument) {
    this.document = document;
    const size = document.trailer.get('Size');
    let next = typeof size === 'number' ? size : 1;
    for (const num of document.entries.keys()) next = Math.max(next, num + 1);
    if (next > maxObjectNumber) throw new AppError('PDF_MALFORMED', 'object numbers');
    this.nextNumber = next;
  }

  /** Adds a new object and gives its reference. */
  add(value: PdfValue): PdfRef {
    const ref = pdfRef(this.nextNumber++);
    this.objects.set(ref.num, { gen: 0, value });
    return ref;
  }

  /** Writes a new value for an object; it keeps its generation number (7.5.4), which is 0 in an object stream. */
  set(ref: PdfRef, value: PdfValue): void {
    const entry = this.document.entries.get(ref.num);
    this.objects.set(ref.num, { gen: entry?.type === 'offset' ? entry.gen : 0, value });
  }

  /** The value of an object with the changes of this update. */
  async current(ref: PdfRef): Promise<PdfValue> {
    const pending = this.objects.get(ref.num);
    return pending ? pending.value : this.document.resolve(ref);
  }

  /** The bytes to append; may be asked for again after a change. */
  async build(): Promise<BuiltUpdate> {
    const { source } = this.document;
    const parts: Uint8Array[] = [];
    const offsets = new Map<number, number>();
    let position = source.size;
    const put = (bytes: Uint8Array): void => {
      parts.push(bytes);
      position += bytes.length;
    };
    const [last] = await source.read(source.size - 1, 1);
    if (last !== 10 && last !== 13) put(latin1Bytes('\n'));
    for (const [num, { gen, value }] of this.objects) {
      const written = this.document.encrypt(pdfRef(num, gen), value);
      offsets.set(num, position);
      put(latin1Bytes(`${num} ${gen} obj\n`));
      put(serialise(written));
      put(latin1Bytes('\nendobj\n'));
    }
    const trailer = await this.trailer(concatBytes(parts));
    const isStream = this.document.sections[0]?.kind === 'stream';
    const startXref = position;
    put(isStream ? this.xrefStream(trailer, offsets, startXref) : this.xrefTable(trailer, offsets));
    put(latin1Bytes(`startxref\n${startXref}\n%%EOF\n`));
    return { bytes: concatBytes(parts), offsets };
  }

  private async trailer(content: Uint8Array): Promise<Map<string, PdfValue>> {
    const { document } = this;
    const trailer = new Map<string, PdfValue>();
    for (const key of ['Root', 'Info', 'Encrypt']) {
      const value = document.trailer.get(key);
      if (value !== undefined) trailer.set(key, value);
    }
    // The changing half of /ID must differ between revisions (14.4); a digest of the content does so repeatably.
    const changing = digestOf(document.crypto, 'sha256', content).subarray(0, 16);
    const changingId: PdfValue = { kind: 'string', bytes: changing, hex: true };
    const known = await document.resolve(document.trailer.get('ID'));
    trailer.set('ID', [(isArray(known) ? known[0] : undefined) ?? changingId, changingId]);
    trailer.set('Prev', document.startXref);
    return trailer;
  }

  private xrefTable(trailer: Map<string, PdfValue>, offsets: ReadonlyMap<number, number>): Uint8Array {
    trailer.set('Size', this.nextNumber);
    const lines = ['xref\n'];
    for (const run of consecutiveRuns([...offsets.keys()])) {
      lines.push(`${run[0]} ${run.length}\n`);
      for (const num of run) {
        const offset = String(offsets.get(num)).padStart(10, '0');
        lines.push(`${offset} ${String(this.objects.get(num)?.gen ?? 0).padStart(5, '0')} n \n`);
      }
    }
    return concatBytes([latin1Bytes(`${lines.join('')}trailer\n`), serialise(trailer), latin1Bytes('\n')]);
  }

  private xrefStream(
    trailer: Map<string, PdfValue>,
    offsets: ReadonlyMap<number, number>,
    startXref: number,
  ): Uint8Array {
    const own = this.nextNumber;
    const all = new Map(offsets).set(own, startXref);
    const runs = consecutiveRuns([...all.keys()]);
    const rows = runs.flat().map((num) => xrefRow(all.get(num) ?? 0, this.objects.get(num)?.gen ?? 0));
    trailer.set('Type', pdfName('XRef'));
    trailer.set('Size', own + 1);
    trailer.set('W', [1, 6, 2]);
    trailer.set(
      'Index',
      runs.flatMap((run) => [run[0] ?? 0, run.length]),
    );
    const stream: PdfDict = trailer;
    return concatBytes([
      latin1Bytes(`${own} 0 obj\n`),
      serialise(pdfStream(stream, concatBytes(rows))),
      latin1Bytes('\nendobj\n'),
    ]);
  }
}

function xrefRow(offset: number, gen: number): Uint8Array {
  const row = new Uint8Array(9);
  row[0] = 1;
  for (let i = 0, rest = offset; i < 6; i++, rest = Math.floor(rest / 256)) row[6 - i] = rest & 0xff;
  row[7] = gen >> 8;
  row[8] = gen & 0xff;
  return row;
}

function consecutiveRuns(numbers: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const num of [...numbers].sort((a, b) => a - b)) {
    const run = runs[runs.length - 1];
    if (run && run[run.length - 1] === num - 1) run.push(num);
    else runs.push([num]);
  }
  return runs;
}

/** Copies a whole file block by block, showing each block to `seen`, in constant memory. */
export async function copySource(
  source: ByteSource,
  sink: ByteSink,
  seen: (block: Uint8Array) => void = () => undefined,
): Promise<void> {
  const room = new Uint8Array(Math.min(copyBlock, source.size));
  for (let at = 0; at < source.size; at += copyBlock) {
    const block = await source.read(at, Math.min(copyBlock, source.size - at), room);
    seen(block);
    await sink.write(block);
  }
}
