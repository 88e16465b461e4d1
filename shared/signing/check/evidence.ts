import { bytesOf, childAt, childrenOf, DerError, type DerNode } from '../asn1/der';
import { oids } from '../asn1/oids';
import { type Crl, readCrl } from '../certificates/crl';
import { type OcspResponse, readOcspResponse } from '../certificates/ocsp';
import type { Certificate } from '../certificates/x509';
import { type CmsSignedData, readUsableCertificate } from '../cms/cms-parse';
import type { CryptoPort } from '../ports';

/** Certificates and revocation data that a check may use, from wherever they come; nothing of it is trusted yet. */
export type Evidence = {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly Crl[];
  readonly ocsps: readonly OcspResponse[];
};

/** The same as DER. */
export type EncodedEvidence = {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
};

export const noEvidence: Evidence = { certificates: [], crls: [], ocsps: [] };

/** Reads what can be read; a part that cannot is as good as absent, and the status then stays unknown. */
export function readEvidence(crypto: CryptoPort, encoded: EncodedEvidence): Evidence {
  return {
    certificates: encoded.certificates.flatMap((der) => readUsableCertificate(der, crypto)),
    crls: encoded.crls.flatMap((der) => readUsable(() => readCrl(der, crypto))),
    ocsps: encoded.ocsps.flatMap((der) => readUsable(() => readOcspResponse(der, crypto))),
  };
}

/** What a CMS carries: certificates, and revocation data beside them or in Adobe's signed attribute (ISO 32000-1, 12.8.3.3.2). */
export function evidenceOfCms(crypto: CryptoPort, cms: CmsSignedData): Evidence {
  const [archive] = cms.signerInfos[0]?.attributes?.get(oids.adobeRevocationArchival) ?? [];
  const found = archive ? readUsable(() => readArchive(crypto, archive)) : [];
  const beside = readEvidence(crypto, { certificates: [], ...cms.revocation });
  return joinEvidence([{ ...beside, certificates: cms.certificates }, ...found]);
}

function readArchive(crypto: CryptoPort, archive: DerNode): Evidence {
  const listed = (tag: number): readonly Uint8Array[] => {
    const holder = childrenOf(archive).find((node) => node.tag === tag);
    return holder ? childrenOf(childAt(holder, 0)).map(bytesOf) : [];
  };
  return readEvidence(crypto, { certificates: [], crls: listed(0xa0), ocsps: listed(0xa1) });
}

function readUsable<T>(read: () => T): readonly T[] {
  try {
    return [read()];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}

/** All of several, each piece once. */
export function joinEvidence(parts: readonly Evidence[]): Evidence {
  return {
    certificates: [
      ...new Map(parts.flatMap((part) => part.certificates).map((one) => [one.id, one])).values(),
    ],
    crls: [...new Set(parts.flatMap((part) => part.crls))],
    ocsps: [...new Set(parts.flatMap((part) => part.ocsps))],
  };
}
