import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derOid, derSequence, derSetOf, encodeDer } from '../../../../shared/signing/asn1/der';
import { oids } from '../../../../shared/signing/asn1/oids';
import { utf16Bytes } from '../../../../shared/signing/bytes';
import {
  comparableName,
  nameAttribute,
  nameAttributes,
} from '../../../../shared/signing/certificates/distinguished-name';

const stringTypes = { utf8: 0x0c, printable: 0x13, bmp: 0x1e } as const;

function attribute(
  text: string,
  type: keyof typeof stringTypes = 'utf8',
  oid: string = oids.commonName,
): Uint8Array {
  const bytes = type === 'bmp' ? utf16Bytes(text) : new TextEncoder().encode(text);
  return derSequence(derOid(oid), encodeDer(stringTypes[type], bytes));
}

const nameOf = (...rdns: readonly (readonly Uint8Array[])[]): Uint8Array =>
  derSequence(...rdns.map((attributes) => derSetOf(...attributes)));
const common = (text: string, type?: keyof typeof stringTypes): Uint8Array => nameOf([attribute(text, type)]);

describe('comparison of names (RFC 5280, 7.1)', () => {
  test.each([
    ['case', common('CÔNG ĐOÀN'), common('công đoàn')],
    ['spaces', common('  Công   đoàn '), common('Công đoàn')],
    ['composition of letters', common('Công đoàn'.normalize('NFD')), common('Công đoàn')],
    ['string type', common('Cong doan', 'printable'), common('Cong doan', 'bmp')],
    [
      'order within one RDN',
      nameOf([attribute('a'), attribute('b')]),
      nameOf([attribute('b'), attribute('a')]),
    ],
  ])('%s does not count', (_what, one, two) => {
    expect(comparableName(one)).toBe(comparableName(two));
  });

  test.each([
    ['tone marks', common('Công đoàn'), common('Cong doan')],
    ['order of RDNs', nameOf([attribute('a')], [attribute('b')]), nameOf([attribute('b')], [attribute('a')])],
    ['grouping', nameOf([attribute('a'), attribute('b')]), nameOf([attribute('a')], [attribute('b')])],
    ['attribute type', common('a'), nameOf([attribute('a', 'utf8', oids.organization)])],
  ])('%s counts', (_what, one, two) => {
    expect(comparableName(one)).not.toBe(comparableName(two));
  });

  test('octets that are no UTF-8 are equal only to themselves', () => {
    const broken = (octet: number): Uint8Array =>
      nameOf([derSequence(derOid(oids.commonName), encodeDer(0x0c, Uint8Array.of(octet)))]);
    expect(comparableName(broken(0xff))).not.toBe(comparableName(broken(0xfe)));
    expect(comparableName(broken(0xff))).toBe(comparableName(broken(0xff)));
  });

  test('no text can pass for several attributes', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '=', '+', '"', ',', '\\', '\n', '2.5.4.3='),
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 2, maxLength: 3 }), (one, several) => {
        const parts = several.map((value) => attribute(value));
        expect(comparableName(common(one))).not.toBe(comparableName(nameOf(parts)));
        expect(comparableName(common(one))).not.toBe(comparableName(nameOf(...parts.map((part) => [part]))));
      }),
    );
  });
});

test('attributes are given in NFC, the last one as the most specific', () => {
  const name = nameOf([attribute('Gốc'.normalize('NFD'))], [attribute('Ngọn')]);
  expect(nameAttributes(name, oids.commonName)).toEqual(['Gốc', 'Ngọn']);
  expect(nameAttribute(name, oids.commonName)).toBe('Ngọn');
  expect(nameAttribute(name, oids.organization)).toBeNull();
});
