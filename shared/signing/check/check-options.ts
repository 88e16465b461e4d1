import type { CryptoPort, HttpPort } from '../ports';

/** What a check may rely on. */
export type CheckOptions = {
  readonly crypto: CryptoPort;
  /** DER of the certificates that are trusted. */
  readonly anchors: readonly Uint8Array[];
  /** Further intermediate certificates, and revocation data from files and from the cache, DER. */
  readonly intermediates?: readonly Uint8Array[];
  readonly crls?: readonly Uint8Array[];
  readonly ocsps?: readonly Uint8Array[];
  /** Milliseconds since 1970. Without a proven signing time, certificates are judged now. */
  readonly now: number;
  /** Asks the certification services for what is missing; without it nothing is asked of any network. */
  readonly online?: HttpPort;
};
