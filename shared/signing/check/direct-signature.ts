import { verifyInPieces } from '../certificates/signature-algorithm';
import { type CmsCheck, findSigner, strengthProblems } from '../cms/cms-check';
import type { CmsSignedData } from '../cms/cms-parse';
import type { CryptoPort } from '../ports';

/**
 * Checks a signature without signed attributes, which is made over the content itself (RFC 5652 section 5.4): the covered
 * bytes, or what the CMS holds. `feed` gives the content once, piece by piece.
 */
export async function checkDirectSignature(
  crypto: CryptoPort,
  cms: CmsSignedData,
  feed: (piece: (bytes: Uint8Array) => void) => Promise<void>,
): Promise<CmsCheck> {
  const info = cms.signerInfos[0];
  const signer = info ? findSigner(cms, info) : null;
  if (!info || !signer) return { signer: null, problems: ['NO_SIGNER_CERTIFICATE'] };
  const problems = strengthProblems(signer, info);
  const outcome = await verifyInPieces(
    crypto,
    info.signatureAlgorithm,
    info.digest,
    { publicKey: signer.publicKey, signature: info.signature },
    feed,
  );
  if (outcome === 'wrong') problems.push('SIGNATURE_WRONG');
  if (outcome === 'unsupported') problems.push('ALGORITHM_UNSUPPORTED');
  return { signer, problems };
}
