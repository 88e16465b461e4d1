import type { SigningHash } from '../ports';

/** Has a digest stamped; gives the DER of a TimeStampToken that was checked against it. */
export type TimestampClient = (imprint: {
  readonly hash: SigningHash;
  readonly digest: Uint8Array;
}) => Promise<Uint8Array>;
