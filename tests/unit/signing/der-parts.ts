import {
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  encodeDer,
} from '../../../shared/signing/asn1/der';
import { concatBytes, latin1Bytes } from '../../../shared/signing/bytes';

/** Builders of the structures that certificates, lists, answers and messages are made of. */
export type Der = Uint8Array<ArrayBufferLike>;

export const tagged = (number: number, ...parts: readonly Der[]): Der =>
  encodeDer(0xa0 + number, concatBytes([...parts]));
export const bits = (...octets: readonly number[]): Der => encodeDer(0x03, Uint8Array.from(octets));
export const times = (count: number, make: (i: number) => Der): readonly Der[] =>
  [...Array(count).keys()].map(make);
export const ecdsa = derSequence(derOid('1.2.840.10045.4.3.2'));
export const otherAlgorithm = derSequence(derOid('1.2.840.10045.4.3.3'));
export const nobody = derSequence();
export const date = encodeDer(0x17, latin1Bytes('260101000000Z'));
export const fullDate = encodeDer(0x18, latin1Bytes('20260101000000Z'));
export const extension = (oid: string, value: Der = derNull): Der =>
  derSequence(derOid(oid), derOctets(value));
export const critical = (oid: string): Der =>
  derSequence(derOid(oid), encodeDer(0x01, bits(0xff).subarray(2)), derOctets(derNull));

/** Leaves out, puts in or exchanges one of the parts of a structure. */
export type Change = (parts: readonly Der[]) => readonly Der[];
export const same: Change = (parts) => parts;
export const without =
  (from: number): Change =>
  (parts) =>
    parts.slice(0, from);
export const exchange =
  (at: number, by: Der): Change =>
  (parts) =>
    parts.with(at, by);

export const sequence = (parts: readonly Der[], change: Change = same): Der => derSequence(...change(parts));

export function signed(tbs: Der, outer: Change = same): Der {
  return sequence([tbs, ecdsa, bits(0, 1)], outer);
}

export const certificateParts = (extensions: readonly Der[]): readonly Der[] => [
  tagged(0, derInteger(2)),
  derInteger(7),
  ecdsa,
  nobody,
  derSequence(date, date),
  nobody,
  derSequence(ecdsa, bits(0, 4)),
  tagged(3, derSequence(...extensions)),
];
export const certificate = (
  extensions: readonly Der[] = [],
  inner: Change = same,
  outer: Change = same,
): Der => signed(sequence(certificateParts(extensions), inner), outer);
