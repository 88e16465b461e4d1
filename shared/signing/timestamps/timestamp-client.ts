import { AppError } from '../../result/result';
import { DerError } from '../asn1/der';
import { equalBytes } from '../bytes';
import { checkPurpose } from '../certificates/path-purpose';
import type { Certificate } from '../certificates/x509';
import { validatePath } from '../certificates/x509-path';
import { readUsableCertificate } from '../cms/cms-parse';
import type { CryptoPort, HttpPort } from '../ports';
import {
  readTimestampResponse,
  type TimestampImprint,
  timestampNonce,
  timestampRequest,
} from './timestamp-exchange';
import { checkTimestampToken, readTimestampToken, type TimestampToken } from './timestamp-token';

/** Has a digest stamped; gives the DER of a TimeStampToken that was checked against it. */
export type TimestampClient = (imprint: TimestampImprint) => Promise<Uint8Array>;

export type TimestampService = {
  readonly crypto: CryptoPort;
  readonly http: HttpPort;
  readonly url: string;
  /** Our own clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** With anchors (DER), a token whose path does not lead to one of them is refused; `intermediates` help to find it. */
  readonly anchors?: readonly Uint8Array[];
  readonly intermediates?: readonly Uint8Array[];
};

const maxAnswer = 256 * 1024;
/** A token that far from our clock is more likely a fault than a clock; a wrong time of ours would be stamped for good. */
const maxClockDifference = 24 * 3600 * 1000;

/**
 * A timestamp authority over HTTP (RFC 3161 section 3.4). Each token is checked in full before it is given: imprint, nonce,
 * signature, the authority's certificate at that time, and the time itself. Throws TSA_UNREACHABLE, TSA_REJECTED with
 * the authority's own words, TSA_BAD_RESPONSE with the first fault found.
 */
export function httpTimestampClient(service: TimestampService): TimestampClient {
  return async (imprint) => {
    const nonce = timestampNonce(service.crypto);
    const answer = await post(service, timestampRequest(imprint, nonce));
    try {
      const bytes = readTimestampResponse(answer);
      const token = readTimestampToken(bytes, service.crypto);
      await checkAnswer(service, token, imprint, nonce);
      return bytes;
    } catch (error) {
      if (error instanceof DerError) throw badResponse(error.message);
      throw error;
    }
  };
}

function badResponse(reason: string): AppError {
  return new AppError('TSA_BAD_RESPONSE', reason);
}

async function post({ http, url }: TimestampService, request: Uint8Array): Promise<Uint8Array> {
  try {
    const body = { type: 'application/timestamp-query', bytes: request };
    const answer = await http.exchange({ url, body, limit: maxAnswer });
    if (answer.status !== 200) throw new AppError('TSA_UNREACHABLE', `HTTP ${answer.status}`);
    return answer.body;
  } catch (error) {
    if (error instanceof AppError && error.code === 'SERVICE_UNREACHABLE')
      throw new AppError('TSA_UNREACHABLE', error.detail);
    throw error;
  }
}

async function checkAnswer(
  service: TimestampService,
  token: TimestampToken,
  { hash, digest }: TimestampImprint,
  nonce: Uint8Array,
): Promise<void> {
  const { crypto, now } = service;
  if (!token.nonce || !equalBytes(token.nonce, nonce)) throw badResponse('nonce');
  if (token.imprint.hash !== hash) throw badResponse('IMPRINT_MISMATCH');
  const { signer, problems } = await checkTimestampToken(crypto, token, () => digest);
  const [problem] = problems;
  if (problem || !signer) throw badResponse(problem ?? 'NO_SIGNER_CERTIFICATE');
  const usage = checkPurpose(signer, 'timestamp');
  if (usage) throw badResponse(usage);
  if (token.genTime < signer.notBefore || token.genTime > signer.notAfter) throw badResponse('EXPIRED');
  if (Math.abs(token.genTime - now()) > maxClockDifference) throw badResponse('time');
  checkPath(service, token, signer);
}

function checkPath(
  service: TimestampService,
  { genTime, signedData }: TimestampToken,
  leaf: Certificate,
): void {
  const { crypto, anchors, intermediates = [] } = service;
  if (!anchors) return;
  const read = (der: Uint8Array): readonly Certificate[] => readUsableCertificate(der, crypto);
  const { status, code } = validatePath(crypto, {
    leaf,
    pool: [...signedData.certificates, ...intermediates.flatMap(read)],
    anchors: anchors.flatMap(read),
    at: genTime,
    purpose: 'timestamp',
  });
  if (status !== 'trusted') throw badResponse(code);
}
