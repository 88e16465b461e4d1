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
import { hashOids, oids } from '../../../shared/signing/asn1/oids';
import { concatBytes } from '../../../shared/signing/bytes';
import type { CryptoPort } from '../../../shared/signing/ports';
import { checkTimestampToken, readTimestampToken } from '../../../shared/signing/timestamps/timestamp-token';
import {
  bits,
  type Change,
  type Der,
  ecdsa,
  exchange,
  fullDate,
  nobody,
  same,
  sequence,
  tagged,
  without,
} from './der-parts';

const imprint = (value: Der = derOctets(new Uint8Array(32)), hash: string = hashOids.sha256): Der =>
  derSequence(derSequence(derOid(hash)), value);

const info = (change: Change = same): Der =>
  sequence([derInteger(1), derOid('1.2.3.4.1'), imprint(), derInteger(7), fullDate], change);

/** A signer whose certificate nobody has. */
const signer = derSequence(
  derInteger(1),
  derSequence(nobody, derInteger(7)),
  derSequence(derOid(hashOids.sha256)),
  ecdsa,
  derOctets(bits(1)),
);

const token = (content: readonly Der[], type: string = oids.timestampInfo): Der =>
  derSequence(
    derOid(oids.signedData),
    tagged(
      0,
      derSequence(
        derInteger(3),
        encodeDer(0x31, new Uint8Array(0)),
        derSequence(derOid(type), ...content),
        encodeDer(0x31, signer),
      ),
    ),
  );
const around = (content: Der): Der => token([tagged(0, derOctets(content))]);
const read = (der: Der) => readTimestampToken(der, nodeCrypto);

describe('RFC 3161, section 2.4.2: TSTInfo', () => {
  test('with all its parts', () => {
    expect(read(around(info()))).toMatchObject({
      genTime: Date.UTC(2026, 0, 1),
      imprint: { hash: 'sha256' },
      policy: '1.2.3.4.1',
      nonce: null,
    });
  });

  test.each<[string, string, Der]>([
    ['other content', 'TSTInfo', token([tagged(0, derOctets(info()))], oids.data)],
    ['no content', 'TSTInfo', token([])],
    ['a set', 'TSTInfo', around(encodeDer(0x31, info().subarray(2)))],
    [
      'something behind it, which another reader may take for it',
      'TSTInfo',
      around(concatBytes([info(), info()])),
    ],
    ['no time', 'TSTInfo', around(info(without(4)))],
    ['a serial number that is no INTEGER', 'TSTInfo', around(info(exchange(3, bits(7))))],
    ['another version', 'TSTInfo', around(info(exchange(0, derInteger(2))))],
    ['an imprint that is no string of octets', 'MessageImprint', around(info(exchange(2, imprint(bits(0)))))],
  ])('%s: refused', (_what, reason, der) => {
    expect(() => read(der)).toThrow(DerError);
    expect(() => read(der)).toThrow(reason);
  });

  test.each([
    ['nobody knows', '1.2.3'],
    ['the platform cannot compute', hashOids.sha384],
  ])('an imprint by a hash that %s proves nothing', async (_who, hash) => {
    const crypto: CryptoPort = { ...nodeCrypto, supportsHash: (name) => name !== 'sha384' };
    const problems = async (der: Der) =>
      (await checkTimestampToken(crypto, read(der), () => new Uint8Array(32))).problems;
    expect(await problems(around(info()))).toEqual(['NO_SIGNER_CERTIFICATE']);
    expect(await problems(around(info(exchange(2, imprint(undefined, hash)))))).toEqual([
      'NO_SIGNER_CERTIFICATE',
      'ALGORITHM_UNSUPPORTED',
    ]);
  });
});
