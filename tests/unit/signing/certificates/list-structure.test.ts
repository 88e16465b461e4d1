import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { DerError, derInteger, derOctets, derSequence, encodeDer } from '../../../../shared/signing/asn1/der';
import { oids } from '../../../../shared/signing/asn1/oids';
import { findEntry, readCrl } from '../../../../shared/signing/certificates/crl';
import {
  type Change,
  critical,
  type Der,
  date,
  ecdsa,
  exchange,
  extension,
  nobody,
  otherAlgorithm,
  same,
  sequence,
  signed,
  tagged,
  without,
} from '../der-parts';

describe('RFC 5280, section 5.1: a revocation list', () => {
  const entry = (serial: number, ...extensions: readonly Der[]): Der =>
    derSequence(derInteger(serial), date, ...(extensions.length > 0 ? [derSequence(...extensions)] : []));
  const list = (
    { entries = [], extensions = [] }: { entries?: readonly Der[]; extensions?: readonly Der[] },
    inner: Change = same,
  ): Der =>
    signed(
      sequence(
        [
          derInteger(1),
          ecdsa,
          nobody,
          date,
          date,
          derSequence(...entries),
          tagged(0, derSequence(...extensions)),
        ],
        inner,
      ),
    );
  const readList = (der: Der) => readCrl(der, nodeCrypto);

  test('with all its parts', () => {
    const crl = readList(
      list({ entries: [entry(5)], extensions: [extension(oids.crlNumber, derInteger(9))] }),
    );
    expect(crl.number).toBe(9n);
    expect(findEntry(crl, derInteger(5), crl.comparableIssuer)).toMatchObject({ reason: 'unspecified' });
    expect(findEntry(crl, derInteger(6), crl.comparableIssuer)).toBeNull();
  });

  test.each<[string, string, Der]>([
    ['without the time of its issue', 'CRL expected', list({}, without(3))],
    ['another algorithm inside than outside', 'algorithms differ', list({}, exchange(1, otherAlgorithm))],
    [
      'a negative number',
      'CRL number',
      list({ extensions: [extension(oids.crlNumber, encodeDer(0x02, Uint8Array.of(0x80)))] }),
    ],
    [
      'a number without octets',
      'CRL number',
      list({ extensions: [extension(oids.crlNumber, encodeDer(0x02, new Uint8Array(0)))] }),
    ],
    [
      'a number of 33 octets',
      'CRL number',
      list({ extensions: [extension(oids.crlNumber, encodeDer(0x02, new Uint8Array(33).fill(1)))] }),
    ],
    [
      'a number that is a string',
      'CRL number',
      list({ extensions: [extension(oids.crlNumber, derOctets(Uint8Array.of(1)))] }),
    ],
  ])('%s: refused', (_what, reason, der) => {
    expect(() => readList(der)).toThrow(DerError);
    expect(() => readList(der)).toThrow(reason);
  });

  test('more than 64 MB are not even looked at', () => {
    expect(() => readList(new Uint8Array(64 * 1024 * 1024 + 1))).toThrow('CRL too large');
  });

  test('the number of another entry that begins with ours is another number', () => {
    const crl = readList(list({ entries: [derSequence(encodeDer(0x02, Uint8Array.of(5, 6)), date)] }));
    expect(findEntry(crl, encodeDer(0x02, Uint8Array.of(5)), crl.comparableIssuer)).toBeNull();
    const shorter = readList(list({ entries: [entry(5)] }));
    expect(findEntry(shorter, encodeDer(0x02, Uint8Array.of(5, 6)), shorter.comparableIssuer)).toBeNull();
  });

  test('section 5.3: an unknown critical extension of any entry makes the list useless, an uncritical one does not', () => {
    const crl = readList(list({ entries: [entry(4, critical('1.2.3')), entry(5)] }));
    expect(() => findEntry(crl, derInteger(5), crl.comparableIssuer)).toThrow('unknown critical extension');
    const usable = readList(list({ entries: [entry(4, extension('1.2.3')), entry(5)] }));
    expect(findEntry(usable, derInteger(5), usable.comparableIssuer)).not.toBeNull();
  });
});
