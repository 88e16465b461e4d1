import { childAt, childrenOf, contentOf, DerError, type DerNode, oidOf, smallInteger } from '../asn1/der';
import { hashByOid, oids, signatureAlgorithmByOid } from '../asn1/oids';
import type { CryptoPort, HashName, SignatureToVerify } from '../ports';

type Algorithm = Pick<SignatureToVerify, 'scheme' | 'hash' | 'saltLength'>;

/** 'unsupported' says that the algorithm is unknown here, which is not the same as a wrong signature. */
export type SignatureOutcome = 'ok' | 'wrong' | 'unsupported';

/**
 * Reads an AlgorithmIdentifier of a signature (RFC 4055, 5754, 5758, 8410); null when it is unknown.
 * `digest` is the digest algorithm that a CMS names beside a bare key algorithm.
 */
export function readSignatureAlgorithm(node: DerNode, digest: HashName | null): Algorithm | null {
  const oid = oidOf(childAt(node, 0));
  // A CMS with Ed25519 must digest with SHA-512 (RFC 8419 section 3); that of Ed448 does not exist here.
  if (oid === oids.ed25519)
    return digest === null || digest === 'sha512' ? { scheme: 'eddsa', hash: null } : null;
  if (oid === oids.ed448) return digest === null ? { scheme: 'eddsa', hash: null } : null;
  if (oid === oids.rsa && digest) return { scheme: 'rsa-pkcs1', hash: digest };
  if (oid === oids.ecPublicKey && digest) return { scheme: 'ecdsa', hash: digest };
  if (oid === oids.rsaPss) return readPssParameters(childrenOf(node)[1]);
  return signatureAlgorithmByOid.get(oid) ?? null;
}

function readPssParameters(parameters: DerNode | undefined): Algorithm | null {
  let hash: HashName | undefined = 'sha1';
  let maskHash: HashName | undefined = 'sha1';
  let saltLength = 20;
  for (const part of parameters ? childrenOf(parameters) : []) {
    const value = childAt(part, 0);
    if (part.tag === 0xa0) hash = hashByOid.get(oidOf(childAt(value, 0)));
    if (part.tag === 0xa1) maskHash = hashByOid.get(oidOf(childAt(childAt(value, 1), 0)));
    if (part.tag === 0xa2) saltLength = smallInteger(value);
  }
  // A mask made with another digest is legal (RFC 4055 section 3.1), but the platform cannot check it.
  return hash && hash === maskHash ? { scheme: 'rsa-pss', hash, saltLength } : null;
}

/** Checks one signature made with the given AlgorithmIdentifier. */
export function verifyWithAlgorithm(
  crypto: CryptoPort,
  algorithm: DerNode,
  digest: HashName | null,
  signed: { readonly publicKey: Uint8Array; readonly data: Uint8Array; readonly signature: Uint8Array },
): SignatureOutcome {
  const known = readSignatureAlgorithm(algorithm, digest);
  if (!known || (known.hash && !crypto.supportsHash(known.hash))) return 'unsupported';
  // A digest other than the one that the CMS declares would let a weaker one in unseen.
  if (digest && known.hash && known.hash !== digest) return 'wrong';
  return outcomeOf(crypto, crypto.verify({ ...known, ...signed }), signed.publicKey);
}

/** A key on a curve that the platform does not know verifies nothing, which says nothing about the signature. */
function outcomeOf(crypto: CryptoPort, isRight: boolean, publicKey: Uint8Array): SignatureOutcome {
  if (isRight) return 'ok';
  return crypto.supportsKey(publicKey) ? 'wrong' : 'unsupported';
}

/**
 * Checks one signature over data that comes in pieces: `feed` is called once with the receiver of each piece. EdDSA
 * needs all data at once and is unsupported here.
 */
export async function verifyInPieces(
  crypto: CryptoPort,
  algorithm: DerNode,
  digest: HashName | null,
  signed: { readonly publicKey: Uint8Array; readonly signature: Uint8Array },
  feed: (piece: (bytes: Uint8Array) => void) => Promise<void>,
): Promise<SignatureOutcome> {
  const known = readSignatureAlgorithm(algorithm, digest);
  if (!known?.hash || !crypto.supportsHash(known.hash)) return 'unsupported';
  if (digest && known.hash !== digest) return 'wrong';
  const verifier = crypto.verifier({ ...known, hash: known.hash, ...signed });
  await feed((bytes) => verifier.update(bytes));
  return outcomeOf(crypto, verifier.isRight(), signed.publicKey);
}

/** Bits of the RSA modulus of a DER SubjectPublicKeyInfo, or null for another kind of key. */
export function rsaModulusBits(publicKey: DerNode): number | null {
  const [algorithm, key] = childrenOf(publicKey);
  if (!algorithm || !key) throw new DerError('public key expected');
  if (![oids.rsa, oids.rsaPss].some((oid) => oid === oidOf(childAt(algorithm, 0)))) return null;
  const content = contentOf(key);
  const modulus = contentOf(childAt(readKey(content), 0));
  const significant = modulus[0] === 0 ? modulus.subarray(1) : modulus;
  return significant.length * 8;
}

function readKey(bitString: Uint8Array): DerNode {
  return childAt({ tag: 0x30, start: 0, contentStart: 1, end: bitString.length, source: bitString }, 0);
}
