import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { derInteger, derOid, derSequence, derSetOf, encodeDer } from '@shared/signing/asn1/der';

/** A certificate for one run of a listener. It says nothing of who listens: that is signed apart, over its fingerprint. */
export type ListenerCertificate = {
  readonly privateKey: KeyObject;
  readonly der: Uint8Array;
  /** SHA-256 of `der`, hex. */
  readonly fingerprint: string;
};

const ecdsaWithSha256 = derSequence(derOid('1.2.840.10045.4.3.2'));
const commonName = derOid('2.5.4.3');
const tags = { bitString: 0x03, utf8String: 0x0c, utcTime: 0x17, generalizedTime: 0x18, version: 0xa0 };

/** A fresh P-256 key in a certificate that it has signed itself (RFC 5280, 4.1); its end is not defined (4.1.2.5). */
export function makeListenerCertificate(name: string): ListenerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = derSequence(derSetOf(derSequence(commonName, text(tags.utf8String, name))));
  const validity = derSequence(
    text(tags.utcTime, '200101000000Z'),
    text(tags.generalizedTime, '99991231235959Z'),
  );
  const body = derSequence(
    encodeDer(tags.version, derInteger(2)),
    serialNumber(),
    ecdsaWithSha256,
    subject,
    validity,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const der = derSequence(body, ecdsaWithSha256, bits(sign('sha256', body, privateKey)));
  return { privateKey, der, fingerprint: createHash('sha256').update(der).digest('hex') };
}

/** Positive, and of the length that RFC 5280, 4.1.2.2 allows. */
function serialNumber(): Uint8Array {
  return encodeDer(0x02, Uint8Array.of(0x40), randomBytes(15));
}

function text(tag: number, value: string): Uint8Array {
  return encodeDer(tag, Buffer.from(value, 'utf8'));
}

function bits(value: Uint8Array): Uint8Array {
  return encodeDer(tags.bitString, Uint8Array.of(0), value);
}
