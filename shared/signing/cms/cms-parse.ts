import {
  bytesOf,
  childAt,
  childrenOf,
  contentOf,
  DerError,
  type DerNode,
  oidOf,
  readDer,
  toDefiniteLength,
} from '../asn1/der';
import { hashByOid, oids } from '../asn1/oids';
import { concatBytes } from '../bytes';
import { type Certificate, readCertificate } from '../certificates/x509';
import type { CryptoPort, HashName } from '../ports';

export type CmsSignerInfo = {
  /** IssuerAndSerialNumber, or a subject key identifier under tag 0x80. */
  readonly signerId: DerNode;
  /** null for a digest algorithm that is not known. */
  readonly digest: HashName | null;
  /** Values by attribute type; null when the signature has no signed attributes. */
  readonly attributes: ReadonlyMap<string, readonly DerNode[]> | null;
  /** The attributes as the SET OF that was signed. */
  readonly attributesDer: Uint8Array;
  /** Unsigned values by attribute type, such as a timestamp of the signature. */
  readonly unsignedAttributes: ReadonlyMap<string, readonly DerNode[]>;
  readonly signatureAlgorithm: DerNode;
  readonly signature: Uint8Array;
};

export type CmsSignedData = {
  readonly certificates: readonly Certificate[];
  /** DER of the revocation lists and OCSP answers beside them (RFC 5652 section 10.2.1, RFC 5940). */
  readonly revocation: { readonly crls: readonly Uint8Array[]; readonly ocsps: readonly Uint8Array[] };
  readonly contentType: string;
  /** Content inside the CMS, which a detached signature must not have and a timestamp token must. */
  readonly content: Uint8Array | null;
  readonly signerInfos: readonly CmsSignerInfo[];
};

/** Bound on the certificates taken from one received CMS. */
const maxCertificates = 64;
const maxRevocation = 64;
/** A signature in a PDF has one signer (EN 319 142-1, 6.3); more are read only to be refused. */
const maxSigners = 16;

/** Reads a CMS SignedData (RFC 5652 section 5), BER or DER. Throws {@link DerError} for anything else. */
export function parseCms(bytes: Uint8Array, crypto: CryptoPort): CmsSignedData {
  const contentInfo = readDer(toDefiniteLength(bytes));
  if (oidOf(childAt(contentInfo, 0)) !== oids.signedData) throw new DerError('SignedData expected');
  const parts = childrenOf(childAt(childAt(contentInfo, 1), 0));
  const encapsulated = parts[2];
  const signerInfos = parts[parts.length - 1];
  if (!encapsulated || signerInfos?.tag !== 0x31) throw new DerError('SignedData expected');
  const certificateSet = parts.find((part) => part.tag === 0xa0);
  const certificateNodes = certificateSet ? childrenOf(certificateSet) : [];
  if (certificateNodes.length > maxCertificates) throw new DerError('too many certificates');
  const signerNodes = childrenOf(signerInfos);
  if (signerNodes.length > maxSigners) throw new DerError('too many signers');
  return {
    certificates: certificateNodes
      .filter((node) => node.tag === 0x30)
      .flatMap((node) => readUsableCertificate(bytesOf(node), crypto)),
    revocation: readRevocation(parts.find((part) => part.tag === 0xa1)),
    contentType: oidOf(childAt(encapsulated, 0)),
    content: readContent(childrenOf(encapsulated)[1]),
    signerInfos: signerNodes.map(parseSignerInfo),
  };
}

function readRevocation(holder: DerNode | undefined): CmsSignedData['revocation'] {
  const choices = holder ? childrenOf(holder) : [];
  if (choices.length > maxRevocation) throw new DerError('too many revocation lists');
  const others = choices.filter((node) => node.tag === 0xa1).map(childrenOf);
  return {
    crls: choices.filter((node) => node.tag === 0x30).map(bytesOf),
    ocsps: others.flatMap(([format, answer]) =>
      format && answer && oidOf(format) === oids.ocspRevocationInfo ? [bytesOf(answer)] : [],
    ),
  };
}

/** A certificate that cannot be read is as good as absent: the path or the signer search then fails with its own code. */
export function readUsableCertificate(der: Uint8Array, crypto: CryptoPort): readonly Certificate[] {
  try {
    return [readCertificate(der, crypto)];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}

function readContent(holder: DerNode | undefined): Uint8Array | null {
  return holder ? contentOf(childAt(holder, 0)) : null;
}

function parseSignerInfo(node: DerNode): CmsSignerInfo {
  const [, signerId, digestAlgorithm, ...rest] = childrenOf(node);
  const attributesNode = rest[0]?.tag === 0xa0 ? rest[0] : null;
  const [signatureAlgorithm, signature, unsigned] = attributesNode ? rest.slice(1) : rest;
  if (!signerId || !digestAlgorithm || !signatureAlgorithm || signature?.tag !== 0x04)
    throw new DerError('SignerInfo expected');
  return {
    signerId,
    digest: hashByOid.get(oidOf(childAt(digestAlgorithm, 0))) ?? null,
    attributes: attributesNode ? readAttributes(attributesNode) : null,
    attributesDer: attributesNode
      ? concatBytes([Uint8Array.of(0x31), bytesOf(attributesNode).subarray(1)])
      : new Uint8Array(0),
    unsignedAttributes: unsigned?.tag === 0xa1 ? readAttributes(unsigned) : new Map(),
    signatureAlgorithm,
    signature: contentOf(signature),
  };
}

function readAttributes(node: DerNode): ReadonlyMap<string, readonly DerNode[]> {
  const attributes = new Map<string, DerNode[]>();
  for (const attribute of childrenOf(node)) {
    const oid = oidOf(childAt(attribute, 0));
    const values = attributes.get(oid) ?? [];
    for (const value of childrenOf(childAt(attribute, 1))) values.push(value);
    attributes.set(oid, values);
  }
  return attributes;
}
