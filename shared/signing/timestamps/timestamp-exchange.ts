import { AppError } from '../../result/result';
import {
  bytesOf,
  childrenOf,
  contentOf,
  DerError,
  type DerNode,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  encodeDer,
  readDer,
} from '../asn1/der';
import { hashOids } from '../asn1/oids';
import type { CryptoPort, SigningHash } from '../ports';

/** What is stamped: the digest of the data, and the hash that made it. */
export type TimestampImprint = { readonly hash: SigningHash; readonly digest: Uint8Array };

const nonceLength = 16;
const maxStatusText = 200;
/** PKIStatus of a token that was granted, as asked or with modifications (RFC 3161 section 2.4.2). */
const grantedStatuses: readonly number[] = [0, 1];

/** Content octets of a positive INTEGER that nobody can foresee. */
export function timestampNonce(crypto: CryptoPort): Uint8Array {
  const nonce = Uint8Array.from(crypto.random(nonceLength));
  // The highest bits 01 make it positive and in shortest form.
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}

/** DER TimeStampReq with nonce and with the request for the authority's certificate (RFC 3161 section 2.4.1). */
export function timestampRequest({ hash, digest }: TimestampImprint, nonce: Uint8Array): Uint8Array {
  const algorithm = derSequence(derOid(hashOids[hash]), derNull);
  return derSequence(
    derInteger(1),
    derSequence(algorithm, derOctets(digest)),
    encodeDer(0x02, nonce),
    encodeDer(0x01, Uint8Array.of(0xff)),
  );
}

/** The TimeStampToken of a TimeStampResp, verbatim. Throws TSA_REJECTED, and {@link DerError} for anything else. */
export function readTimestampResponse(der: Uint8Array): Uint8Array {
  const [info, token] = childrenOf(readDer(der));
  const [status, text] = info ? childrenOf(info) : [];
  if (status?.tag !== 0x02 || contentOf(status).length !== 1) throw new DerError('PKIStatusInfo expected');
  const code = contentOf(status)[0] ?? 0;
  if (!grantedStatuses.includes(code))
    throw new AppError('TSA_REJECTED', text?.tag === 0x30 ? statusText(text) : `status ${code}`);
  if (!token) throw new DerError('TimeStampToken expected');
  return bytesOf(token);
}

/** The authority's own words, cut to what fits on a line; control characters are not for a log. */
function statusText(node: DerNode): string {
  const words = childrenOf(node).map((part) => new TextDecoder('utf-8').decode(contentOf(part)));
  return words
    .join(' ')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, maxStatusText);
}
