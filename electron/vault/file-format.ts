import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { AppError } from '@shared/result/result';

/*
 * Layout of an encrypted file (all numbers little-endian):
 *   0  8  "CVFILE01"            52 16  salt of the file key
 *   8  4  plain bytes per chunk 68 16  seal: GCM tag over bytes 0–67
 *  12  8  plain size            84 60  data key wrapped by the master key (nonce, key, tag)
 *  20 32  SHA-256 of the plain 144 …   zeros up to 256, then the chunks: cipher text and 16-byte tag each
 */
export const headerLength = 256;
export const tagLength = 16;
export const wrappedKeyLength = 60;
/**
 * Of 16 KiB–1 MiB the fastest in Node 20 (2.9 GB/s encrypting, 2 cores) and within a tenth of the best in
 * Electron 33 (1.1 GB/s), and still small enough for random access.
 */
export const defaultChunkSize = 256 * 1024;

const magic = Buffer.from('CVFILE01', 'latin1');
const sealedLength = 68;
export const saltLength = 16;
const largestChunk = 16 * 1024 * 1024;
const cipherName = 'aes-256-gcm';
/** No chunk ever has this number, so the seal's nonce is used once per file key. */
const sealNonce = Buffer.alloc(12, 0xff);

export type FileHeader = {
  readonly chunkSize: number;
  readonly size: number;
  /** SHA-256 of the plain bytes. */
  readonly sha256: Buffer;
  readonly salt: Buffer;
  readonly wrappedKey: Buffer;
};

/** A key of its own for every file, even if a data key were used twice: counters as nonces stay unique. */
export function deriveFileKey(dataKey: Uint8Array, salt: Uint8Array): Buffer {
  return createHmac('sha256', dataKey).update('cong-van file key 1').update(salt).digest();
}

/** Gives the 256 bytes of a header, sealed with the file key. */
export function encodeHeader(header: FileHeader, fileKey: Uint8Array): Buffer {
  const bytes = Buffer.alloc(headerLength);
  magic.copy(bytes, 0);
  bytes.writeUInt32LE(header.chunkSize, 8);
  bytes.writeBigUInt64LE(BigInt(header.size), 12);
  header.sha256.copy(bytes, 20);
  header.salt.copy(bytes, 52);
  const cipher = createCipheriv(cipherName, fileKey, sealNonce, { authTagLength: tagLength });
  cipher.setAAD(bytes.subarray(0, sealedLength));
  cipher.final();
  cipher.getAuthTag().copy(bytes, sealedLength);
  header.wrappedKey.copy(bytes, sealedLength + tagLength);
  return bytes;
}

/** What stands at the head of a file that is not finished: the sealed header takes its place at the end. */
const draftMagic = Buffer.from('CVDRAFT1', 'latin1');

/** Gives the 256 bytes that let an unfinished file be taken up again; nothing in them can be believed. */
export function encodeDraft(draft: Pick<FileHeader, 'chunkSize' | 'salt' | 'wrappedKey'>): Buffer {
  const bytes = Buffer.alloc(headerLength);
  draftMagic.copy(bytes, 0);
  bytes.writeUInt32LE(draft.chunkSize, 8);
  draft.salt.copy(bytes, 52);
  draft.wrappedKey.copy(bytes, sealedLength + tagLength);
  return bytes;
}

/** Reads what {@link encodeDraft} gave; null for anything else. */
export function parseDraft(bytes: Buffer): Pick<FileHeader, 'chunkSize' | 'salt' | 'wrappedKey'> | null {
  if (bytes.length < headerLength || !bytes.subarray(0, 8).equals(draftMagic)) return null;
  const chunkSize = bytes.readUInt32LE(8);
  if (chunkSize === 0 || chunkSize > largestChunk) return null;
  const wrappedKey = bytes.subarray(sealedLength + tagLength, sealedLength + tagLength + wrappedKeyLength);
  return { chunkSize, salt: bytes.subarray(52, sealedLength), wrappedKey };
}

/** Reads a header without believing it yet; throws FILE_DAMAGED_ON_DISK when it cannot be one. */
export function parseHeader(bytes: Buffer): FileHeader {
  if (bytes.length < headerLength || !bytes.subarray(0, 8).equals(magic)) throw damaged('header');
  const chunkSize = bytes.readUInt32LE(8);
  const size = Number(bytes.readBigUInt64LE(12));
  if (chunkSize === 0 || chunkSize > largestChunk || !Number.isSafeInteger(size)) throw damaged('header');
  return {
    chunkSize,
    size,
    sha256: bytes.subarray(20, 52),
    salt: bytes.subarray(52, sealedLength),
    wrappedKey: bytes.subarray(sealedLength + tagLength, sealedLength + tagLength + wrappedKeyLength),
  };
}

/** Checks the seal of a header; throws FILE_DAMAGED_ON_DISK when one bit of size, digest or salt differs. */
export function checkSeal(bytes: Buffer, fileKey: Uint8Array): void {
  const decipher = createDecipheriv(cipherName, fileKey, sealNonce, { authTagLength: tagLength });
  decipher.setAAD(bytes.subarray(0, sealedLength));
  decipher.setAuthTag(bytes.subarray(sealedLength, sealedLength + tagLength));
  try {
    decipher.final();
  } catch {
    throw damaged('seal');
  }
}

/** The chunk's number, which is both its nonce and what its tag vouches for. */
function chunkNonce(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(index), 4);
  return nonce;
}

/** Encrypts chunk `index`; gives cipher text and tag, to be written in this order. */
export function encryptChunk(
  fileKey: Uint8Array,
  index: number,
  plain: Uint8Array,
): readonly [Buffer, Buffer] {
  const nonce = chunkNonce(index);
  const cipher = createCipheriv(cipherName, fileKey, nonce, { authTagLength: tagLength });
  cipher.setAAD(nonce);
  const text = cipher.update(plain);
  cipher.final();
  return [text, cipher.getAuthTag()];
}

/** Decrypts what {@link encryptChunk} gave; throws FILE_DAMAGED_ON_DISK when it is not exactly that. */
export function decryptChunk(fileKey: Uint8Array, index: number, stored: Buffer): Buffer {
  if (stored.length < tagLength) throw damaged(`chunk ${index}`);
  const nonce = chunkNonce(index);
  const decipher = createDecipheriv(cipherName, fileKey, nonce, { authTagLength: tagLength });
  decipher.setAAD(nonce);
  decipher.setAuthTag(stored.subarray(stored.length - tagLength));
  const plain = decipher.update(stored.subarray(0, stored.length - tagLength));
  try {
    decipher.final();
  } catch {
    throw damaged(`chunk ${index}`);
  }
  return plain;
}

/** Length on disk of a file with that header. */
export function storedLength(header: Pick<FileHeader, 'size' | 'chunkSize'>): number {
  return headerLength + header.size + Math.ceil(header.size / header.chunkSize) * tagLength;
}

/** Where chunk `index` begins on disk. */
export function chunkOffset(index: number, chunkSize: number): number {
  return headerLength + index * (chunkSize + tagLength);
}

export function damaged(detail: string): AppError {
  return new AppError('FILE_DAMAGED_ON_DISK', detail);
}
