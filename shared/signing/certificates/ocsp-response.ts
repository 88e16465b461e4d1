import { bytesOf, childAt, childrenOf, contentOf, DerError, type DerNode, oidOf, readDer } from '../asn1/der';
import { readGeneralizedTime } from '../asn1/der-time';
import { hashByOid, oids } from '../asn1/oids';
import { readUsableCertificate } from '../cms/cms-parse';
import type { CryptoPort, HashName } from '../ports';
import { comparableName } from './distinguished-name';
import { readSignatureAlgorithm } from './signature-algorithm';
import type { Certificate } from './x509';

/** What one response says about one certificate. Times are milliseconds since 1970. */
export type OcspSingle = {
  /** Digest of the identifiers below; null for an algorithm that is not known. */
  readonly hash: HashName | null;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** DER INTEGER. */
  readonly serial: Uint8Array;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: number | null;
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
  /** Since when the responder keeps the state of expired certificates (RFC 6960 section 4.4.4). */
  readonly archiveCutoff: number | null;
};

/** A BasicOCSPResponse as it was read; nothing of it has been checked yet. */
export type OcspResponse = {
  readonly der: Uint8Array;
  /** The responder by its comparable name or by the SHA-1 of its key. */
  readonly responder:
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'key'; readonly hash: Uint8Array };
  readonly producedAt: number;
  readonly nonce: Uint8Array | null;
  readonly singles: readonly OcspSingle[];
  readonly certificates: readonly Certificate[];
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: DerNode;
  readonly signature: Uint8Array;
};

const maxSingles = 1000;
const maxCertificates = 64;

/** Reads a successful OCSPResponse (RFC 6960 section 4.2.1). Throws {@link DerError} for anything else, also for a refusal. */
export function readOcspResponse(der: Uint8Array, crypto: CryptoPort): OcspResponse {
  const top = readDer(der);
  const [status, holder] = childrenOf(top);
  if (status?.tag !== 0x0a || contentOf(status).length !== 1) throw new DerError('OCSPResponse expected');
  if (contentOf(status)[0] !== 0 || holder?.tag !== 0xa0) throw new DerError('response without an answer');
  const [type, octets] = childrenOf(childAt(holder, 0));
  if (!type || oidOf(type) !== oids.ocspBasic || octets?.tag !== 0x04)
    throw new DerError('BasicOCSPResponse expected');
  const [tbs, signatureAlgorithm, signature, certificates] = childrenOf(readDer(contentOf(octets)));
  if (!tbs || !signatureAlgorithm || signature?.tag !== 0x03)
    throw new DerError('BasicOCSPResponse expected');
  // Read here so that a response with parts that cannot be read is refused at once.
  readSignatureAlgorithm(signatureAlgorithm, null);
  const certificateNodes = certificates ? childrenOf(childAt(certificates, 0)) : [];
  if (certificateNodes.length > maxCertificates) throw new DerError('too many certificates');
  return {
    der: der.slice(0, top.end),
    ...readResponseData(tbs),
    certificates: certificateNodes.flatMap((node) => readUsableCertificate(bytesOf(node), crypto)),
    tbs: bytesOf(tbs),
    signatureAlgorithm,
    signature: contentOf(signature).subarray(1),
  };
}

function readResponseData(
  tbs: DerNode,
): Pick<OcspResponse, 'responder' | 'producedAt' | 'nonce' | 'singles'> {
  const all = childrenOf(tbs);
  const [responder, producedAt, responses, extensions] = all[0]?.tag === 0xa0 ? all.slice(1) : all;
  if (!responder || !producedAt || !responses) throw new DerError('ResponseData expected');
  const singles = childrenOf(responses);
  if (singles.length > maxSingles) throw new DerError('too many responses');
  return {
    responder: readResponder(responder),
    producedAt: readGeneralizedTime(producedAt),
    nonce: extensionOf(extensions, oids.ocspNonce),
    singles: singles.map(readSingle),
  };
}

function readResponder(node: DerNode): OcspResponse['responder'] {
  const value = childAt(node, 0);
  if (node.tag === 0xa1) return { kind: 'name', name: comparableName(bytesOf(value)) };
  if (node.tag === 0xa2) return { kind: 'key', hash: contentOf(value) };
  throw new DerError('ResponderID expected');
}

function readSingle(node: DerNode): OcspSingle {
  const [id, status, thisUpdate, ...rest] = childrenOf(node);
  if (!id || !status || !thisUpdate) throw new DerError('SingleResponse expected');
  const [algorithm, nameHash, keyHash, serial] = childrenOf(id);
  if (!algorithm || !nameHash || !keyHash || serial?.tag !== 0x02) throw new DerError('CertID expected');
  const next = rest.find((part) => part.tag === 0xa0);
  const cutoff = extensionOf(
    rest.find((part) => part.tag === 0xa1),
    oids.ocspArchiveCutoff,
  );
  return {
    hash: hashByOid.get(oidOf(childAt(algorithm, 0))) ?? null,
    issuerNameHash: contentOf(nameHash),
    issuerKeyHash: contentOf(keyHash),
    serial: bytesOf(serial),
    status: readStatus(status),
    revokedAt: status.tag === 0xa1 ? readGeneralizedTime(childAt(status, 0)) : null,
    thisUpdate: readGeneralizedTime(thisUpdate),
    nextUpdate: next ? readGeneralizedTime(childAt(next, 0)) : null,
    archiveCutoff: cutoff ? readGeneralizedTime(readDer(cutoff)) : null,
  };
}

function readStatus(node: DerNode): OcspSingle['status'] {
  const status = ({ 0x80: 'good', 0xa1: 'revoked', 0x82: 'unknown' } as const)[node.tag];
  if (!status) throw new DerError('CertStatus expected');
  return status;
}

/** Value of one extension under an explicit tag, or null. */
function extensionOf(holder: DerNode | undefined, oid: string): Uint8Array | null {
  for (const extension of holder ? childrenOf(childAt(holder, 0)) : []) {
    const parts = childrenOf(extension);
    const value = parts[parts.length - 1];
    if (value && oidOf(childAt(extension, 0)) === oid) return contentOf(value);
  }
  return null;
}
