/** Random access to the bytes of one file. */
export interface ByteSource {
  readonly size: number;
  /**
   * Gives fewer bytes than asked only at the end of the file. `room`, at least `length` long, is lent by a caller that goes
   * through a whole file: a source may fill it and give a part of it, instead of asking for new memory for each block.
   */
  read(offset: number, length: number, room?: Uint8Array): Promise<Uint8Array>;
}

/** Receives the bytes of a new file in order. Whether an incomplete file is kept is the owner's business. */
export interface ByteSink {
  /** The bytes are the writer's again as soon as this is done: what is to be kept is copied before. */
  write(bytes: Uint8Array): Promise<void>;
}

/** Digests that we make. */
export type SigningHash = 'sha256' | 'sha384' | 'sha512';

/** Digests that received signatures may name; not each runtime has each of them. */
export type HashName =
  | SigningHash
  | 'sha1'
  | 'sha224'
  | 'md5'
  | 'sha3-224'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512';

export interface IncrementalHash {
  update(bytes: Uint8Array): void;
  /** The same state again, so that a common beginning is read once. */
  copy(): IncrementalHash;
  digest(): Uint8Array;
}

/** One signature check: the key as DER SubjectPublicKeyInfo, ECDSA signatures as DER `Ecdsa-Sig-Value`. */
export type SignatureToVerify = {
  readonly scheme: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'eddsa';
  /** null only for EdDSA, which hashes by itself. */
  readonly hash: HashName | null;
  /** Octets of salt, for RSA-PSS. */
  readonly saltLength?: number;
  readonly publicKey: Uint8Array;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
};

/** A signature check whose data comes in pieces. */
export interface IncrementalVerifier {
  update(bytes: Uint8Array): void;
  /** False for a wrong signature and for a key that cannot be read. */
  isRight(): boolean;
}

/** The cryptography and compression that the platform lends to this module. */
export interface CryptoPort {
  supportsHash(name: HashName): boolean;
  hash(name: HashName): IncrementalHash;
  /** False for a wrong signature and for a key that cannot be read. */
  verify(signature: SignatureToVerify): boolean;
  /** Whether the platform can read a public key (SubjectPublicKeyInfo), e.g. knows its curve. */
  supportsKey(publicKey: Uint8Array): boolean;
  /** The same for data in pieces; not for EdDSA. */
  verifier(signature: Omit<SignatureToVerify, 'data'> & { readonly hash: HashName }): IncrementalVerifier;
  /** zlib (RFC 1950) data; throws PDF_TOO_COMPLEX beyond `limit` bytes of output and PDF_MALFORMED for damaged data. */
  inflate(bytes: Uint8Array, limit: number): Uint8Array;
  deflate(bytes: Uint8Array): Uint8Array;
  /** AES in CBC mode (NIST SP 800-38A) without padding; the key has 16 or 32 octets, the data whole blocks of 16. */
  aesCbcDecrypt(key: Uint8Array, vector: Uint8Array, bytes: Uint8Array): Uint8Array;
  aesCbcEncrypt(key: Uint8Array, vector: Uint8Array, bytes: Uint8Array): Uint8Array;
  /** Unpredictable bytes, for nonces. */
  random(length: number): Uint8Array;
}

/** Ways to sign. RSASSA-PSS always uses MGF1 with the same digest, and a salt as long as the digest (RFC 4055). */
export type SignatureScheme = 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa';

/** One signature to make. A holder that signs messages takes the attributes, one that signs digests takes `digest`. */
export type SigningRequest = {
  /** DER SET OF of the signed attributes. */
  readonly signedAttributes: Uint8Array;
  /** Digest of the same. */
  readonly digest: Uint8Array;
  readonly hash: SigningHash;
  readonly scheme: SignatureScheme;
};

/** A key holder: PKCS#12 file, token or remote service. */
export interface Signer {
  /** DER of the signer's certificate. */
  readonly certificate: Uint8Array;
  /** DER of the intermediate certificates, without the root. */
  readonly chain: readonly Uint8Array[];
  /** What the key can do; never empty. */
  readonly schemes: readonly SignatureScheme[];
  /** Gives the raw RSA signature, or an ECDSA signature as DER `Ecdsa-Sig-Value`. */
  sign(request: SigningRequest): Promise<Uint8Array>;
}

/** One exchange over HTTP, for timestamps, OCSP, revocation lists and issuer certificates. */
export type HttpRequest = {
  readonly url: string;
  /** Sent with POST when there is one, otherwise it is a GET. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  /** Largest answer that is read, in bytes. */
  readonly limit: number;
};
export type HttpAnswer = { readonly status: number; readonly type: string; readonly body: Uint8Array };

/** The network, lent to this module only by a caller who wants it to be used. Throws AppError SERVICE_UNREACHABLE. */
export interface HttpPort {
  exchange(request: HttpRequest): Promise<HttpAnswer>;
}

/** The digest of one byte string. */
export function digestOf(crypto: CryptoPort, name: HashName, bytes: Uint8Array): Uint8Array {
  const hash = crypto.hash(name);
  hash.update(bytes);
  return hash.digest();
}
