import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { concatBytes, hexOf, latin1Bytes } from '../../../../shared/signing/bytes';
import { decryptBytes } from '../../../../shared/signing/pdf/encryption/crypt-method';
import { ObjectCipher } from '../../../../shared/signing/pdf/encryption/object-cipher';
import { rc4 } from '../../../../shared/signing/pdf/encryption/rc4';
import { PdfDocument, type PdfEncryption } from '../../../../shared/signing/pdf/pdf-document';
import {
  type PdfStream,
  type PdfValue,
  pdfDict,
  pdfName,
  pdfRef,
} from '../../../../shared/signing/pdf/pdf-objects';
import { digestOf } from '../../../../shared/signing/ports';
import { requirePermission } from '../../../../shared/signing/update/permitted-changes';
import { rawPdf } from '../../../integration/signing/attack-files';

type Entries = Readonly<Record<string, string>>;

const nothing = { modify: false, annotate: false, fillForms: false, addFields: false };
const everything = { modify: true, annotate: true, fillForms: true, addFields: true };
const hex = (bytes: Uint8Array): string => `<${hexOf(bytes)}>`;
const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i + 1);

const refusal = (code: string, detail?: string) =>
  expect.objectContaining(detail ? { code, detail } : { code });

/** What a file says of its encryption whose dictionary has these entries. */
const opening = async (entries: Entries): Promise<PdfEncryption | null> => (await opened(entries)).encryption;

async function opened(entries: Entries): Promise<PdfDocument> {
  const objects = {
    1: '<</Type/Catalog/Pages 2 0 R>>',
    2: '<</Type/Pages/Kids[]/Count 0>>',
    3: `<<${Object.entries(entries)
      .map(([key, value]) => `/${key} ${value}`)
      .join(' ')}>>`,
  };
  const file = rawPdf(objects, '/Encrypt 3 0 R /ID[<01><01>]');
  return PdfDocument.open(memorySource(new Uint8Array(file)), nodeCrypto);
}

/** RC4 with a key of so many octets for the empty password (ISO 32000-1, algorithms 2 and 5). */
function legacy(keyLength: number, more: Entries): Entries {
  const padding = Uint8Array.from(
    Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex'),
  );
  const md5 = (...parts: readonly Uint8Array[]): Uint8Array =>
    digestOf(nodeCrypto, 'md5', concatBytes(parts));
  const [owner, all, id] = [counting(32), new Uint8Array(4).fill(0xff), Uint8Array.of(1)];
  let key = md5(padding, owner, all, id).subarray(0, keyLength);
  for (let round = 0; round < 50; round++) key = md5(key).subarray(0, keyLength);
  let check = md5(padding, id);
  for (let round = 0; round < 20; round++)
    check = rc4(
      key.map((octet) => octet ^ round),
      check,
    );
  const user = hex(concatBytes([check, new Uint8Array(16)]));
  return { Filter: '/Standard', V: '2', R: '3', P: '-1', O: hex(owner), U: user, ...more };
}

const fileKey = counting(32);
const sha256 = (bytes: Uint8Array): Uint8Array => digestOf(nodeCrypto, 'sha256', bytes);
const encrypted = (key: Uint8Array, plain: Uint8Array): Uint8Array =>
  nodeCrypto.aesCbcEncrypt(key, new Uint8Array(16), plain);

/** What /Perms holds before it is encrypted (ISO 32000-2, algorithm 10). */
const confirmation = latin1Bytes('\xff\xff\xff\xff\xff\xff\xff\xffTadb1234');

/** AES-256 of revision 5 for the empty password (Supplement to ISO 32000, extension level 3). */
function modern(more: Entries, confirmed: Uint8Array = confirmation): Entries {
  const [validationSalt, keySalt] = [counting(8), counting(16).subarray(8)];
  return {
    Filter: '/Standard',
    V: '5',
    R: '5',
    P: '-1',
    O: hex(counting(48)),
    OE: hex(counting(32)),
    U: hex(concatBytes([sha256(validationSalt), validationSalt, keySalt])),
    UE: hex(encrypted(sha256(keySalt), fileKey)),
    Perms: hex(encrypted(fileKey, confirmed)),
    CF: '<</StdCF<</CFM/AESV3>>>>',
    StmF: '/StdCF',
    StrF: '/StdCF',
    ...more,
  };
}

describe('only what the standard describes is opened (ISO 32000-2, 7.6.4)', () => {
  test('a sound dictionary of either generation', async () => {
    expect(await opening(legacy(16, { Length: '128' }))).toEqual({ locked: false, permissions: everything });
    expect(await opening(modern({}))).toEqual({ locked: false, permissions: everything });
  });

  test('version 1 has keys of five octets, whatever length is stated', async () => {
    expect(await opening(legacy(5, { V: '1', Length: '128' }))).toMatchObject({ locked: false });
  });

  test.each<readonly [string, Entries]>([
    ['another handler', legacy(5, { Filter: '/Adobe.PubSec' })],
    ['a version that was never published', legacy(5, { V: '3', R: '3' })],
    ['no revision', legacy(5, { R: 'null' })],
    ['a revision before the first', legacy(5, { R: '1' })],
    ['a revision after the last', modern({ R: '7' })],
    ['no permissions', legacy(5, { P: 'null' })],
    ['an owner entry that is too short', legacy(5, { O: hex(counting(31)) })],
    ['a user entry that is too short', legacy(5, { U: '<0102>' })],
    ['a user entry of AES-256 without its salts', modern({ U: hex(counting(47)) })],
    ['an encrypted key that is too short', modern({ UE: hex(counting(31)) })],
    [
      'a method that is none',
      legacy(16, { V: '4', R: '4', CF: '<</A<</CFM/constructor>>>>', StmF: '/A', StrF: '/A' }),
    ],
    ['a user password that is not empty', modern({ U: hex(counting(48)) })],
  ])('not %s', async (_what, entries) => {
    expect(await opening(entries)).toEqual({ locked: true });
  });
});

