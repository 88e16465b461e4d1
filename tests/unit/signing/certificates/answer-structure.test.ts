import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import {
  DerError,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  encodeDer,
} from '../../../../shared/signing/asn1/der';
import { oids } from '../../../../shared/signing/asn1/oids';
import { readOcspResponse } from '../../../../shared/signing/certificates/ocsp-response';
import {
  bits,
  type Change,
  certificate,
  type Der,
  ecdsa,
  exchange,
  fullDate,
  same,
  sequence,
  tagged,
  times,
  without,
} from '../der-parts';

const enumerated = (...octets: readonly number[]): Der => encodeDer(0x0a, Uint8Array.from(octets));

describe('RFC 6960, section 4.2.1: an answer about a certificate', () => {
  const id = (change: Change = same): Der =>
    sequence(
      [derSequence(derOid('1.3.14.3.2.26')), derOctets(bits(1)), derOctets(bits(2)), derInteger(7)],
      change,
    );
  const good = encodeDer(0x80, new Uint8Array(0));
  const single = (change: Change = same, certId = id()): Der => sequence([certId, good, fullDate], change);
  const data = (singles: readonly Der[] = [single()], change: Change = same): Der =>
    sequence([tagged(2, derOctets(bits(1))), fullDate, derSequence(...singles)], change);
  const basic = (tbs = data(), change: Change = same, more: readonly Der[] = []): Der =>
    sequence([tbs, ecdsa, bits(0, 1), ...more], change);
  const answer = (body = basic(), change: Change = same, type: string = oids.ocspBasic): Der =>
    sequence([enumerated(0), tagged(0, derSequence(derOid(type), derOctets(body)))], change);
  const readAnswer = (der: Der) => readOcspResponse(der, nodeCrypto);

  test('with all its parts', () => {
    expect(readAnswer(answer()).singles).toMatchObject([{ status: 'good', serial: derInteger(7) }]);
  });

  const certificates = (count: number): Der => tagged(0, derSequence(...times(count, () => certificate())));

  test('64 certificates and 1000 single answers are read', () => {
    expect(readAnswer(answer(basic(data(), same, [certificates(64)]))).certificates).toHaveLength(64);
    expect(readAnswer(answer(basic(data(times(1000, () => single()))))).singles).toHaveLength(1000);
  });

  test.each<[string, string, Der]>([
    ['a status that is an INTEGER', 'OCSPResponse', answer(basic(), exchange(0, derInteger(0)))],
    ['a status of two octets', 'OCSPResponse', answer(basic(), exchange(0, enumerated(0, 0)))],
    [
      'a status of refusal with an answer behind it',
      'without an answer',
      answer(basic(), exchange(0, enumerated(6))),
    ],
    ['no answer', 'without an answer', answer(basic(), without(1))],
    ['an answer of another kind', 'BasicOCSPResponse', answer(basic(), same, '1.2.3')],
    [
      'an answer that is no string of octets',
      'BasicOCSPResponse',
      answer(basic(), exchange(1, tagged(0, derSequence(derOid(oids.ocspBasic), basic())))),
    ],
    ['no signature', 'BasicOCSPResponse', answer(basic(data(), without(2)))],
    [
      'a signature that is no BIT STRING',
      'BasicOCSPResponse',
      answer(basic(data(), exchange(2, derOctets(bits(0))))),
    ],
    ['no list of single answers', 'ResponseData', answer(basic(data([], without(2))))],
    ['a single answer without its time', 'SingleResponse', answer(basic(data([single(without(2))])))],
    ['a certificate without its number', 'CertID', answer(basic(data([single(same, id(without(3)))])))],
    [
      'a number that is no INTEGER',
      'CertID',
      answer(basic(data([single(same, id(exchange(3, derOctets(bits(7)))))]))),
    ],
    [
      'a status that is none',
      'CertStatus',
      answer(basic(data([single(exchange(1, encodeDer(0x83, new Uint8Array(0))))]))),
    ],
    ['65 certificates', 'too many certificates', answer(basic(data(), same, [certificates(65)]))],
    ['1001 single answers', 'too many responses', answer(basic(data(times(1001, () => single()))))],
  ])('%s: refused', (_what, reason, der) => {
    expect(() => readAnswer(der)).toThrow(DerError);
    expect(() => readAnswer(der)).toThrow(reason);
  });
});
