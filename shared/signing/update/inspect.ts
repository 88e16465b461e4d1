import { displayedSize } from '../appearance/placement';
import type { PdfPermissions } from '../pdf/encryption/permissions';
import { PdfDocument } from '../pdf/pdf-document';
import { readCertification, readFields } from '../pdf/pdf-fields';
import { pageGeometry, readPages } from '../pdf/pdf-pages';
import type { ByteSource, CryptoPort } from '../ports';

export type PdfInspection = {
  /** True for a file that needs a password: nothing more is known about it. */
  readonly encrypted: boolean;
  /** What the author of an encrypted file permits; null when nothing is restricted. */
  readonly permissions: PdfPermissions | null;
  /** Size as displayed in points, and the clockwise turn already applied to it. */
  readonly pages: readonly { readonly w: number; readonly h: number; readonly rotate: 0 | 90 | 180 | 270 }[];
  readonly signatures: number;
  /** Full names of unsigned signature fields. */
  readonly emptySignatureFields: readonly string[];
  /** Full names of the other fields that have no value. */
  readonly emptyFields: readonly string[];
  /** DocMDP level, null when the document is not certified. */
  readonly certified: 1 | 2 | 3 | null;
  /** Kind of the last cross-reference section; 'hybrid' is a table with a stream beside it. */
  readonly xref: 'table' | 'stream' | 'hybrid';
};

/**
 * Looks at a PDF before signing. One that needs a password is reported as such with no further facts.
 * Throws PDF_NOT_PDF, PDF_XREF_BROKEN, PDF_MALFORMED, PDF_TOO_COMPLEX.
 */
export async function inspectPdf(source: ByteSource, crypto: CryptoPort): Promise<PdfInspection> {
  const document = await PdfDocument.open(source, crypto);
  const last = document.sections[0];
  const xref = last?.kind === 'stream' ? 'stream' : last?.trailer.has('XRefStm') ? 'hybrid' : 'table';
  const { encryption } = document;
  if (encryption?.locked) {
    const nothing = {
      permissions: null,
      pages: [],
      signatures: 0,
      emptySignatureFields: [],
      emptyFields: [],
      certified: null,
    };
    return { encrypted: true, ...nothing, xref };
  }
  const pages = [];
  for (const page of await readPages(document)) {
    const geometry = await pageGeometry(document, page);
    pages.push({ ...displayedSize(geometry), rotate: geometry.rotate });
  }
  const fields = await readFields(document);
  const empty = fields.filter((field) => field.value === undefined);
  return {
    encrypted: false,
    permissions: encryption?.permissions ?? null,
    pages,
    signatures: fields.filter((field) => field.type === 'Sig' && field.value !== undefined).length,
    emptySignatureFields: empty.filter((field) => field.type === 'Sig').map((field) => field.name),
    emptyFields: empty.filter((field) => field.type !== 'Sig').map((field) => field.name),
    certified: await readCertification(document),
    xref,
  };
}
