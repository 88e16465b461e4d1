import { DerError } from '../asn1/der';
import { oids } from '../asn1/oids';
import type { Certificate } from '../certificates/x509';
import { checkCms, checkSignerInfo } from '../cms/cms-check';
import { type CmsSignedData, parseCms } from '../cms/cms-parse';
import type { ByteSource, CryptoPort, HashName } from '../ports';
import { checkTimestampToken, readTimestampToken, type TimestampToken } from '../timestamps/timestamp-token';
import { feedByteRange, hashByteRange, type LocatedSignature } from './byte-range';
import type { SignatureProblem } from './check-report';
import { checkDirectSignature } from './direct-signature';

/** What a signature's /Contents says about itself and about the bytes that it covers. */
export type ContentsCheck = {
  readonly signer: Certificate | null;
  readonly certificates: readonly Certificate[];
  readonly cms: CmsSignedData | null;
  /** The token of a document timestamp. */
  readonly token: TimestampToken | null;
  readonly problems: readonly SignatureProblem[];
};

type Sound = LocatedSignature & { readonly sound: true };
type Check = (crypto: CryptoPort, source: ByteSource, located: Sound) => Promise<ContentsCheck>;

/** By /SubFilter (ISO 32000-2, table 260); any other is reported as unsupported, which is not the same as wrong. */
const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['ETSI.CAdES.detached', (...input) => checkDetached(...input, true)],
  ['adbe.pkcs7.detached', (...input) => checkDetached(...input, false)],
  ['adbe.pkcs7.sha1', checkEnvelopedDigest],
  ['ETSI.RFC3161', checkDocumentTimestamp],
]);

/** Checks the CMS of a signature whose place in the file is sound. Throws nothing for malformed contents. */
export async function checkContents(
  crypto: CryptoPort,
  source: ByteSource,
  located: Sound,
  subFilter: string,
): Promise<ContentsCheck> {
  const check = checks.get(subFilter);
  if (!check) return failed('UNSUPPORTED_SUBFILTER');
  try {
    return await check(crypto, source, located);
  } catch (error) {
    if (error instanceof DerError) return failed('CMS_MALFORMED');
    throw error;
  }
}

function failed(problem: SignatureProblem): ContentsCheck {
  return { signer: null, certificates: [], cms: null, token: null, problems: [problem] };
}

async function checkDetached(
  crypto: CryptoPort,
  source: ByteSource,
  located: Sound,
  isPades: boolean,
): Promise<ContentsCheck> {
  const cms = parseCms(located.contents, crypto);
  const hash = usableDigest(crypto, cms);
  if (!hash) return failed('ALGORITHM_UNSUPPORTED');
  // Without signed attributes the signature is over the bytes themselves, which only the older formats know.
  const { signer, problems } =
    isDirect(cms) && !isPades && !cms.content
      ? await checkDirectSignature(crypto, cms, (piece) => feedByteRange(source, located.byteRange, piece))
      : checkCms(crypto, cms, await hashByteRange(crypto, source, located.byteRange, hash), isPades);
  return { signer, certificates: cms.certificates, cms, token: null, problems };
}

function isDirect({ signerInfos }: CmsSignedData): boolean {
  return signerInfos.length === 1 && signerInfos[0]?.attributes === null;
}

/** The oldest format: the CMS holds the SHA-1 of the bytes as its content (ISO 32000-1, 12.8.3.3.1). */
async function checkEnvelopedDigest(
  crypto: CryptoPort,
  source: ByteSource,
  located: Sound,
): Promise<ContentsCheck> {
  const cms = parseCms(located.contents, crypto);
  const hash = usableDigest(crypto, cms);
  if (!hash || !crypto.supportsHash('sha1')) return failed('ALGORITHM_UNSUPPORTED');
  const content = cms.content ?? new Uint8Array(0);
  const inside = crypto.hash(hash);
  inside.update(content);
  const expected = { contentType: oids.data, digest: inside.digest(), needSigningCertificate: false };
  const { signer, problems } = isDirect(cms)
    ? await checkDirectSignature(crypto, cms, async (piece) => piece(content))
    : checkSignerInfo(crypto, cms, expected);
  const digest = await hashByteRange(crypto, source, located.byteRange, 'sha1');
  const isSame = content.length === digest.length && content.every((byte, at) => byte === digest[at]);
  const found = new Set<SignatureProblem>([...problems, 'WEAK_DIGEST']);
  if (!isSame) found.add('DIGEST_MISMATCH');
  return { signer, certificates: cms.certificates, cms, token: null, problems: [...found] };
}

async function checkDocumentTimestamp(
  crypto: CryptoPort,
  source: ByteSource,
  located: Sound,
): Promise<ContentsCheck> {
  const token = readTimestampToken(located.contents, crypto);
  const imprinted = (hash: HashName): Promise<Uint8Array> =>
    hashByteRange(crypto, source, located.byteRange, hash);
  const { signer, certificates, problems } = await checkTimestampToken(crypto, token, imprinted);
  const named = problems.map((problem) => (problem === 'IMPRINT_MISMATCH' ? 'DIGEST_MISMATCH' : problem));
  return { signer, certificates, cms: token.signedData, token, problems: named };
}

function usableDigest(crypto: CryptoPort, cms: CmsSignedData): HashName | null {
  const digest = cms.signerInfos[0]?.digest ?? null;
  return digest !== null && crypto.supportsHash(digest) ? digest : null;
}
