import { AppError } from '../../../result/result';
import type { CryptoPort } from '../../ports';
import {
  isArray,
  isDict,
  isName,
  isStream,
  isString,
  type PdfDict,
  type PdfRef,
  type PdfStream,
  type PdfValue,
} from '../pdf-objects';
import { type CryptMethod, decryptBytes, encryptBytes } from './crypt-method';
import type { OpenedEncryption } from './encryption-dictionary';

type Convert = (bytes: Uint8Array) => Uint8Array;

/**
 * Decrypts and encrypts the objects of one file. Two kinds of strings are never encrypted (ISO 32000-2, 7.6.2): the
 * /Contents of signature dictionaries, and those inside object streams, which are encrypted as a whole. Cross-reference
 * streams are left as they are too.
 */
export class ObjectCipher {
  private readonly crypto: CryptoPort;
  private readonly encryption: OpenedEncryption;

  constructor(crypto: CryptoPort, encryption: OpenedEncryption) {
    this.crypto = crypto;
    this.encryption = encryption;
  }

  /** The object with readable strings; the data of a stream is decrypted when it is read. */
  decryptStrings(owner: PdfRef, value: PdfValue): PdfValue {
    return convertStrings(value, (bytes) => this.decryptString(owner, bytes));
  }

  /** One string of an object. */
  decryptString(owner: PdfRef, bytes: Uint8Array): Uint8Array {
    const { key, filters } = this.encryption;
    return decryptBytes(this.crypto, filters.strings, key, owner, bytes);
  }

  /** The data of a stream that stands in the file, still encoded by its other filters. Throws PDF_MALFORMED. */
  decryptStream(stream: PdfStream, bytes: Uint8Array): Uint8Array {
    if (!stream.owner) return bytes;
    const method = this.streamMethod(stream.dict);
    return decryptBytes(this.crypto, method, this.encryption.key, stream.owner, bytes);
  }

  /** A new object as it has to be written under its number. */
  encrypt(owner: PdfRef, value: PdfValue): PdfValue {
    const { key, filters } = this.encryption;
    const written = convertStrings(value, (bytes) =>
      encryptBytes(this.crypto, filters.strings, key, owner, bytes),
    );
    if (!isStream(written) || !written.data) return written;
    const method = this.streamMethod(written.dict);
    return { ...written, data: encryptBytes(this.crypto, method, key, owner, written.data) };
  }

  private streamMethod(dict: PdfDict): CryptMethod {
    const { filters, encryptMetadata } = this.encryption;
    const type = dict.get('Type');
    const typeName = isName(type) ? type.name : '';
    if (typeName === 'XRef') return 'identity';
    const ownFilter = ownCryptFilter(dict);
    if (ownFilter !== null) {
      const method = filters.named.get(ownFilter);
      if (!method) throw new AppError('PDF_MALFORMED', 'crypt filter');
      return method;
    }
    if (typeName === 'Metadata' && !encryptMetadata) return 'identity';
    return typeName === 'EmbeddedFile' ? filters.embeddedFiles : filters.streams;
  }
}

/** Name of the crypt filter that a stream chooses by its first filter (7.4.10); 'Identity' unless it says otherwise. */
function ownCryptFilter(dict: PdfDict): string | null {
  const [filter, parameter] = ['Filter', 'DecodeParms'].map((key) => {
    const value = dict.get(key);
    return isArray(value) ? value[0] : value;
  });
  if (!isName(filter) || filter.name !== 'Crypt') return null;
  const name = isDict(parameter) ? parameter.get('Name') : undefined;
  return isName(name) ? name.name : 'Identity';
}

function convertStrings(value: PdfValue, convert: Convert): PdfValue {
  if (isString(value)) return { kind: 'string', bytes: convert(value.bytes), hex: true };
  if (isArray(value)) return value.map((item) => convertStrings(item, convert));
  if (isStream(value)) return { ...value, dict: convertEntries(value.dict, convert) };
  return isDict(value) ? convertEntries(value, convert) : value;
}

function convertEntries(dict: PdfDict, convert: Convert): PdfDict {
  const isSignature = isSignatureDictionary(dict);
  return new Map(
    [...dict].map(([key, item]) => [
      key,
      isSignature && key === 'Contents' ? item : convertStrings(item, convert),
    ]),
  );
}

/** /Type is optional there, so the byte range tells as well. */
function isSignatureDictionary(dict: PdfDict): boolean {
  const type = dict.get('Type');
  return dict.has('ByteRange') || (isName(type) && (type.name === 'Sig' || type.name === 'DocTimeStamp'));
}
