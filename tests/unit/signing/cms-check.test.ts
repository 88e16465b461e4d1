import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { derOctets, derOid, derSequence } from '../../../shared/signing/asn1/der';
import { hashOids, oids } from '../../../shared/signing/asn1/oids';
import { checkContents } from '../../../shared/signing/check/contents-check';
import type { CryptoPort } from '../../../shared/signing/ports';
import type { Der } from './der-parts';
import { attribute, digest, type Message, makeKey, signedMessage, usualAttributes } from './signed-message';

const data = new TextEncoder().encode('Kế hoạch kiểm tra đồng cấp năm 2026');
const key = makeKey();

/** The problems of a signature over the data, whose place in the file is sound. */
async function problemsOf(
  subFilter: string,
  message: Partial<Message>,
  crypto: CryptoPort = nodeCrypto,
): Promise<readonly string[]> {
  const { problems } = await checkContents(
    crypto,
    memorySource(data),
    {
      sound: true,
      dict: new Map(),
      byteRange: [0, data.length, data.length, 0],
      end: data.length,
      contents: signedMessage({ key, data, ...message }),
      coverage: 'whole-file',
      problems: [],
    },
    subFilter,
  );
  return problems;
}

const named = (hash: 'sha256' | 'sha512', value: Der): Der =>
  attribute(
    oids.signingCertificateV2,
    derSequence(derSequence(derSequence(derSequence(derOid(hashOids[hash])), derOctets(value)))),
  );
const usual = usualAttributes('sha256', data);

describe('adbe.pkcs7.detached', () => {
  const problems = (message: Partial<Message>, crypto?: CryptoPort) =>
    problemsOf('adbe.pkcs7.detached', message, crypto);

  test('with attributes, and without', async () => {
    expect(await problems({ attributes: usual })).toEqual([]);
    expect(await problems({})).toEqual([]);
  });

  test.each<[string, Partial<Message>]>([
    ['SIGNATURE_WRONG', { attributes: usual, signature: (made) => made.map((byte) => byte ^ 1) }],
    ['SIGNATURE_WRONG', { signature: (made) => made.map((byte) => byte ^ 1) }],
    ['SIGNATURE_WRONG', { attributes: usual, signedWith: 'sha512' }],
    ['SIGNATURE_WRONG', { signedWith: 'sha512' }],
    ['NO_SIGNER_CERTIFICATE', { attributes: usual, certificates: [] }],
    ['NO_SIGNER_CERTIFICATE', { certificates: [] }],
    ['SIGNER_INFO_COUNT', { attributes: usual, signers: 2 }],
    ['SIGNER_INFO_COUNT', { signers: 2 }],
    ['CONTENT_TYPE_WRONG', { attributes: usual.slice(1) }],
    [
      'CONTENT_TYPE_WRONG',
      { attributes: [attribute(oids.contentType, derOid(oids.signedData)), ...usual.slice(1)] },
    ],
    [
      'CONTENT_TYPE_WRONG',
      { attributes: [attribute(oids.contentType, derOid(oids.data), derOid(oids.data)), ...usual.slice(1)] },
    ],
    ['NO_MESSAGE_DIGEST', { attributes: usual.slice(0, 1) }],
    ['DIGEST_MISMATCH', { attributes: usualAttributes('sha256', data.subarray(1)) }],
    ['SIGNING_CERTIFICATE_MISMATCH', { attributes: [...usual, named('sha256', digest('sha256', data))] }],
    ['WEAK_DIGEST', { hash: 'sha1', attributes: usualAttributes('sha1', data) }],
    ['WEAK_DIGEST', { hash: 'sha1' }],
    ['ALGORITHM_UNSUPPORTED', { attributes: usual, algorithm: '1.2.3' }],
    ['ALGORITHM_UNSUPPORTED', { algorithm: '1.2.3' }],
  ])('%s', async (problem, message) => {
    expect(await problems(message)).toEqual([problem]);
  });

  test('a key of 1024 bits: WEAK_KEY', async () => {
    const weak = makeKey(1024);
    expect(await problems({ key: weak, attributes: usual })).toEqual(['WEAK_KEY']);
    expect(await problems({ key: weak })).toEqual(['WEAK_KEY']);
  });

  test('the hash of another certificate by another digest is compared as well', async () => {
    expect(
      await problems({ attributes: [...usual, named('sha512', digest('sha512', key.certificate))] }),
    ).toEqual([]);
  });
});

describe('ETSI.CAdES.detached', () => {
  const problems = (message: Partial<Message>) => problemsOf('ETSI.CAdES.detached', message);
  const own = named('sha256', digest('sha256', key.certificate));

  test('names its certificate', async () => {
    expect(await problems({ attributes: [...usual, own] })).toEqual([]);
    expect(await problems({ attributes: usual })).toEqual(['NO_SIGNING_CERTIFICATE_ATTRIBUTE']);
    const empty = attribute(oids.signingCertificateV2, derSequence(derSequence(derSequence())));
    expect(await problems({ attributes: [...usual, empty] })).toEqual(['NO_SIGNING_CERTIFICATE_ATTRIBUTE']);
  });

  test('has attributes', async () => {
    expect(await problems({})).toEqual(['NO_SIGNED_ATTRIBUTES']);
  });
});

describe('adbe.pkcs7.sha1: the content is the SHA-1 of what is covered', () => {
  const problems = (content: Der, message: Partial<Message> = {}, crypto?: CryptoPort) =>
    problemsOf(
      'adbe.pkcs7.sha1',
      { content, attributes: usualAttributes('sha256', content), ...message },
      crypto,
    );
  const right = digest('sha1', data);

  test('which is weak, and else right', async () => {
    expect(await problems(right)).toEqual(['WEAK_DIGEST']);
  });

  test.each<[string, Der]>([
    ['a part of it', right.subarray(0, 10)],
    ['nothing', new Uint8Array(0)],
    ['another', digest('sha1', right)],
  ])('%s is not enough: DIGEST_MISMATCH', async (_what, content) => {
    expect(await problems(content)).toEqual(['WEAK_DIGEST', 'DIGEST_MISMATCH']);
  });

  test('where the platform has no SHA-1, and where the digest is unknown: ALGORITHM_UNSUPPORTED', async () => {
    const crypto: CryptoPort = { ...nodeCrypto, supportsHash: (name) => name !== 'sha1' };
    expect(await problems(right, {}, crypto)).toEqual(['ALGORITHM_UNSUPPORTED']);
  });
});

test('any other kind of signature: UNSUPPORTED_SUBFILTER', async () => {
  expect(await problemsOf('adbe.x509.rsa_sha1', { attributes: usual })).toEqual(['UNSUPPORTED_SUBFILTER']);
});
