import { AppError } from '../../result/result';
import { type AppearanceSpec, buildAppearance } from '../appearance/appearance';
import type { FontFiles } from '../appearance/drawing';
import { type Placement, uprightMatrix } from '../appearance/placement';
import { hexOf, indexOfBytes, latin1Bytes } from '../bytes';
import { checkSignerCertificate } from '../certificates/signer-certificate';
import { buildCms } from '../cms/cms-build';
import type { FormField } from '../pdf/pdf-fields';
import {
  isDict,
  isRef,
  type PdfDict,
  type PdfRef,
  type PdfValue,
  pdfDict,
  pdfName,
  pdfText,
  pdfVerbatim,
  withEntries,
} from '../pdf/pdf-objects';
import { pageGeometry, readPages } from '../pdf/pdf-pages';
import type { ByteSink, ByteSource, CryptoPort, Signer, SigningHash } from '../ports';
import { vietnamPdfDate } from '../vietnam-time';
import { addKid, fieldGroup } from './field-groups';
import { addSignatureField, addToForm, currentCatalog, pageOf, withSignatureFlags } from './form-writer';
import { copySource, IncrementalUpdate } from './incremental-update';
import { openForUpdate, type UpdatableDocument } from './open-document';

export type SignOptions = {
  readonly crypto: CryptoPort;
  readonly signer: Signer;
  /** Full name of an unsigned field, or, with `placement`, of a new one: a partial name, or a group and a partial name. */
  readonly field: string;
  /** For a new field: its place, or null for an invisible one. Without it the field must exist. */
  readonly placement?: Placement | null;
  /** Null for an invisible signature. */
  readonly appearance: AppearanceSpec | null;
  readonly fonts: FontFiles;
  /** DocMDP level, for the first signature only. */
  readonly certify?: 1 | 2 | 3;
  readonly reason?: string;
  /** Milliseconds since 1970; goes into /M and, for annexes, into the visible text. */
  readonly time: number;
  readonly hash?: SigningHash;
};

export type Signed = {
  readonly field: string;
  readonly bytesAdded: number;
  readonly byteRange: readonly [number, number, number, number];
  readonly cmsSize: number;
};

/** Bytes kept for the CMS beyond the certificates; leaves room for a timestamp in a later step. */
const cmsReserve = 12_288;
const byteRangeSlot = `[${[0, 1, 2].map(() => '9'.repeat(12)).join(' ')} 0]`;

/**
 * Signs a PDF as PAdES B-B (EN 319 142-1) by a true incremental update: the first bytes of the output are the input.
 * Memory is constant; the file is read once. On an error the sink holds an incomplete file, which its owner discards.
 * Throws the codes of {@link openForUpdate}, CERTIFY_NOT_FIRST, FIELD_ALREADY_SIGNED, BAD_PAGE, CERT_EXPIRED,
 * CERT_NOT_YET_VALID, CERT_WRONG_USAGE, SIGNER_MISMATCH, CONTENTS_TOO_SMALL, and those of the appearance.
 */
export async function signPdf(source: ByteSource, sink: ByteSink, options: SignOptions): Promise<Signed> {
  const { crypto, signer } = options;
  checkSignerCertificate(crypto, signer.certificate, options.time);
  const opened = await openForUpdate(source, crypto);
  if (options.certify !== undefined && opened.signedFields.length > 0)
    throw new AppError('CERTIFY_NOT_FIRST');
  const update = new IncrementalUpdate(opened.document);
  const known = opened.signatureFields.find((field) => field.name === options.field);
  if (known?.value !== undefined) throw new AppError('FIELD_ALREADY_SIGNED');
  const reserve =
    cmsReserve + [signer.certificate, ...signer.chain].reduce((sum, der) => sum + der.length, 0);
  const signature = update.add(null);
  update.set(signature, await signatureDictionary(opened, options, known ?? null, reserve));
  await placeSignature(update, options, known ?? null, signature);
  if (options.certify !== undefined) await addCertification(update, signature);
  return writeSigned(update, sink, options, signature, reserve);
}

async function signatureDictionary(
  { document }: UpdatableDocument,
  options: SignOptions,
  field: FormField | null,
  reserve: number,
): Promise<PdfDict> {
  const references: PdfValue[] = [];
  if (options.certify !== undefined)
    references.push(transform('DocMDP', { P: options.certify, V: pdfName('1.2') }));
  const lock = field ? await document.dict(field.dict.get('Lock')) : null;
  if (lock) {
    const fields = (await document.array(lock.get('Fields'))) ?? [];
    const parameters = { Action: lock.get('Action') ?? pdfName('All'), Fields: fields, V: pdfName('1.2') };
    references.push(withEntries(transform('FieldMDP', parameters), { Data: document.rootRef }));
  }
  // The fixed-width slots come before any text of the user, so that they are found by position.
  const entries: Record<string, PdfValue> = {
    Type: pdfName('Sig'),
    Filter: pdfName('Adobe.PPKLite'),
    SubFilter: pdfName('ETSI.CAdES.detached'),
    ByteRange: pdfVerbatim(byteRangeSlot),
    Contents: pdfVerbatim(`<${'0'.repeat(reserve * 2)}>`),
    M: pdfText(vietnamPdfDate(options.time)),
  };
  if (options.reason !== undefined) entries['Reason'] = pdfText(options.reason);
  if (references.length > 0) entries['Reference'] = references;
  return pdfDict(entries);
}

