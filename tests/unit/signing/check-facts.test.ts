import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { readCertificate } from '../../../shared/signing/certificates/x509';
import { levelOf } from '../../../shared/signing/check/level';
import { checkSignatures } from '../../../shared/signing/index';
import { readSignatureFields } from '../../../shared/signing/pdf/pdf-fields';
import { areAllTimestamped } from '../../../shared/signing/timestamps/timestamped';
import {
  changed,
  contractObjects,
  type RawObjects,
  rawPdf,
  rawUpdate,
} from '../../integration/signing/attack-files';
import { certificate } from './der-parts';
import { annotated, open } from './difference/compare';
import { endsWhenReadsFail } from './failing-disk';

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

const filledPlace = changed(10, '/T(place)', '/T(place)/V 30 0 R');

/** The contract with a signature dictionary (object 30) over all of it, whose contents are no signature. */
function signedWith(objects: RawObjects): Buffer {
  const [contents, room] = ['<300102>', ' '.repeat(40)];
  const signature = `<</Type/Sig/ByteRange[${room}]/Contents${contents}>>`;
  const draft = rawPdf({ ...contractObjects, ...objects, 30: signature }).toString('latin1');
  const hole = draft.indexOf(contents);
  const range = `0 ${hole} ${hole + contents.length} ${draft.length - hole - contents.length}`;
  return Buffer.from(draft.replace(room, range.padEnd(room.length)), 'latin1');
}

/** A file with a stamp over its text that was put there later. */
function stamped(signed: Buffer): Buffer {
  const stamp = '<</Type/Annot/Subtype/Stamp/Rect[60 690 300 720]>>';
  return rawUpdate(signed, { objects: { ...annotated('31 0 R'), 31: stamp } });
}

describe('what a check says of a file', () => {
  test('bytes before the header, which other readers count and we do not', async () => {
    const problems = async (bytes: Buffer) =>
      (await checkSignatures(memorySource(new Uint8Array(bytes)), options)).problems;
    expect(await problems(file)).toEqual([]);
    expect(await problems(shifted)).toEqual(['BYTES_BEFORE_HEADER']);
  });

  test('a signature that its field got only later is not the one that was signed', async () => {
    const later = rawUpdate(signedWith({}), { objects: filledPlace });
    const { signatures } = await checkSignatures(memorySource(new Uint8Array(later)), options);
    expect(signatures[0]?.problems).toContain('SIGNED_REVISION_DIFFERS');
  });

  test.each([
    ['a draft', file],
    ['a signed file', signedWith(filledPlace)],
    ['a signed file with a stamp', stamped(signedWith(filledPlace))],
  ])('a disk that fails is no finding about the file, whatever is read: %s', async (_what, bytes) => {
    const ends = await endsWhenReadsFail(new Uint8Array(bytes), (source) => checkSignatures(source, options));
    expect([...new Set(ends)]).toEqual(['IO']);
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