describe('permissions count only when /Perms confirms them (ISO 32000-2, algorithm 13)', () => {
  const changed = (at: number): Uint8Array => confirmation.map((octet, i) => (i === at ? octet ^ 1 : octet));
  test.each<readonly [string, Entries]>([
    ['too short', modern({ Perms: hex(counting(15)) })],
    ['of other permissions', modern({}, changed(0))],
    ['without its mark (a)', modern({}, changed(9))],
    ['without its mark (d)', modern({}, changed(10))],
    ['without its mark (b)', modern({}, changed(11))],
  ])('%s: nothing is permitted', async (_what, entries) => {
    expect(await opening(entries)).toEqual({ locked: false, permissions: nothing });
  });
});

describe('what the author does not permit is not done (ISO 32000-1, table 22)', () => {
  test('nothing of a document that needs a password is read or changed', async () => {
    const document = await opened(legacy(5, { Filter: '/Adobe.PubSec' }));
    await expect(document.fetch(2)).rejects.toEqual(refusal('PDF_ENCRYPTED'));
    expect(() => requirePermission(document, 'fillForms')).toThrow(refusal('PDF_ENCRYPTED'));
  });

  test('a new field needs bits 4 and 6, an existing one bit 6 or 9', async () => {
    const permitted = async (bits: number) => {
      const flags = new Uint8Array(new Int32Array([bits]).buffer);
      const confirmed = confirmation.map((octet, i) => flags[i] ?? octet);
      const document = await opened(modern({ P: String(bits) }, confirmed));
      return (act: 'fillForms' | 'addFields') => () => requirePermission(document, act);
    };
    const onlyForms = await permitted(1 << 8);
    expect(onlyForms('fillForms')).not.toThrow();
    expect(onlyForms('addFields')).toThrow(refusal('PDF_FORBIDS_SIGNING'));
    expect((await permitted(0))('fillForms')).toThrow(refusal('PDF_FORBIDS_SIGNING'));
  });
});

describe('AES data have a vector, whole blocks and their padding (ISO 32000-2, algorithm 1.A)', () => {
  const reading = (data: Uint8Array) => () => decryptBytes(nodeCrypto, 'aes-256', fileKey, pdfRef(1), data);
  const padded = (last: number): Uint8Array =>
    concatBytes([new Uint8Array(16), encrypted(fileKey, new Uint8Array(16).fill(last))]);

  test('sound data', () => {
    expect(reading(padded(16))()).toHaveLength(0);
    expect(reading(padded(1))()).toHaveLength(15);
  });

  test.each([
    ['a vector alone', new Uint8Array(16)],
    ['a block that is cut off', padded(1).subarray(0, 31)],
    ['a padding of nothing', padded(0)],
    ['a padding longer than a block', padded(17)],
  ])('%s is malformed', (_what, data) => {
    expect(reading(data)).toThrow(refusal('PDF_MALFORMED'));
  });
});

describe('which method a stream has (ISO 32000-2, 7.6.2 and 7.6.6)', () => {
  const streams = { strings: 'rc4', streams: 'rc4', embeddedFiles: 'rc4', named: new Map() } as const;
  const data = latin1Bytes('data');
  const decrypted = (entries: Readonly<Record<string, PdfValue>>, encryptMetadata = true): Uint8Array => {
    const encryption = { key: fileKey, filters: streams, permissions: everything, encryptMetadata };
    const stream: PdfStream = {
      kind: 'stream',
      dict: pdfDict(entries),
      offset: 9,
      owner: pdfRef(1),
      data: null,
    };
    return new ObjectCipher(nodeCrypto, encryption).decryptStream(stream, data);
  };

  test('a cross-reference stream has none', () => {
    expect(decrypted({ Type: pdfName('XRef') })).toEqual(data);
    expect(decrypted({ Type: pdfName('ObjStm') })).not.toEqual(data);
  });

  test('metadata have none where the file says so', () => {
    const metadata = { Type: pdfName('Metadata') };
    expect(decrypted(metadata, false)).toEqual(data);
    expect(decrypted(metadata, true)).not.toEqual(data);
    expect(decrypted({}, false)).not.toEqual(data);
  });

  test('a filter that the file does not define is malformed', () => {
    const own = { Filter: pdfName('Crypt'), DecodeParms: pdfDict({ Name: pdfName('Mine') }) };
    expect(() => decrypted(own)).toThrow(refusal('PDF_MALFORMED', 'crypt filter'));
  });
});
