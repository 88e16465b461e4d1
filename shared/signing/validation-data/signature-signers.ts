import { DerError } from '../asn1/der';
import type { Certificate } from '../certificates/x509';
import { findSigner } from '../cms/cms-check';
import { type CmsSignedData, parseCms } from '../cms/cms-parse';
import type { PdfDocument } from '../pdf/pdf-document';
import type { FormField } from '../pdf/pdf-fields';
import { isString } from '../pdf/pdf-objects';
import type { CryptoPort } from '../ports';
import { readTimestampToken, signatureTimestampOf } from '../timestamps/timestamp-token';

/** Whose certificates one signature or document timestamp depends on. */
export type SignatureSigners = {
  readonly field: string;
  /** /Contents with its padding. */
  readonly contents: Uint8Array;
  /** The signer, and the authority that stamped the signature; empty when the contents cannot be read. */
  readonly signers: readonly Certificate[];
  /** Everything that came along with them. */
  readonly certificates: readonly Certificate[];
};

/** Reads the signers of a signed field, or null when its value is no signature. */
export async function readSigners(document: PdfDocument, field: FormField): Promise<SignatureSigners | null> {
  const dict = await document.dict(field.value);
  const contents = await document.resolve(dict?.get('Contents'));
  if (!isString(contents)) return null;
  const found = readable(document.crypto, contents.bytes);
  return { field: field.name, contents: contents.bytes, ...found };
}

function readable(
  crypto: CryptoPort,
  contents: Uint8Array,
): Pick<SignatureSigners, 'signers' | 'certificates'> {
  try {
    const cms = parseCms(contents, crypto);
    const token = signatureTimestampOf(cms);
    const parts = token ? [cms, readTimestampToken(token, crypto).signedData] : [cms];
    return {
      signers: parts.flatMap(signerOf),
      certificates: parts.flatMap(({ certificates }) => certificates),
    };
  } catch (error) {
    if (error instanceof DerError) return { signers: [], certificates: [] };
    throw error;
  }
}

function signerOf(cms: CmsSignedData): readonly Certificate[] {
  const [info] = cms.signerInfos;
  const signer = info ? findSigner(cms, info) : null;
  return signer ? [signer] : [];
}
