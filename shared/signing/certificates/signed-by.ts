import type { DerNode } from '../asn1/der';
import { readDer } from '../asn1/der';
import type { CryptoPort, HashName } from '../ports';
import {
  readSignatureAlgorithm,
  rsaModulusBits,
  type SignatureOutcome,
  verifyWithAlgorithm,
} from './signature-algorithm';
import type { Certificate } from './x509';

/** What a certificate and a CRL have in common. */
export type SignedObject = {
  readonly id: string;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: DerNode;
  readonly signature: Uint8Array;
};

const weakHashes: ReadonlySet<HashName> = new Set<HashName>(['md5', 'sha1']);
const minimumRsaBits = 2048;
const maxRemembered = 5000;

/**
 * Outcomes by digest of the signed object and of the signer, so that many signatures of one signer cost one check. They
 * depend on nothing else, hence they may outlive a document.
 */
const remembered = new WeakMap<CryptoPort, Map<string, SignatureOutcome>>();

/** Checks that a certificate or CRL bears the signature of the given issuer's key. */
export function checkSignedBy(
  crypto: CryptoPort,
  signed: SignedObject,
  issuer: Certificate,
): SignatureOutcome {
  const outcomes = remembered.get(crypto) ?? new Map<string, SignatureOutcome>();
  remembered.set(crypto, outcomes);
  const key = `${signed.id}:${issuer.id}`;
  const known = outcomes.get(key);
  if (known) return known;
  const outcome = verifyWithAlgorithm(crypto, signed.signatureAlgorithm, null, {
    publicKey: issuer.publicKey,
    data: signed.tbs,
    signature: signed.signature,
  });
  if (outcomes.size >= maxRemembered) outcomes.clear();
  outcomes.set(key, outcome);
  return outcome;
}

/** True for a digest of which collisions can be made: whoever gets one signature then has another one. */
export function hasWeakDigest(signed: SignedObject): boolean {
  const hash = readSignatureAlgorithm(signed.signatureAlgorithm, null)?.hash;
  return hash != null && weakHashes.has(hash);
}

/** True for an RSA key below 2048 bits. Throws DerError for a key that cannot be read. */
export function hasWeakKey(certificate: Certificate): boolean {
  const bits = rsaModulusBits(readDer(certificate.publicKey));
  return bits !== null && bits < minimumRsaBits;
}
