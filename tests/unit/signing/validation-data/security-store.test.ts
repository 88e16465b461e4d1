import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readFields } from '../../../../shared/signing/pdf/pdf-fields';
import { readSecurityStore } from '../../../../shared/signing/validation-data/security-store';
import { readSigners } from '../../../../shared/signing/validation-data/signature-signers';
import {
  contractObjects,
  type RawObjects,
  rawPdf,
  rawStream,
} from '../../../integration/signing/attack-files';
import { fielded, open, withMore } from '../difference/compare';

const tooComplex = expect.objectContaining({ code: 'PDF_TOO_COMPLEX' });
const contractWith = (objects: RawObjects) => open(rawPdf({ ...contractObjects, ...objects }));

describe('the document security store (ISO 32000-2, 12.8.4.3)', () => {
  const store = async (certificates: string, objects: RawObjects) =>
    readSecurityStore(await contractWith({ ...withMore(1, `/DSS<</Certs[${certificates}]>>`), ...objects }));

  test('what is no stream, or cannot be decoded, is passed over', async () => {
    const objects = {
      30: rawStream('one'),
      31: '(two)',
      32: rawStream('no packed data', '/Filter/FlateDecode'),
    };
    const { certificates } = await store('30 0 R 31 0 R 32 0 R 900 0 R', objects);
    expect(certificates.map((bytes) => Buffer.from(bytes).toString())).toEqual(['one']);
  });

  test('a filter that we do not undo is no damage: what the store holds stays unknown', async () => {
    await expect(store('30 0 R', { 30: rawStream('x', '/Filter/DCTDecode') })).rejects.toEqual(tooComplex);
  });

  test('2000 items are read, 2001 are too complex', async () => {
    const items = (count: number) => store('30 0 R '.repeat(count), { 30: rawStream('one') });
    expect((await items(2000)).certificates).toHaveLength(2000);
    await expect(items(2001)).rejects.toEqual(tooComplex);
  });

  test('more than 64 MB are too complex, however well they are packed', async () => {
    const packed = deflateSync(Buffer.alloc(33 * 1024 * 1024)).toString('latin1');
    const objects = { 30: rawStream(packed, '/Filter/FlateDecode') };
    await expect(store('30 0 R 30 0 R', objects)).rejects.toEqual(tooComplex);
  });
});

test('a value without /Contents is no signature', async () => {
  const document = await contractWith({ ...fielded('30 0 R'), 30: '<</FT/Sig/T(odd)/V<</Type/Sig>>>>' });
  const odd = (await readFields(document)).find(({ name }) => name === 'odd');
  if (!odd) throw new Error('field expected');
  expect(await readSigners(document, odd)).toBeNull();
});
