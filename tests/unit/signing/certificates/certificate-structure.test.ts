import { rsaModulusBits } from '@shared/signing/certificates/signature-algorithm';
import { checkSignerCertificate } from '@shared/signing/certificates/signer-certificate';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import {
  bytesOf,
  childrenOf,
  DerError,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  encodeDer,
  readDer,
} from '../../../../shared/signing/asn1/der';
import { oids } from '../../../../shared/signing/asn1/oids';
import { latin1Bytes } from '../../../../shared/signing/bytes';
import {
  readCrlScope,
  readDistributionPoints,
} from '../../../../shared/signing/certificates/distribution-point';
import { readCertificate } from '../../../../shared/signing/certificates/x509';
import {
  bits,
  certificate,
  certificateParts,
  type Der,
  date,
  ecdsa,
  exchange,
  extension,
  otherAlgorithm,
  same,
  tagged,
  times,
  without,
} from '../der-parts';

const read = (der: Der) => readCertificate(der, nodeCrypto);

describe('RFC 5280, section 4.1: a certificate', () => {
  test('with all its parts', () => {
    expect(read(certificate([extension('1.2.3')]))).toMatchObject({ serial: derInteger(7) });
  });

  test.each<[string, string, Der]>([
    [
      'a fourth part, which nobody has signed',
      'signed structure',
      certificate([], same, (parts) => [...parts, derNull]),
    ],
    ['no signature', 'signed structure', certificate([], same, without(2))],
    [
      'a signature that is no BIT STRING',
      'signed structure',
      certificate([], same, exchange(2, derOctets(bits(0)))),
    ],
    [
      'a set in the place of what is signed',
      'signed structure',
      certificate([], same, exchange(0, encodeDer(0x31, derNull))),
    ],
    ['a set around it', 'signed structure', encodeDer(0x31, certificate().subarray(2))],
    ['a signature that ends within an octet', 'whole octets', certificate([], same, exchange(2, bits(1, 2)))],
    ['no key', 'certificate expected', certificate([], without(6))],
    [
      'another algorithm inside than outside',
      'algorithms differ',
      certificate([], exchange(2, otherAlgorithm)),
    ],
    ['the same extension twice', 'extension twice', certificate([extension('1.2.3'), extension('1.2.3')])],
    ['an extension without a value', 'extension expected', certificate([derSequence(derOid('1.2.3'))])],
    ['an empty extension', 'extension expected', certificate([derSequence()])],
    [
      'a time without seconds',
      'time expected',
      certificate([], exchange(4, derSequence(date, encodeDer(0x17, latin1Bytes('2601010000Z'))))),
    ],
    ['1001 extensions', 'too many extensions', certificate(times(1001, (i) => extension(`1.2.3.${i}`)))],
  ])('%s: refused', (_what, reason, der) => {
    expect(() => read(der)).toThrow(DerError);
    expect(() => read(der)).toThrow(reason);
  });

  test('1000 extensions are read', () => {
    expect(read(certificate(times(1000, (i) => extension(`1.2.3.${i}`)))).extensions.size).toBe(1000);
  });
});

describe('RFC 5280, section 4.2.1.13: distribution points', () => {
  const point = (...parts: readonly Der[]): Der => derSequence(...parts);
  const placed = (...points: readonly Der[]) =>
    readDistributionPoints(
      read(certificate([extension(oids.crlDistributionPoints, derSequence(...points))])),
    );
  const uri = encodeDer(0x86, latin1Bytes('http://vi.du/a.crl'));
  const full = tagged(0, tagged(0, uri));

  test('32 are read, 33 refused', () => {
    expect(placed(...times(32, () => point(full)))).toHaveLength(32);
    expect(() => placed(...times(33, () => point(full)))).toThrow('too many distribution points');
  });

  test('a name may be relative to that of the issuer', () => {
    const part = derSequence(derOid('2.5.4.3'), encodeDer(0x0c, latin1Bytes('DS 1')));
    expect(placed(point(tagged(0, tagged(1, part))))[0]?.names).toHaveLength(1);
  });

  test('section 5.2.5: what a list says not to be is not what it is only about', () => {
    const only = (octet: number) =>
      readCrlScope({ critical: true, value: derSequence(encodeDer(0x82, Uint8Array.of(octet))) }, '');
    expect([only(0xff), only(0)].map(({ onlyCaCertificates }) => onlyCaCertificates)).toEqual([true, false]);
  });

  test('a name that is neither full nor relative to the issuer is refused', () => {
    expect(placed(point(full))[0]?.names).toHaveLength(1);
    expect(() => placed(point(tagged(0, tagged(2, uri))))).toThrow('distribution point name expected');
  });
});

test('the parts that these tests build are what they say', () => {
  const [tbs] = childrenOf(readDer(certificate([extension('1.2.3')])));
  expect(tbs && childrenOf(tbs).map(bytesOf)).toEqual(certificateParts([extension('1.2.3')]));
});

test('RFC 5280, section 4.1.2.7: a key without its parts is none', () => {
  expect(() => rsaModulusBits(readDer(derSequence()))).toThrow('public key expected');
  expect(rsaModulusBits(readDer(derSequence(ecdsa, bits(0, 4))))).toBeNull();
});

test('a certificate of a container that cannot be read: P12_DAMAGED', () => {
  expect(() => checkSignerCertificate(nodeCrypto, derSequence(), 0)).toThrow('P12_DAMAGED');
});
