import { bytesOf, childAt, childrenOf, contentOf, type DerNode, derSetOf, oidOf, readDer } from '../asn1/der';
import { hashByOid, oids } from '../asn1/oids';
import { equalBytes, hexOf } from '../bytes';
import { comparableName } from '../certificates/distinguished-name';
import {
  rsaModulusBits,
  type SignatureOutcome,
  verifyWithAlgorithm,
} from '../certificates/signature-algorithm';
import type { Certificate } from '../certificates/x509';
import type { SignatureProblem } from '../check/check-report';
import { type CryptoPort, digestOf, type HashName } from '../ports';
import type { CmsSignedData, CmsSignerInfo } from './cms-parse';

export type CmsCheck = {
  readonly signer: Certificate | null;
  readonly problems: readonly SignatureProblem[];
};

const weakDigests: ReadonlySet<HashName> = new Set<HashName>(['md5', 'sha1']);
const minimumRsaBits = 2048;

/**
 * Checks a detached CMS against the digest of the signed byte ranges (RFC 5652 section 5.6, RFC 5035): one signer,
 * no embedded content, content type, message digest, signing-certificate, signature value, algorithm strength.
 * `needSigningCertificate` is set for PAdES, where the certificate must be among the signed attributes.
 */
export function checkCms(
  crypto: CryptoPort,
  cms: CmsSignedData,
  documentDigest: Uint8Array,
  needSigningCertificate: boolean,
): CmsCheck {
  const expected = { contentType: oids.data, digest: documentDigest, needSigningCertificate };
  const { signer, problems } = checkSignerInfo(crypto, cms, expected);
  return { signer, problems: cms.content ? ['CONTENT_NOT_DETACHED', ...problems] : problems };
}

/** What the signed attributes of a CMS must say. */
export type ExpectedContent = {
  readonly contentType: string;
  readonly digest: Uint8Array;
  readonly needSigningCertificate: boolean;
};

/** Checks the one signature of a CMS, whether its content is detached or inside (RFC 5652 section 5.6, RFC 5035). */
export function checkSignerInfo(crypto: CryptoPort, cms: CmsSignedData, expected: ExpectedContent): CmsCheck {
  const info = cms.signerInfos[0];
  if (!info || cms.signerInfos.length !== 1) return { signer: null, problems: ['SIGNER_INFO_COUNT'] };
  const signer = findSigner(cms, info);
  if (!signer) return { signer, problems: ['NO_SIGNER_CERTIFICATE'] };
  if (!info.attributes) return { signer, problems: ['NO_SIGNED_ATTRIBUTES'] };
  const problems = strengthProblems(signer, info);
  problems.push(...checkAttributes(crypto, info.attributes, signer, expected));
  const outcome = verifyAttributes(crypto, info, signer);
  if (outcome === 'wrong') problems.push('SIGNATURE_WRONG');
  if (outcome === 'unsupported') problems.push('ALGORITHM_UNSUPPORTED');
  return { signer, problems };
}

/**
 * The signature is over the DER of the attributes, in which they are sorted, however they were sent (RFC 5652 section 5.4). Some
 * programs sign them unsorted, as they send them.
 */
function verifyAttributes(crypto: CryptoPort, info: CmsSignerInfo, signer: Certificate): SignatureOutcome {
  const verify = (data: Uint8Array): SignatureOutcome =>
    verifyWithAlgorithm(crypto, info.signatureAlgorithm, info.digest, {
      publicKey: signer.publicKey,
      data,
      signature: info.signature,
    });
  const outcome = verify(info.attributesDer);
  if (outcome !== 'wrong') return outcome;
  const sorted = derSetOf(...childrenOf(readDer(info.attributesDer)).map(bytesOf));
  return equalBytes(sorted, info.attributesDer) ? outcome : verify(sorted);
}

/** The certificate that a SignerInfo names, among those that the CMS carries. */
export function findSigner(cms: CmsSignedData, info: CmsSignerInfo): Certificate | null {
  return cms.certificates.find((certificate) => isSigner(certificate, info.signerId)) ?? null;
}

/** What is too weak today: the digest, or the signer's key. */
export function strengthProblems(signer: Certificate, info: CmsSignerInfo): SignatureProblem[] {
  const problems: SignatureProblem[] = [];
  if (info.digest && weakDigests.has(info.digest)) problems.push('WEAK_DIGEST');
  if (isWeakKey(signer)) problems.push('WEAK_KEY');
  return problems;
}

function isSigner(certificate: Certificate, signerId: DerNode): boolean {
  if (signerId.tag === 0x80) return certificate.subjectKeyId === hexOf(contentOf(signerId));
  const [issuer, serial] = childrenOf(signerId);
  if (!issuer || !serial || !equalBytes(certificate.serial, bytesOf(serial))) return false;
  // Some programs write the name anew, with other string types (RFC 5280 section 7.1).
  return certificate.comparableIssuer === comparableName(bytesOf(issuer));
}

function isWeakKey(signer: Certificate): boolean {
  const bits = rsaModulusBits(readDer(signer.publicKey));
  return bits !== null && bits < minimumRsaBits;
}

function checkAttributes(
  crypto: CryptoPort,
  attributes: ReadonlyMap<string, readonly DerNode[]>,
  signer: Certificate,
  expected: ExpectedContent,
): SignatureProblem[] {
  const problems: SignatureProblem[] = [];
  const contentTypes = attributes.get(oids.contentType) ?? [];
  const [contentType] = contentTypes;
  if (!contentType || contentTypes.length !== 1 || oidOf(contentType) !== expected.contentType)
    problems.push('CONTENT_TYPE_WRONG');
  const digests = attributes.get(oids.messageDigest) ?? [];
  const [digest] = digests;
  if (!digest || digests.length !== 1) problems.push('NO_MESSAGE_DIGEST');
  else if (!equalBytes(contentOf(digest), expected.digest)) problems.push('DIGEST_MISMATCH');
  const named = namedCertificateHash(attributes);
  if (!named) {
    if (expected.needSigningCertificate) problems.push('NO_SIGNING_CERTIFICATE_ATTRIBUTE');
  } else if (!equalBytes(digestOf(crypto, named.hash, signer.der), named.value)) {
    problems.push('SIGNING_CERTIFICATE_MISMATCH');
  }
  return problems;
}

/** The certificate hash of signing-certificate-v2, else of signing-certificate (RFC 5035 sections 3 and 4). */
function namedCertificateHash(
  attributes: ReadonlyMap<string, readonly DerNode[]>,
): { readonly hash: HashName; readonly value: Uint8Array } | null {
  const second = attributes.get(oids.signingCertificateV2)?.[0];
  const attribute = second ?? attributes.get(oids.signingCertificate)?.[0];
  if (!attribute) return null;
  const [first, next] = childrenOf(childAt(childAt(attribute, 0), 0));
  if (!first) return null;
  if (!second) return { hash: 'sha1', value: contentOf(first) };
  if (first.tag !== 0x30) return { hash: 'sha256', value: contentOf(first) };
  const hash = hashByOid.get(oidOf(childAt(first, 0)));
  return hash && next ? { hash, value: contentOf(next) } : null;
}
