import { concatBytes, equalBytes } from '../../bytes';
import { type CryptoPort, digestOf } from '../../ports';
import { rc4 } from './rc4';

/** The entries of a standard encryption dictionary that keys are made of (ISO 32000-2, table 21). */
export type KeyEntries = {
  readonly revision: number;
  /** Octets of the file key, for revisions 2 to 4. */
  readonly keyLength: number;
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly userKey: Uint8Array;
  readonly permissionFlags: number;
  readonly encryptMetadata: boolean;
  /** First half of the /ID of the file. */
  readonly fileId: Uint8Array;
};

/** What takes the place of a password or fills it up to 32 octets (ISO 32000-1, algorithm 2). */
const passwordPadding = Uint8Array.of(
  0x28,
  0xbf,
  0x4e,
  0x5e,
  0x4e,
  0x75,
  0x8a,
  0x41,
  0x64,
  0x00,
  0x4e,
  0x56,
  0xff,
  0xfa,
  0x01,
  0x08,
  0x2e,
  0x2e,
  0x00,
  0xb6,
  0xd0,
  0x68,
  0x3e,
  0x80,
  0x2f,
  0x0c,
  0xa9,
  0xfe,
  0x64,
  0x53,
  0x69,
  0x7a,
);

/** The key of a file that opens without a password, or null when the file needs one. */
export function fileKey(crypto: CryptoPort, entries: KeyEntries): Uint8Array | null {
  return entries.revision >= 5 ? modernKey(crypto, entries) : legacyKey(crypto, entries);
}

/** Algorithms 2 and 6 of ISO 32000-1 with an empty user password. */
function legacyKey(crypto: CryptoPort, entries: KeyEntries): Uint8Array | null {
  const { revision, owner, user, permissionFlags, fileId } = entries;
  const permissions = new Uint8Array(4);
  new DataView(permissions.buffer).setInt32(0, permissionFlags, true);
  const parts = [passwordPadding, owner.subarray(0, 32), permissions, fileId];
  if (revision >= 4 && !entries.encryptMetadata) parts.push(new Uint8Array(4).fill(0xff));
  const length = revision === 2 ? 5 : entries.keyLength;
  let key = digestOf(crypto, 'md5', concatBytes(parts)).subarray(0, length);
  if (revision === 2) return equalBytes(rc4(key, passwordPadding), user.subarray(0, 32)) ? key : null;
  for (let round = 0; round < 50; round++) key = digestOf(crypto, 'md5', key).subarray(0, length);
  let check = digestOf(crypto, 'md5', concatBytes([passwordPadding, fileId]));
  for (let round = 0; round < 20; round++)
    check = rc4(
      key.map((octet) => octet ^ round),
      check,
    );
  return equalBytes(check, user.subarray(0, 16)) ? key : null;
}

/** Algorithms 2.A and 11 of ISO 32000-2 with an empty user password. */
function modernKey(crypto: CryptoPort, { revision, user, userKey }: KeyEntries): Uint8Array | null {
  if (user.length < 48 || userKey.length < 32) return null;
  const digest = revision === 5 ? simpleDigest : hardenedDigest;
  const [check, validationSalt, keySalt] = [
    user.subarray(0, 32),
    user.subarray(32, 40),
    user.subarray(40, 48),
  ];
  if (!equalBytes(digest(crypto, validationSalt), check)) return null;
  return crypto.aesCbcDecrypt(digest(crypto, keySalt), new Uint8Array(16), userKey.subarray(0, 32));
}

/** The digest of revision 5, which Adobe published before the standard had one (Supplement to ISO 32000, extension level 3). */
function simpleDigest(crypto: CryptoPort, salt: Uint8Array): Uint8Array {
  return digestOf(crypto, 'sha256', salt);
}

/** Algorithm 2.B of ISO 32000-2 for an empty password: the number of rounds depends on the data, 64 at least. */
function hardenedDigest(crypto: CryptoPort, salt: Uint8Array): Uint8Array {
  let key = digestOf(crypto, 'sha256', salt);
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const repeated = concatBytes(Array.from({ length: 64 }, () => key));
    const encrypted = crypto.aesCbcEncrypt(key.subarray(0, 16), key.subarray(16, 32), repeated);
    const remainder = encrypted.subarray(0, 16).reduce((sum, octet) => sum + octet, 0) % 3;
    key = digestOf(crypto, (['sha256', 'sha384', 'sha512'] as const)[remainder] ?? 'sha256', encrypted);
    last = encrypted[encrypted.length - 1] ?? 0;
  }
  return key.subarray(0, 32);
}
