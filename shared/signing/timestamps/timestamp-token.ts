import { bytesOf, childAt, childrenOf, contentOf, DerError, type DerNode, oidOf, readDer } from '../asn1/der';
import { readGeneralizedTime } from '../asn1/der-time';
import { hashByOid, oids } from '../asn1/oids';
import { equalBytes } from '../bytes';
import type { Certificate } from '../certificates/x509';
import type { SignatureProblem } from '../check/check-report';
import { checkSignerInfo } from '../cms/cms-check';
import { type CmsSignedData, parseCms } from '../cms/cms-parse';
import { type CryptoPort, digestOf, type HashName } from '../ports';

/** An RFC 3161 TimeStampToken as it was read; nothing of it has been checked yet. */
export type TimestampToken = {
  /** Milliseconds since 1970. */
  readonly genTime: number;
  /** Digest of what was stamped; `hash` is null for an algorithm that is not known. */
  readonly imprint: { readonly hash: HashName | null; readonly value: Uint8Array };
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array;
  readonly nonce: Uint8Array | null;
  readonly policy: string;
  readonly signedData: CmsSignedData;
};

/** What keeps a token from proving its time. */
export type TimestampProblem = SignatureProblem | 'IMPRINT_MISMATCH';

export type TimestampCheck = {
  readonly signer: Certificate | null;
  /** All certificates that the token carries. */
  readonly certificates: readonly Certificate[];
  readonly problems: readonly TimestampProblem[];
};

const weakImprints: ReadonlySet<HashName> = new Set<HashName>(['md5', 'sha1']);

/** Reads a TimeStampToken (RFC 3161 section 2.4.2), BER or DER; zeros behind it are ignored. Throws {@link DerError}. */
export function readTimestampToken(bytes: Uint8Array, crypto: CryptoPort): TimestampToken {
  const signedData = parseCms(bytes, crypto);
  if (signedData.contentType !== oids.timestampInfo || !signedData.content)
    throw new DerError('TSTInfo expected');
  const info = readDer(signedData.content);
  if (info.tag !== 0x30 || info.end !== signedData.content.length) throw new DerError('TSTInfo expected');
  const [version, policy, imprint, serial, genTime, ...rest] = childrenOf(info);
  if (!version || !policy || !imprint || serial?.tag !== 0x02 || !genTime || contentOf(version)[0] !== 1)
    throw new DerError('TSTInfo expected');
  const nonce = rest.find((node) => node.tag === 0x02);
  return {
    genTime: readGeneralizedTime(genTime),
    imprint: readImprint(imprint),
    serial: contentOf(serial),
    nonce: nonce ? contentOf(nonce) : null,
    policy: oidOf(policy),
    signedData,
  };
}

function readImprint(node: DerNode): TimestampToken['imprint'] {
  const value = childAt(node, 1);
  if (value.tag !== 0x04) throw new DerError('MessageImprint expected');
  return { hash: hashByOid.get(oidOf(childAt(childAt(node, 0), 0))) ?? null, value: contentOf(value) };
}

/**
 * Checks a token as RFC 3161 section 2.4.2 and RFC 5816 ask: one signer, named by ESS signing-certificate, whose
 * signature covers this TSTInfo, and the imprint of `imprinted`, which gives the digest of what the token should stamp.
 * The signer's path, its extended key usage and its revocation are asked of the path validator with `signer`.
 */
export async function checkTimestampToken(
  crypto: CryptoPort,
  token: TimestampToken,
  imprinted: (hash: HashName) => Uint8Array | Promise<Uint8Array>,
): Promise<TimestampCheck> {
  const { signedData, imprint } = token;
  const problems: TimestampProblem[] = [];
  const digest = signedData.signerInfos[0]?.digest;
  let signer: Certificate | null = null;
  if (!digest || !crypto.supportsHash(digest)) problems.push('ALGORITHM_UNSUPPORTED');
  else {
    const checked = checkSignerInfo(crypto, signedData, {
      contentType: oids.timestampInfo,
      digest: digestOf(crypto, digest, signedData.content ?? new Uint8Array(0)),
      needSigningCertificate: true,
    });
    signer = checked.signer;
    problems.push(...checked.problems);
  }
  problems.push(...(await checkImprint(crypto, imprint, imprinted)));
  return { signer, certificates: signedData.certificates, problems: [...new Set(problems)] };
}

async function checkImprint(
  crypto: CryptoPort,
  { hash, value }: TimestampToken['imprint'],
  imprinted: (hash: HashName) => Uint8Array | Promise<Uint8Array>,
): Promise<readonly TimestampProblem[]> {
  if (!hash || !crypto.supportsHash(hash)) return ['ALGORITHM_UNSUPPORTED'];
  if (!equalBytes(await imprinted(hash), value)) return ['IMPRINT_MISMATCH'];
  return weakImprints.has(hash) ? ['WEAK_DIGEST'] : [];
}

/** The signature timestamp among the unsigned attributes of a CMS (EN 319 122-1 section 5.3), verbatim, or null. */
export function signatureTimestampOf(cms: CmsSignedData): Uint8Array | null {
  const [token] = cms.signerInfos[0]?.unsignedAttributes.get(oids.timestampToken) ?? [];
  return token ? bytesOf(token) : null;
}
