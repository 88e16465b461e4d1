import { DerError } from '../asn1/der';
import { oids } from '../asn1/oids';
import { derBlocks } from '../asn1/pem';
import { equalBytes } from '../bytes';
import { type Crl, readCrl } from '../certificates/crl';
import { type OcspResponse, readOcspResponse } from '../certificates/ocsp';
import { ocspRequest } from '../certificates/ocsp-request';
import { checkRevocation } from '../certificates/revocation';
import type { Certificate } from '../certificates/x509';
import type { CryptoPort, HttpPort } from '../ports';
import { Downloads } from './downloads';
import { findIssuer, nameOf, walkUp } from './issuer-search';
import { readReceivedCertificates } from './received-certificates';
import { crlAddresses, issuerAddresses, ocspAddresses } from './service-addresses';

export type ValidationDataQuery = {
  readonly crypto: CryptoPort;
  readonly http: HttpPort;
  /** Whose chains are to be completed: signers of documents and of timestamps. */
  readonly certificates: readonly Certificate[];
  /** Certificates that are at hand. */
  readonly pool: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly known: { readonly crls: readonly Crl[]; readonly ocsps: readonly OcspResponse[] };
};

/** What was fetched, as DER; `missing` are the common names of certificates whose issuer or status stayed unknown. */
export type FetchedValidationData = {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly missing: readonly string[];
};

const certificateLimit = 1024 * 1024;
const ocspLimit = 256 * 1024;
const crlLimit = 32 * 1024 * 1024;

/**
 * Fetches what is missing to check certificates up to an anchor: issuers by caIssuers, the status of each by OCSP and
 * else by its revocation list (RFC 5280 section 4.2.2.1), also of OCSP responders. A service that fails never stops the
 * rest; what it left open is named in `missing`.
 */
export async function fetchValidationData(query: ValidationDataQuery): Promise<FetchedValidationData> {
  const search = new ValidationDataSearch(query);
  for (const certificate of query.certificates) await search.complete(certificate);
  return search.result();
}

class ValidationDataSearch {
  private readonly query: ValidationDataQuery;
  private readonly downloads: Downloads;
  private readonly done = new Set<string>();
  private readonly certificates = new Map<string, Certificate>();
  private readonly crls: Crl[] = [];
  private readonly ocsps: OcspResponse[] = [];
  private readonly missing = new Set<string>();

  constructor(query: ValidationDataQuery) {
    this.query = query;
    this.downloads = new Downloads(query.http);
  }

  result(): FetchedValidationData {
    return {
      certificates: [...this.certificates.values()].map(({ der }) => der),
      crls: this.crls.map(({ der }) => der),
      ocsps: this.ocsps.map(({ der }) => der),
      missing: [...this.missing],
    };
  }

  /** Completes the chain of one certificate upwards. */
  async complete(leaf: Certificate): Promise<void> {
    const { anchors } = this.query;
    await walkUp(leaf, anchors, async (certificate) => {
      const issuer = this.knownIssuer(certificate) ?? (await this.fetchIssuer(certificate));
      if (!issuer) this.missing.add(nameOf(certificate));
      else if (!this.done.has(certificate.id)) {
        this.done.add(certificate.id);
        await this.completeStatus(certificate, issuer);
      }
      return issuer;
    });
  }

  private get pool(): readonly Certificate[] {
    const { anchors, pool } = this.query;
    return [...anchors, ...pool, ...this.certificates.values()];
  }

  private knownIssuer(certificate: Certificate): Certificate | null {
    return findIssuer(this.query.crypto, certificate, this.pool);
  }

  private async fetchIssuer(certificate: Certificate): Promise<Certificate | null> {
    for (const url of issuerAddresses(certificate)) {
      const body = await this.downloads.get({ url, limit: certificateLimit });
      for (const received of body ? readReceivedCertificates(body, this.query.crypto) : [])
        this.certificates.set(received.id, received);
      const issuer = this.knownIssuer(certificate);
      if (issuer) return issuer;
    }
    return null;
  }

  private async completeStatus(certificate: Certificate, issuer: Certificate): Promise<void> {
    if (this.isStatusKnown(certificate, issuer)) return;
    if (await this.fetchOcsp(certificate, issuer)) return;
    if (await this.fetchCrl(certificate, issuer)) return;
    this.missing.add(nameOf(certificate));
  }

  private isStatusKnown(certificate: Certificate, issuer: Certificate): boolean {
    const { crypto, now, anchors, known } = this.query;
    const crls = [...known.crls, ...this.crls];
    const ocsps = [...known.ocsps, ...this.ocsps];
    const query = { certificate, issuer, at: now, now, pool: this.pool, anchors, crls, ocsps };
    return checkRevocation(crypto, query).status !== 'unknown';
  }

  private async fetchOcsp(certificate: Certificate, issuer: Certificate): Promise<boolean> {
    const { crypto } = this.query;
    for (const url of ocspAddresses(certificate)) {
      const { bytes, nonce } = ocspRequest(crypto, certificate, issuer);
      const body = { type: 'application/ocsp-request', bytes };
      const answer = await this.downloads.get({ url, body, limit: ocspLimit });
      const [response] = answer ? readable(() => readOcspResponse(answer, crypto)) : [];
      // Responders may leave the nonce out, but another one is the answer to somebody else (RFC 8954 section 2.1).
      if (!response || (response.nonce && !equalBytes(response.nonce, nonce))) continue;
      this.ocsps.push(response);
      if (this.isStatusKnown(certificate, issuer)) {
        for (const responder of response.certificates) await this.completeResponder(responder);
        return true;
      }
      this.ocsps.pop();
    }
    return false;
  }

  /** A responder with ocsp-nocheck needs no status for as long as it is valid (RFC 6960 section 4.2.2.2.1). */
  private async completeResponder(responder: Certificate): Promise<void> {
    this.certificates.set(responder.id, responder);
    if (!responder.extensions.has(oids.ocspNoCheck)) await this.complete(responder);
  }

  private async fetchCrl(certificate: Certificate, issuer: Certificate): Promise<boolean> {
    for (const url of crlAddresses(certificate)) {
      const answer = await this.downloads.get({ url, limit: crlLimit });
      const lists = answer ? derBlocks(answer, 'X509 CRL') : [];
      this.crls.push(...lists.flatMap((der) => readable(() => readCrl(der, this.query.crypto))));
      if (this.isStatusKnown(certificate, issuer)) return true;
    }
    return false;
  }
}

/** What a service sent and cannot be read is passed over, as if it had not answered. */
function readable<T>(read: () => T): readonly T[] {
  try {
    return [read()];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
