import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  DerError,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  encodeDer,
} from '../../../shared/signing/asn1/der';
import { oids } from '../../../shared/signing/asn1/oids';
import { concatBytes } from '../../../shared/signing/bytes';
import { parseCms } from '../../../shared/signing/cms/cms-parse';
import {
  bits,
  type Change,
  certificate,
  type Der,
  ecdsa,
  exchange,
  nobody,
  same,
  sequence,
  tagged,
  times,
  without,
} from './der-parts';

describe('RFC 5652, section 5: a signed message', () => {
  const signer = (change: Change = same): Der =>
    sequence([derInteger(1), derSequence(nobody, derInteger(7)), ecdsa, ecdsa, derOctets(bits(1))], change);
  const set = (tag: number, parts: readonly Der[]): Der => encodeDer(tag, concatBytes([...parts]));
  const message = (
    {
      certificates = 0,
      lists = 0,
      signers = [signer()],
    }: { certificates?: number; lists?: number; signers?: readonly Der[] },
    change: Change = same,
    type: string = oids.signedData,
  ): Der => {
    const content = sequence(
      [
        derInteger(1),
        set(0x31, []),
        derSequence(derOid(oids.data)),
        set(
          0xa0,
          times(certificates, () => certificate()),
        ),
        set(
          0xa1,
          times(lists, () => derSequence()),
        ),
        set(0x31, signers),
      ],
      change,
    );
    return derSequence(derOid(type), tagged(0, content));
  };
  const parse = (der: Der) => parseCms(der, nodeCrypto);

  test('64 certificates, 64 lists and 16 signers are read', () => {
    const cms = parse(message({ certificates: 64, lists: 64, signers: times(16, () => signer()) }));
    expect([cms.certificates.length, cms.revocation.crls.length, cms.signerInfos.length]).toEqual([
      64, 64, 16,
    ]);
  });

  test.each<[string, string, Der]>([
    ['data that are not signed', 'SignedData', message({}, same, oids.data)],
    ['no signers', 'SignedData', message({}, without(5))],
    ['two parts', 'SignedData', message({}, without(2))],
    ['a signer without a signature', 'SignerInfo', message({ signers: [signer(without(4))] })],
    [
      'a signature that is no string of octets',
      'SignerInfo',
      message({ signers: [signer(exchange(4, bits(0)))] }),
    ],
    ['65 certificates', 'too many certificates', message({ certificates: 65 })],
    ['65 lists', 'too many revocation lists', message({ lists: 65 })],
    ['17 signers', 'too many signers', message({ signers: times(17, () => signer()) })],
  ])('%s: refused', (_what, reason, der) => {
    expect(() => parse(der)).toThrow(DerError);
    expect(() => parse(der)).toThrow(reason);
  });
});
