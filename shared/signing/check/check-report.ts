import type { PathCode, PathStatus } from '../certificates/path-report';
import type { EncodedEvidence } from './evidence';

/** What keeps one signature from being valid, or what the reader must be told about it. */
export type SignatureProblem =
  // the dictionary and its byte range
  | 'NO_SIGNATURE_DICTIONARY'
  | 'SIGNATURE_SHARED_BY_FIELDS'
  | 'NO_BYTE_RANGE'
  | 'BAD_BYTE_RANGE'
  | 'NO_CONTENTS'
  | 'HOLE_NOT_CONTENTS_ONLY'
  | 'HOLE_NOT_THIS_CONTENTS'
  | 'HOLE_OUTSIDE_DICTIONARY'
  | 'DUPLICATE_KEYS'
  | 'RANGE_NOT_AT_REVISION_END'
  | 'SIGNED_REVISION_UNREADABLE'
  | 'SIGNED_REVISION_DIFFERS'
  | 'PADDING_NOT_ZERO'
  | 'UNSUPPORTED_SUBFILTER'
  // the CMS
  | 'CMS_MALFORMED'
  | 'SIGNER_INFO_COUNT'
  | 'CONTENT_NOT_DETACHED'
  | 'NO_SIGNER_CERTIFICATE'
  | 'NO_SIGNED_ATTRIBUTES'
  | 'CONTENT_TYPE_WRONG'
  | 'NO_MESSAGE_DIGEST'
  | 'DIGEST_MISMATCH'
  | 'NO_SIGNING_CERTIFICATE_ATTRIBUTE'
  | 'SIGNING_CERTIFICATE_MISMATCH'
  | 'SIGNATURE_WRONG'
  | 'ALGORITHM_UNSUPPORTED'
  | 'WEAK_DIGEST'
  | 'WEAK_KEY'
  // the certificate
  | 'CERT_NOT_TRUSTED'
  | 'CERT_PATH_INVALID'
  | 'CERT_EXPIRED'
  | 'CERT_NOT_YET_VALID'
  | 'CERT_REVOKED'
  | 'REVOCATION_UNKNOWN'
  // its timestamp
  | 'TIMESTAMP_WRONG'
  | 'TIMESTAMP_NOT_TRUSTED'
  | 'SIGNED_IN_THE_FUTURE'
  // what came later
  | 'CHANGED_AFTER_SIGNING'
  | 'CONTENT_COVERED_AFTER_SIGNING'
  | 'CHANGES_NOT_ANALYSED';

/** What concerns the whole file. */
export type DocumentProblem =
  | 'NOT_PDF'
  | 'DAMAGED_SIGNED_FILE'
  | 'UNREADABLE'
  | 'ENCRYPTED'
  | 'SIGNATURE_NOT_REACHABLE'
  | 'BYTES_BEFORE_HEADER';

/** Whether the certificates of a path had been revoked at the time that counts. */
export type RevocationReport = {
  /** Common name of the certificate's holder. */
  readonly subject: string;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly source: 'crl' | 'ocsp' | 'none';
  /** Milliseconds since 1970: when the data was issued, and when the certificate was revoked. */
  readonly issuedAt?: number;
  readonly revokedAt?: number;
};

export type PathReport = {
  readonly status: PathStatus;
  readonly code: PathCode;
  /** Common names from the signer up to the anchor; as far as a path was found. */
  readonly path: readonly string[];
  /** One entry for each certificate of the path below the anchor. */
  readonly revocation: readonly RevocationReport[];
};

/** From harmless to forbidden; 'lta' is validation data and document timestamps. */
export type ChangeLevel =
  | 'none'
  | 'lta'
  | 'signatures'
  | 'form-fill'
  | 'annotations'
  | 'disallowed'
  | 'not-analysed';

/** One change made after a signature, for display; `rect` in user space of the page. */
export type DocumentChange = {
  readonly level: Exclude<ChangeLevel, 'none' | 'not-analysed'>;
  /** English, technical: which object or key. */
  readonly what: string;
  readonly page?: number;
  readonly rect?: readonly number[];
  /** True when it hides text, pictures or fields that had been signed. */
  readonly covers?: boolean;
};

export type Verdict = 'valid' | 'indeterminate' | 'invalid';

export type BestTime = {
  readonly source: 'signature-timestamp' | 'document-timestamp' | 'now';
  /** Milliseconds since 1970. */
  readonly at: number;
};

export type SignerReport = {
  readonly cn: string;
  readonly o: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Common name of the issuing authority. */
  readonly issuer: string;
};

export type SignatureReport = {
  /** Full name of the form field. */
  readonly field: string;
  readonly type: 'signature' | 'docTimestamp';
  readonly subFilter: string;
  readonly integrity: 'ok' | 'broken' | 'malformed' | 'unsupported';
  readonly coverage: 'whole-file' | 'earlier-revision' | 'none';
  readonly changesAfter: ChangeLevel;
  readonly changes: readonly DocumentChange[];
  /** DocMDP permission of the certification in the signed revision: 1, 2, 3; null when it is not certified. */
  readonly docMdp: 1 | 2 | 3 | null;
  /** PAdES baseline level that the signature and its data reach (EN 319 142-1); null for other kinds of signatures. */
  readonly level: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA' | null;
  readonly signer: SignerReport | null;
  /** Text of /M, a PDF date (D:YYYYMMDDHHmmSS+07'00'): a claim of the signer, not a proof. */
  readonly claimedTime: string | null;
  /** The time at which the certificate is judged: proven by a timestamp of its own or of the document, or now. */
  readonly bestTime: BestTime;
  readonly path: PathReport | null;
  readonly problems: readonly SignatureProblem[];
  readonly verdict: Verdict;
};

export type CheckReport = {
  readonly verdict: Verdict | 'unsigned';
  /** In the order of signing. */
  readonly signatures: readonly SignatureReport[];
  readonly problems: readonly DocumentProblem[];
  /** The certificates and revocation data on which the verdicts rest, to be kept with the report. */
  readonly evidence: EncodedEvidence;
};