function transform(method: string, parameters: Readonly<Record<string, PdfValue>>): PdfDict {
  return pdfDict({
    Type: pdfName('SigRef'),
    TransformMethod: pdfName(method),
    TransformParams: pdfDict({ Type: pdfName('TransformParams'), ...parameters }),
  });
}

async function placeSignature(
  update: IncrementalUpdate,
  options: SignOptions,
  known: FormField | null,
  signature: PdfRef,
): Promise<void> {
  const ref = known ? known.ref : await addNewField(update, options);
  const dict = ref ? await update.current(ref) : null;
  if (!ref || !isDict(dict)) throw new AppError('FIELD_NOT_FOUND', options.field);
  const appearance = await appearanceFor(update, dict, options);
  update.set(ref, withEntries(dict, { V: signature, ...appearance }));
  await addToForm(update, [], (form) => withSignatureFlags(update, form, 3));
}

async function addNewField(update: IncrementalUpdate, options: SignOptions): Promise<PdfRef> {
  const { field, placement } = options;
  const names = field.split('.');
  const last = names[names.length - 1];
  if (placement === undefined || !last || names.length > 2) throw new AppError('FIELD_NOT_FOUND', field);
  const place = placement ?? { page: 0, x: 0, y: 0, w: 0, h: 0 };
  const page = await pageOf(update, place);
  const [group] = names.length === 2 ? names : [];
  if (group === undefined) {
    const ref = await addSignatureField(update, null, last, page, place);
    await addToForm(update, [ref], (form) => form);
    return ref;
  }
  const parent = await fieldGroup(update, group);
  const ref = await addSignatureField(update, parent, last, page, place);
  await addKid(update, parent, ref);
  return ref;
}

async function appearanceFor(
  update: IncrementalUpdate,
  field: PdfDict,
  options: SignOptions,
): Promise<Readonly<Record<string, PdfValue>>> {
  const rect = await update.document.rectangle(field.get('Rect'));
  if (!options.appearance || !rect || rect[2] - rect[0] < 1 || rect[3] - rect[1] < 1) return {};
  const page = field.get('P');
  const shown = (await readPages(update.document)).find(({ ref }) => isRef(page) && ref.num === page.num);
  const rotate = shown ? (await pageGeometry(update.document, shown)).rotate : 0;
  const [across, up] = [rect[2] - rect[0], rect[3] - rect[1]];
  const [w, h] = rotate === 90 || rotate === 270 ? [up, across] : [across, up];
  const { appearance: spec, fonts, time } = options;
  const form = buildAppearance(update, { spec, fonts, time, w, h, matrix: uprightMatrix(rotate) });
  return { AP: pdfDict({ N: form }) };
}

async function addCertification(update: IncrementalUpdate, signature: PdfRef): Promise<void> {
  const catalog = await currentCatalog(update);
  const permissions = (await update.document.dict(catalog.get('Perms'))) ?? pdfDict({});
  update.set(
    update.document.rootRef,
    withEntries(catalog, { Perms: withEntries(permissions, { DocMDP: signature }) }),
  );
}

async function writeSigned(
  update: IncrementalUpdate,
  sink: ByteSink,
  options: SignOptions,
  signature: PdfRef,
  reserve: number,
): Promise<Signed> {
  const { crypto, hash: hashName = 'sha256' } = options;
  const { source } = update.document;
  const { bytes, offsets } = await update.build();
  const start = (offsets.get(signature.num) ?? 0) - source.size;
  const holeStart = indexOfBytes(bytes, latin1Bytes('/Contents <'), start) + '/Contents '.length;
  const holeEnd = holeStart + 2 * reserve + 2;
  const byteRange = [0, source.size + holeStart, source.size + holeEnd, bytes.length - holeEnd] as const;
  const slot = indexOfBytes(bytes, latin1Bytes(byteRangeSlot), start);
  bytes.set(latin1Bytes(`[${byteRange.join(' ')}]`.padEnd(byteRangeSlot.length)), slot);
  const hash = crypto.hash(hashName);
  await copySource(source, sink, (block) => hash.update(block));
  hash.update(bytes.subarray(0, holeStart));
  hash.update(bytes.subarray(holeEnd));
  const cms = await buildCms(crypto, options.signer, hash.digest(), hashName);
  if (cms.length > reserve) throw new AppError('CONTENTS_TOO_SMALL');
  bytes.set(latin1Bytes(hexOf(cms)), holeStart + 1);
  await sink.write(bytes);
  return { field: options.field, bytesAdded: bytes.length, byteRange, cmsSize: cms.length };
}
