import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { AppError } from '../../../shared/result/result';
import { readCertificate } from '../../../shared/signing/certificates/x509';
import { levelOf } from '../../../shared/signing/check/level';
import { checkSignatures } from '../../../shared/signing/index';
import { readSignatureFields } from '../../../shared/signing/pdf/pdf-fields';
import type { ByteSource } from '../../../shared/signing/ports';
import { areAllTimestamped } from '../../../shared/signing/timestamps/timestamped';
import { changed, contractObjects, rawPdf, rawUpdate } from '../../integration/signing/attack-files';
import { certificate } from './der-parts';
import { open } from './difference/compare';

const options = { crypto: nodeCrypto, anchors: [], now: Date.UTC(2026, 10, 21) };
const file = rawPdf(contractObjects);
/** The file behind some bytes that are counted in its offsets. */
const shifted = Buffer.from(
  `junk\n${file
    .toString('latin1')
    .replace(/\d{10}(?= \d{5} n)/g, (offset) => String(Number(offset) + 5).padStart(10, '0'))
    .replace(/(?<=startxref\n)\d+/, (offset) => String(Number(offset) + 5))}`,
  'latin1',
);

describe('what a check says of a file', () => {
  test('bytes before the header, which other readers count and we do not', async () => {
    const problems = async (bytes: Buffer) =>
      (await checkSignatures(memorySource(new Uint8Array(bytes)), options)).problems;
    expect(await problems(file)).toEqual([]);
    expect(await problems(shifted)).toEqual(['BYTES_BEFORE_HEADER']);
  });

  test('a signature that its field got only later is not the one that was signed', async () => {
    const [contents, room] = ['<300102>', ' '.repeat(40)];
    const draft = rawPdf({
      ...contractObjects,
      30: `<</Type/Sig/ByteRange[${room}]/Contents${contents}>>`,
    }).toString('latin1');
    const hole = draft.indexOf(contents);
    const range = `0 ${hole} ${hole + contents.length} ${draft.length - hole - contents.length}`;
    const signed = Buffer.from(draft.replace(room, range.padEnd(room.length)), 'latin1');
    const later = rawUpdate(signed, { objects: changed(10, '/T(place)', '/T(place)/V 30 0 R') });
    const { signatures } = await checkSignatures(memorySource(new Uint8Array(later)), options);
    expect(signatures[0]?.problems).toContain('SIGNED_REVISION_DIFFERS');
  });

  test('a disk that fails is no finding about the file', async () => {
    const source = memorySource(new Uint8Array(file));
    const failingAt = (nth: number): ByteSource => {
      let reads = 0;
      const read = (offset: number, length: number): Promise<Uint8Array> =>
        ++reads === nth ? Promise.reject(new AppError('IO', 'EIO')) : source.read(offset, length);
      return { size: source.size, read };
    };
    for (const nth of [1, 2, 3])
      await expect(checkSignatures(failingAt(nth), options)).rejects.toMatchObject({ code: 'IO' });
  });
});

describe('EN 319 142-1, section 6: levels', () => {
  test('a certificate that issued itself has nobody to say that it was not revoked', () => {
    const own = readCertificate(certificate(), nodeCrypto);
    const nothing = { certificates: [], crls: [], ocsps: [] };
    const facts = { signer: own, evidence: nothing, stamped: [nothing] };
    expect(levelOf({ ...facts, isTimestamped: true })).toBe('B-T');
    expect(levelOf({ ...facts, isTimestamped: false })).toBe('B-B');
  });
});

test('contents that are no CMS have no timestamp', async () => {
  const signature = '<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<04020304>>>';
  const objects = { ...contractObjects, ...changed(10, '/T(place)', '/T(place)/V 30 0 R'), 30: signature };
  const document = await open(rawPdf(objects));
  const fields = (await readSignatureFields(document)).filter(({ value }) => value !== undefined);
  expect(fields).toHaveLength(1);
  expect(await areAllTimestamped(document, fields)).toBe(false);
});
