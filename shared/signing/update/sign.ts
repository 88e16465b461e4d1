import { AppError } from '../../result/result';
import { checkSignerCertificate } from '../certificates/signer-certificate';
import { buildCms, buildSignedAttributes, type CmsSigning, verifySigner } from '../cms/cms-build';
import {
  type ByteSink,
  type ByteSource,
  type CryptoPort,
  digestOf,
  type SignatureScheme,
  type Signer,
  type SigningHash,
} from '../ports';
import type { TimestampClient } from '../timestamps/timestamp-client';
import { addCertification } from './form-writer';
import { copySource, IncrementalUpdate } from './incremental-update';
import { openForUpdate } from './open-document';
import { type SignatureStatement, signatureDictionary } from './signature-dictionary';
import { placeField, type SignatureField, writeField } from './signature-field';
import { type ByteRange, buildHollow, digestAround, filledHole, type HollowUpdate } from './signature-hole';

/** A signature to make, whoever holds the key. */
export type SignatureOptions = SignatureField &
  SignatureStatement & {
    readonly crypto: CryptoPort;
    /** SHA-256 when absent. */
    readonly hash?: SigningHash;
  };

export type SignOptions = SignatureOptions & {
  readonly signer: Signer;
  /** One of the signer's; its first when absent. */
  readonly scheme?: SignatureScheme;
  /** Asked for a token over the signature value, which makes the signature B-T. */
  readonly timestamp?: TimestampClient;
};

export type Signed = {
  readonly field: string;
  readonly bytesAdded: number;
  readonly byteRange: ByteRange;
  readonly cmsSize: number;
};

/** Bytes kept for attributes, signature value and timestamp token, beside the certificates; and the least in all. */
const reserveBesideCertificates = 12_288;
const leastReserve = 16_384;

/** Bytes to keep for a CMS with these certificates. */
export function reserveFor(certificates: readonly Uint8Array[]): number {
  const sum = certificates.reduce((total, der) => total + der.length, reserveBesideCertificates);
  return Math.max(leastReserve, sum);
}

export type PlacedSignature = {
  /** Full name of its field. */
  readonly field: string;
  /** Builds the update with a hole of the given reserve; may be called again with another one. */
  readonly build: (reserve: number) => Promise<HollowUpdate>;
};

/**
 * Places a signature in a document without writing anything yet. Throws the codes of {@link openForUpdate},
 * CERTIFY_NOT_FIRST, those of {@link placeField} and those of the appearance.
 */
export async function placeSignature(
  source: ByteSource,
  options: SignatureOptions,
): Promise<PlacedSignature> {
  const opened = await openForUpdate(source, options.crypto);
  if (options.certify !== undefined && opened.signedFields.length > 0)
    throw new AppError('CERTIFY_NOT_FIRST');
  const update = new IncrementalUpdate(opened.document);
  const signature = update.add(null);
  const field = await placeField(update, opened, options);
  await writeField(update, field, signature, options);
  if (options.certify !== undefined) await addCertification(update, signature);
  const dictionary = signatureDictionary(opened.document, options, field.lock);
  return {
    field: field.name,
    build: (reserve) => buildHollow(update, signature, dictionary, reserve),
  };
}

/**
 * Signs a PDF as PAdES B-B or, with a timestamp client, B-T (EN 319 142-1) by a true incremental update: the first bytes
 * of the output are the input. Memory is constant; the file is read once. On an error the sink holds an incomplete
 * file, which its owner discards.
 * Throws the codes of {@link placeSignature}, CERT_EXPIRED, CERT_NOT_YET_VALID, CERT_WRONG_USAGE, INVALID_INPUT (a scheme
 * that the signer does not have), SIGNER_MISMATCH, CONTENTS_TOO_SMALL, and those of signer and timestamp client.
 */
export async function signPdf(source: ByteSource, sink: ByteSink, options: SignOptions): Promise<Signed> {
  const { crypto, signer, hash = 'sha256' } = options;
  checkSignerCertificate(crypto, signer.certificate, options.time);
  const scheme = options.scheme ?? signer.schemes[0];
  if (!scheme || !signer.schemes.includes(scheme)) throw new AppError('INVALID_INPUT', 'signature scheme');
  const { field, build } = await placeSignature(source, options);
  const before = crypto.hash(hash);
  await copySource(source, sink, (block) => before.update(block));
  const signing = { certificate: signer.certificate, chain: signer.chain, scheme, hash };
  const reserve = reserveFor([signer.certificate, ...signer.chain]);
  const attempt = async (size: number): Promise<{ hollow: HollowUpdate; cms: Uint8Array }> => {
    const hollow = await build(size);
    return { hollow, cms: await makeCms(options, signing, digestAround(before, hollow)) };
  };
  let { hollow, cms } = await attempt(reserve);
  if (cms.length > reserve) ({ hollow, cms } = await attempt(2 * reserve));
  const { bytes, holeStart, holeEnd, byteRange } = hollow;
  bytes.set(filledHole(cms, holeEnd - holeStart), holeStart);
  await sink.write(bytes);
  return { field, bytesAdded: bytes.length, byteRange, cmsSize: cms.length };
}

async function makeCms(
  { crypto, signer, timestamp }: SignOptions,
  signing: CmsSigning,
  documentDigest: Uint8Array,
): Promise<Uint8Array> {
  const { hash, scheme } = signing;
  const signedAttributes = buildSignedAttributes(crypto, signing, documentDigest);
  const digest = digestOf(crypto, hash, signedAttributes);
  const signature = await signer.sign({ signedAttributes, digest, hash, scheme });
  verifySigner(crypto, signing, signedAttributes, signature);
  const token = timestamp ? await timestampOf(crypto, timestamp, hash, signature) : null;
  return buildCms(crypto, signing, signedAttributes, signature, token);
}

/** A token over a signature value (RFC 3161 appendix A). */
export function timestampOf(
  crypto: CryptoPort,
  timestamp: TimestampClient,
  hash: SigningHash,
  signature: Uint8Array,
): Promise<Uint8Array> {
  return timestamp({ hash, digest: digestOf(crypto, hash, signature) });
}
