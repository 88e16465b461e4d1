import { verifyInPieces } from '../certificates/signature-algorithm';
import { type CmsCheck, findSigner, strengthProblems } from '../cms/cms-check';
import type { CmsSignedData } from '../cms/cms-parse';
import type { ByteSource, CryptoPort } from '../ports';
import { type ByteRange, feedByteRange } from './byte-range';

/**
 * Checks a signature without signed attributes, which is made over the covered bytes themselves (RFC 5652 section 5.4).
 * The bytes are read once, block by block.
 */
export async function checkDirectSignature(
  crypto: CryptoPort,
  source: ByteSource,
  byteRange: ByteRange,
  cms: CmsSignedData,
): Promise<CmsCheck> {
  const info = cms.signerInfos[0];
  const signer = info ? findSigner(cms, info) : null;
  if (!info || !signer) return { signer: null, problems: ['NO_SIGNER_CERTIFICATE'] };
  const problems = strengthProblems(signer, info);
  if (cms.content) problems.push('CONTENT_NOT_DETACHED');
  const outcome = await verifyInPieces(
    crypto,
    info.signatureAlgorithm,
    info.digest,
    { publicKey: signer.publicKey, signature: info.signature },
    (piece) => feedByteRange(source, byteRange, piece),
  );
  if (outcome === 'wrong') problems.push('SIGNATURE_WRONG');
  if (outcome === 'unsupported') problems.push('ALGORITHM_UNSUPPORTED');
  return { signer, problems };
}
