import { AppError } from '../../result/result';
import { DerError } from '../asn1/der';
import { bytesOfHex, equalBytes, hexOf } from '../bytes';
import { checkSignerCertificate } from '../certificates/signer-certificate';
import { buildCms, buildSignedAttributes, type CmsSigning, verifySigner } from '../cms/cms-build';
import { checkCms } from '../cms/cms-check';
import { parseCms } from '../cms/cms-parse';
import {
  type ByteSink,
  type ByteSource,
  type CryptoPort,
  digestOf,
  type SignatureScheme,
  type SigningHash,
} from '../ports';
import type { TimestampClient } from '../timestamps/timestamp-client';
import { copySource } from './incremental-update';
import { placeSignature, reserveFor, type SignatureOptions, type Signed, timestampOf } from './sign';
import { type ByteRange, digestAround, filledHole } from './signature-hole';

export type BeginOptions = SignatureOptions & {
  /** DER of the certificate whose key will sign. */
  readonly certificate: Uint8Array;
  /** DER of the intermediate certificates. */
  readonly chain: readonly Uint8Array[];
  readonly scheme: SignatureScheme;
};

/** One signature that has been prepared and not come back yet. Plain JSON, so that it survives a restart; bytes are hexadecimal. */
export type SigningSession = {
  readonly version: 1;
  readonly field: string;
  readonly hash: SigningHash;
  readonly scheme: SignatureScheme;
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly byteRange: ByteRange;
  readonly bytesAdded: number;
  /** Digest over the byte range of the prepared file. */
  readonly documentDigest: string;
  /** What a service signs that signs messages: DER SET OF the signed attributes. */
  readonly signedAttributes: string;
  /** What a service signs that signs digests: the digest of the same. */
  readonly digestToSign: string;
};

/**
 * What the service gave back: the signature value (ECDSA as DER), or a whole CMS that it has built itself, which takes
 * no timestamp of ours.
 */
export type SigningAnswer =
  | { readonly signature: Uint8Array; readonly timestamp?: TimestampClient }
  | { readonly cms: Uint8Array };

/**
 * First half of a signature whose key is elsewhere: the sink gets the whole file with an empty hole, and the session says
 * what is to be signed. Throws what {@link placeSignature} throws, CERT_EXPIRED, CERT_NOT_YET_VALID, CERT_WRONG_USAGE.
 */
export async function beginSigning(
  source: ByteSource,
  sink: ByteSink,
  options: BeginOptions,
): Promise<SigningSession> {
  const { crypto, certificate, chain, scheme, hash = 'sha256' } = options;
  checkSignerCertificate(crypto, certificate, options.time);
  const { field, build } = await placeSignature(source, options);
  // A CMS that a service builds may carry its own timestamp and chain; it cannot be given more room afterwards.
  const hollow = await build(2 * reserveFor([certificate, ...chain]));
  const before = crypto.hash(hash);
  await copySource(source, sink, (block) => before.update(block));
  await sink.write(hollow.bytes);
  const documentDigest = digestAround(before, hollow);
  const signing = { certificate, chain, scheme, hash };
  const signedAttributes = buildSignedAttributes(crypto, signing, documentDigest);
  return {
    version: 1,
    field,
    hash,
    scheme,
    certificate: hexOf(certificate),
    chain: chain.map(hexOf),
    byteRange: hollow.byteRange,
    bytesAdded: hollow.bytes.length,
    documentDigest: hexOf(documentDigest),
    signedAttributes: hexOf(signedAttributes),
    digestToSign: hexOf(digestOf(crypto, hash, signedAttributes)),
  };
}

/**
 * Second half: writes the prepared file with the signature in its hole. Nothing is written for a signature by another key
 * (SIGNER_MISMATCH). Throws SIGNING_SESSION_MISMATCH for another file than the prepared one, CONTENTS_TOO_SMALL, and the
 * codes of the timestamp client; the sink then holds an incomplete file, which its owner discards.
 */
export async function completeSigning(
  prepared: ByteSource,
  sink: ByteSink,
  session: SigningSession,
  answer: SigningAnswer,
  crypto: CryptoPort,
): Promise<Signed> {
  const cms =
    'cms' in answer ? checkedCms(crypto, session, answer.cms) : await cmsOf(crypto, session, answer);
  const [, holeStart, holeEnd, tail] = session.byteRange;
  const hole = filledHole(cms, holeEnd - holeStart);
  if (prepared.size !== holeEnd + tail) throw new AppError('SIGNING_SESSION_MISMATCH', 'size');
  const hash = crypto.hash(session.hash);
  const pass = (part: ByteSource): Promise<void> => copySource(part, sink, (block) => hash.update(block));
  await pass(partOf(prepared, 0, holeStart));
  const empty = await prepared.read(holeStart, hole.length);
  if (!equalBytes(empty, filledHole(new Uint8Array(0), hole.length)))
    throw new AppError('SIGNING_SESSION_MISMATCH', 'hole');
  await sink.write(hole);
  await pass(partOf(prepared, holeEnd, tail));
  if (hexOf(hash.digest()) !== session.documentDigest)
    throw new AppError('SIGNING_SESSION_MISMATCH', 'content');
  const { field, bytesAdded, byteRange } = session;
  return { field, bytesAdded, byteRange, cmsSize: cms.length };
}

function partOf(source: ByteSource, start: number, size: number): ByteSource {
  return {
    size,
    read: (offset, length, room) => source.read(start + offset, Math.min(length, size - offset), room),
  };
}

function signingOf({ certificate, chain, scheme, hash }: SigningSession): CmsSigning {
  return { certificate: bytesOfHex(certificate), chain: chain.map(bytesOfHex), scheme, hash };
}

async function cmsOf(
  crypto: CryptoPort,
  session: SigningSession,
  { signature, timestamp }: Extract<SigningAnswer, { signature: Uint8Array }>,
): Promise<Uint8Array> {
  const signing = signingOf(session);
  const attributes = buildSignedAttributes(crypto, signing, bytesOfHex(session.documentDigest));
  verifySigner(crypto, signing, attributes, signature);
  const token = timestamp ? await timestampOf(crypto, timestamp, session.hash, signature) : null;
  return buildCms(crypto, signing, attributes, signature, token);
}

/** A CMS by the service is held to what our checker asks of a PAdES signature. */
function checkedCms(crypto: CryptoPort, session: SigningSession, cms: Uint8Array): Uint8Array {
  try {
    const { signer, problems } = checkCms(
      crypto,
      parseCms(cms, crypto),
      bytesOfHex(session.documentDigest),
      true,
    );
    if (signer && problems.length === 0 && hexOf(signer.der) === session.certificate) return cms;
    throw new AppError('SIGNER_MISMATCH', problems.join(' '));
  } catch (error) {
    if (error instanceof DerError) throw new AppError('SIGNER_MISMATCH', error.message);
    throw error;
  }
}
