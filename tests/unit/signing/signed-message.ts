import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  encodeDer,
} from '../../../shared/signing/asn1/der';
import { hashOids, oids } from '../../../shared/signing/asn1/oids';
import { concatBytes } from '../../../shared/signing/bytes';
import { type Change, type Der, date, nobody, same, sequence, signed, tagged } from './der-parts';

export type Key = { readonly privateKey: KeyObject; readonly certificate: Der };

/** A key with a certificate of its own, which nobody has issued. */
export function makeKey(modulusLength = 2048): Key {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const ecdsa = derSequence(derOid('1.2.840.10045.4.3.2'));
  const parts = [
    tagged(0, derInteger(2)),
    derInteger(7),
    ecdsa,
    nobody,
    derSequence(date, date),
    nobody,
    key,
  ];
  return { privateKey, certificate: signed(sequence(parts)) };
}

export type Hash = 'sha1' | 'sha256' | 'sha512';
const signatureOids = {
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha512: '1.2.840.113549.1.1.13',
} as const;
const digestOids = { ...hashOids, sha1: '1.3.14.3.2.26' } as const;

export const digest = (hash: Hash, bytes: Der): Der =>
  new Uint8Array(createHash(hash).update(bytes).digest());
export const attribute = (oid: string, ...values: readonly Der[]): Der =>
  derSequence(derOid(oid), derSetOf(...values));

export type Message = {
  readonly key: Key;
  /** What is signed: the bytes themselves, without attributes. */
  readonly data: Der;
  readonly attributes?: readonly Der[];
  readonly hash?: Hash;
  /** Content inside the message. */
  readonly content?: Der;
  /** The hash that the signature was really made with. */
  readonly signedWith?: Hash;
  readonly signers?: number;
  readonly certificates?: readonly Der[];
  readonly signature?: (signature: Der) => Der;
  readonly algorithm?: string;
  readonly change?: Change;
};

/** The attributes that every signature with attributes has. */
export const usualAttributes = (hash: Hash, data: Der): readonly Der[] => [
  attribute(oids.contentType, derOid(oids.data)),
  attribute(oids.messageDigest, derOctets(digest(hash, data))),
];

/** A CMS SignedData, correct but for what is asked to be otherwise. */
export function signedMessage(message: Message): Der {
  const { key, data, attributes, hash = 'sha256', content, signers = 1, change = same } = message;
  const set = attributes && derSetOf(...attributes);
  const made = new Uint8Array(sign(message.signedWith ?? hash, set ?? data, key.privateKey));
  const info = sequence(
    [
      derInteger(1),
      derSequence(nobody, derInteger(7)),
      derSequence(derOid(digestOids[hash])),
      ...(set ? [concatBytes([Uint8Array.of(0xa0), set.subarray(1)])] : []),
      derSequence(derOid(message.algorithm ?? signatureOids[message.signedWith ?? hash]), derNull),
      derOctets(message.signature?.(made) ?? made),
    ],
    change,
  );
  const parts = (tag: number, values: readonly Der[]): Der => encodeDer(tag, concatBytes([...values]));
  const body = derSequence(
    derInteger(1),
    parts(0x31, []),
    derSequence(derOid(oids.data), ...(content ? [tagged(0, derOctets(content))] : [])),
    parts(0xa0, message.certificates ?? [key.certificate]),
    parts(0x31, Array<Der>(signers).fill(info)),
  );
  return derSequence(derOid(oids.signedData), tagged(0, body));
}
