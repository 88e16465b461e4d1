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
  | 'REVOCATION_NOT_CHECKED'
  // what came later
  | 'CHANGED_AFTER_SIGNING'
  | 'CHANGES_NOT_ANALYSED';

/** What concerns the whole file. */
export type DocumentProblem =
  | 'NOT_PDF'
  | 'DAMAGED_SIGNED_FILE'
  | 'UNREADABLE'
  | 'ENCRYPTED'
  | 'SIGNATURE_NOT_REACHABLE'
  | 'BYTES_BEFORE_HEADER';

export type PathReport = {
  readonly status: 'trusted' | 'untrusted' | 'invalid';
  readonly code:
    | 'OK'
    | 'NO_PATH_TO_ANCHOR'
    | 'NOT_YET_VALID'
    | 'EXPIRED'
    | 'NOT_A_CA'
    | 'CA_KEY_USAGE'
    | 'PATH_LENGTH'
    | 'WRONG_KEY_USAGE'
    | 'UNKNOWN_CRITICAL_EXTENSION'
    | 'NAME_CONSTRAINTS_UNSUPPORTED';
};

export type ChangeLevel = 'none' | 'form-fill' | 'signatures' | 'disallowed' | 'not-analysed';

/** One change made after a signature, for display; `rect` in user space of the page. */
export type DocumentChange = {
  readonly level: Exclude<ChangeLevel, 'none' | 'not-analysed'>;
  /** English, technical: which object or key. */
  readonly what: string;
  readonly page?: number;
  readonly rect?: readonly number[];
};

export type Verdict = 'valid' | 'indeterminate' | 'invalid';

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
  readonly type: 'signature' | 'document-timestamp';
  readonly subFilter: string;
  readonly integrity: 'ok' | 'broken' | 'malformed' | 'unsupported';
  readonly coverage: 'whole-file' | 'earlier-revision' | 'none';
  readonly changesAfter: ChangeLevel;
  readonly changes: readonly DocumentChange[];
  /** DocMDP permission of the certification in the signed revision: 1, 2, 3; null when it is not certified. */
  readonly docMdp: 1 | 2 | 3 | null;
  readonly signer: SignerReport | null;
  /** Text of /M, a PDF date (D:YYYYMMDDHHmmSS+07'00'): a claim of the signer, not a proof. */
  readonly claimedTime: string | null;
  readonly path: PathReport | null;
  readonly problems: readonly SignatureProblem[];
  readonly verdict: Verdict;
};

export type CheckReport = {
  readonly verdict: Verdict | 'unsigned';
  /** In the order of signing. */
  readonly signatures: readonly SignatureReport[];
  readonly problems: readonly DocumentProblem[];
};
