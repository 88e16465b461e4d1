import type { CryptoPort } from '../../ports';
import type { PdfDocument } from '../pdf-document';
import { isArray, isName, isString, type PdfDict } from '../pdf-objects';
import type { CryptMethod } from './crypt-method';
import { fileKey, type KeyEntries } from './file-key';
import { type PdfPermissions, readPermissions } from './permissions';

/** Which method applies to what. */
export type CryptFilters = {
  readonly strings: CryptMethod;
  readonly streams: CryptMethod;
  readonly embeddedFiles: CryptMethod;
  /** By name, for streams that choose a filter themselves. */
  readonly named: ReadonlyMap<string, CryptMethod>;
};

/** An encrypted file that opens without a password. */
export type OpenedEncryption = {
  readonly key: Uint8Array;
  readonly filters: CryptFilters;
  readonly permissions: PdfPermissions;
  readonly encryptMetadata: boolean;
};

const methods: ReadonlyMap<string | null, CryptMethod> = new Map([
  ['V2', 'rc4'],
  ['AESV2', 'aes-128'],
  ['AESV3', 'aes-256'],
]);
const nothingPermitted = readPermissions(0, 2);

/**
 * Opens the standard security handler (ISO 32000-2, 7.6.4) with the empty user password. Null when that does not open
 * the file: it needs a password or a private key, or its dictionary is of an unknown or damaged kind.
 */
export async function openEncryption(document: PdfDocument): Promise<OpenedEncryption | null> {
  const dict = await document.dict(document.trailer.get('Encrypt'));
  if (!dict || (await document.name(dict.get('Filter'))) !== 'Standard') return null;
  const version = (await document.number(dict.get('V'))) ?? 0;
  const filters = await readFilters(document, dict, version);
  const entries = await readKeyEntries(document, dict);
  if (!filters || !entries) return null;
  for (const keyLength of keyLengths(version, await document.number(dict.get('Length')))) {
    const key = fileKey(document.crypto, { ...entries, keyLength });
    if (!key) continue;
    const { encryptMetadata, permissionFlags, revision } = entries;
    const confirmed =
      revision < 5 ||
      confirmsPermissions(document.crypto, key, await bytesAt(document, dict, 'Perms'), entries);
    const permissions = confirmed ? readPermissions(permissionFlags, revision) : nothingPermitted;
    return { key, filters, permissions, encryptMetadata };
  }
  return null;
}

/** Octets that the file key may have. Version 4 means 16, but some writers stated another length and meant it. */
function keyLengths(version: number, bits: number | null): readonly number[] {
  const stated = Math.min(16, Math.max(5, Math.floor((bits ?? 40) / 8)));
  if (version === 1) return [5];
  return version === 4 ? [16, stated] : [stated];
}

async function readKeyEntries(
  document: PdfDocument,
  dict: PdfDict,
): Promise<Omit<KeyEntries, 'keyLength'> | null> {
  const revision = await document.number(dict.get('R'));
  const flags = await document.number(dict.get('P'));
  const owner = await bytesAt(document, dict, 'O');
  const user = await bytesAt(document, dict, 'U');
  if (
    revision === null ||
    flags === null ||
    revision < 2 ||
    revision > 6 ||
    owner.length < 32 ||
    user.length < 32
  )
    return null;
  const ids = document.trailer.get('ID');
  const fileId = isArray(ids) ? ids[0] : undefined;
  return {
    revision,
    owner,
    user,
    userKey: await bytesAt(document, dict, 'UE'),
    // Writers state the 32 bits with or without a sign.
    permissionFlags: flags | 0,
    encryptMetadata: (await document.resolve(dict.get('EncryptMetadata'))) !== false,
    fileId: isString(fileId) ? fileId.bytes : new Uint8Array(0),
  };
}

async function bytesAt(document: PdfDocument, dict: PdfDict, key: string): Promise<Uint8Array> {
  const value = await document.resolve(dict.get(key));
  return isString(value) ? value.bytes : new Uint8Array(0);
}

async function readFilters(
  document: PdfDocument,
  dict: PdfDict,
  version: number,
): Promise<CryptFilters | null> {
  if (version === 1 || version === 2) {
    return { strings: 'rc4', streams: 'rc4', embeddedFiles: 'rc4', named: new Map() };
  }
  if (version !== 4 && version !== 5) return null;
  const named = new Map<string, CryptMethod>([['Identity', 'identity']]);
  for (const [name, value] of (await document.dict(dict.get('CF'))) ?? []) {
    const method = methods.get(await document.name((await document.dict(value))?.get('CFM')));
    // A 256-bit key goes with AESV3 alone, and only in version 5 (table 25).
    if (name !== 'Identity' && method && (method === 'aes-256') === (version === 5)) named.set(name, method);
  }
  const chosen = async (key: string): Promise<CryptMethod | undefined> => {
    const value = await document.resolve(dict.get(key));
    return value === null ? 'identity' : isName(value) ? named.get(value.name) : undefined;
  };
  const [strings, streams] = [await chosen('StrF'), await chosen('StmF')];
  const embeddedFiles = dict.has('EFF') ? await chosen('EFF') : streams;
  return strings && streams && embeddedFiles ? { strings, streams, embeddedFiles, named } : null;
}

/** Algorithm 13 of ISO 32000-2: /Perms repeats /P under the file key, so that nobody can widen the permissions. */
function confirmsPermissions(
  crypto: CryptoPort,
  key: Uint8Array,
  encrypted: Uint8Array,
  { permissionFlags }: Pick<KeyEntries, 'permissionFlags'>,
): boolean {
  if (encrypted.length < 16) return false;
  const plain = crypto.aesCbcDecrypt(key, new Uint8Array(16), encrypted.subarray(0, 16));
  const flags = new DataView(plain.buffer, plain.byteOffset, 4).getInt32(0, true);
  return flags === permissionFlags && plain[9] === 0x61 && plain[10] === 0x64 && plain[11] === 0x62;
}
