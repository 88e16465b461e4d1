import { AppError } from '../../result/result';
import { readFields } from '../pdf/pdf-fields';
import { isDict, type PdfRef, pdfDict, pdfName, withEntries } from '../pdf/pdf-objects';
import type { ByteSink, ByteSource, CryptoPort } from '../ports';
import type { TimestampClient } from '../timestamps/timestamp-client';
import { addSignatureField, addToForm, pageOf, withSignatureFlags } from './form-writer';
import { copySource, IncrementalUpdate } from './incremental-update';
import { openForValidationData } from './open-document';
import { buildHollow, digestAround, filledHole, type HollowUpdate } from './signature-hole';

export type DocumentTimestampOptions = {
  readonly crypto: CryptoPort;
  readonly timestamp: TimestampClient;
};

export type DocumentTimestamped = {
  readonly field: string;
  readonly bytesAdded: number;
  readonly tokenSize: number;
};

const hashName = 'sha256';
/** Bytes kept for a token with the authority's chain. */
const reserve = 16_384;
const invisible = { page: 0, x: 0, y: 0, w: 0, h: 0 };

/**
 * Adds a timestamp over the whole document in an invisible field of its own (ISO 32000-2, 12.8.5; EN 319 142-1 section
 * 5.4.3), by an incremental update in constant memory; certified documents too, whatever their certification permits.
 * On an error the sink holds an incomplete file, which its owner discards.
 * Throws the codes of {@link openForValidationData} and of the client, CONTENTS_TOO_SMALL for a token beyond 32 KB.
 */
export async function addDocumentTimestamp(
  source: ByteSource,
  sink: ByteSink,
  { crypto, timestamp }: DocumentTimestampOptions,
): Promise<DocumentTimestamped> {
  const { document } = await openForValidationData(source, crypto);
  const update = new IncrementalUpdate(document);
  const signature = update.add(null);
  const field = await addTimestampField(update, signature);
  const dictionary = pdfDict({
    Type: pdfName('DocTimeStamp'),
    Filter: pdfName('Adobe.PPKLite'),
    SubFilter: pdfName('ETSI.RFC3161'),
  });
  const before = crypto.hash(hashName);
  await copySource(source, sink, (block) => before.update(block));
  const attempt = async (size: number): Promise<{ hollow: HollowUpdate; token: Uint8Array }> => {
    const hollow = await buildHollow(update, signature, dictionary, size);
    return { hollow, token: await timestamp({ hash: hashName, digest: digestAround(before, hollow) }) };
  };
  let { hollow, token } = await attempt(reserve);
  if (token.length > reserve) ({ hollow, token } = await attempt(2 * reserve));
  const { bytes, holeStart, holeEnd } = hollow;
  bytes.set(filledHole(token, holeEnd - holeStart), holeStart);
  await sink.write(bytes);
  return { field, bytesAdded: bytes.length, tokenSize: token.length };
}

async function addTimestampField(update: IncrementalUpdate, signature: PdfRef): Promise<string> {
  const taken = new Set((await readFields(update.document)).map(({ name }) => name));
  let count = 1;
  while (taken.has(`Timestamp${count}`)) count += 1;
  const name = `Timestamp${count}`;
  const page = await pageOf(update, invisible);
  const ref = await addSignatureField(update, null, name, page, invisible, undefined);
  const field = await update.current(ref);
  if (!isDict(field)) throw new AppError('FIELD_NOT_FOUND', name);
  update.set(ref, withEntries(field, { V: signature }));
  await addToForm(update, [ref], (form) => withSignatureFlags(update, form, 3));
  return name;
}
