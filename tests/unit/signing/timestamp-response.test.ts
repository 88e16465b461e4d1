import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/result/result';
import { DerError, derInteger, derSequence, encodeDer } from '../../../shared/signing/asn1/der';
import { latin1Bytes } from '../../../shared/signing/bytes';
import { readTimestampResponse } from '../../../shared/signing/timestamps/timestamp-exchange';

const token = derSequence(derInteger(7));
const answer = (status: Uint8Array, ...rest: Uint8Array[]): Uint8Array =>
  derSequence(derSequence(status, ...rest.slice(1)), ...rest.slice(0, 1));

describe('RFC 3161, section 2.4.2: the answer of an authority', () => {
  test.each([0, 1])('status %i: the token, as it stands', (status) => {
    expect(readTimestampResponse(answer(derInteger(status), token))).toEqual(token);
  });

  test.each([2, 3, 4, 5])('status %i: refused, with its number or the words of the authority', (status) => {
    const words = derSequence(encodeDer(0x0c, latin1Bytes('no\ntoday')));
    const refusal = (der: Uint8Array): unknown => {
      try {
        return readTimestampResponse(der);
      } catch (error) {
        return error instanceof AppError ? `${error.code} ${error.detail}` : error;
      }
    };
    expect(refusal(answer(derInteger(status)))).toBe(`TSA_REJECTED status ${status}`);
    expect(refusal(answer(derInteger(status), token, words))).toBe('TSA_REJECTED no today');
  });

  test.each<[string, Uint8Array]>([
    ['that is no INTEGER', encodeDer(0x0a, Uint8Array.of(0))],
    ['of two octets that begin like a granted one', encodeDer(0x02, Uint8Array.of(0, 2))],
    ['of no octet', encodeDer(0x02, new Uint8Array(0))],
  ])('a status %s is none', (_what, status) => {
    expect(() => readTimestampResponse(answer(status, token))).toThrow(DerError);
  });

  test('an answer without a status, and a granted one without a token', () => {
    expect(() => readTimestampResponse(derSequence())).toThrow(DerError);
    expect(() => readTimestampResponse(answer(derInteger(0)))).toThrow(DerError);
  });
});
