import { derNull, derOctets, derOid, derSequence, encodeDer } from '../asn1/der';
import { hashOids } from '../asn1/oids';
import { concatBytes } from '../bytes';
import type { SigningHash } from '../ports';

/** What PKCS#1 signatures are made of: the digest with its algorithm, DER `DigestInfo` (RFC 8017 section 9.2). */
export function digestInfo(hash: SigningHash, digest: Uint8Array): Uint8Array {
  return derSequence(derSequence(derOid(hashOids[hash]), derNull), derOctets(digest));
}

/** DER `Ecdsa-Sig-Value` (RFC 3279 section 2.2.3) of a signature that is given as r and s side by side. */
export function ecdsaSignatureValue(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2;
  return derSequence(unsignedInteger(signature.subarray(0, half)), unsignedInteger(signature.subarray(half)));
}

function unsignedInteger(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((octet) => octet !== 0);
  const magnitude = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  const isNegative = (magnitude[0] ?? 0) >= 0x80;
  return encodeDer(0x02, isNegative ? concatBytes([Uint8Array.of(0), magnitude]) : magnitude);
}
