import { describe, expect, test } from 'vitest';
import { type LocatedSignature, locateSignature } from '../../../shared/signing/check/byte-range';
import { readSignatureFields } from '../../../shared/signing/pdf/pdf-fields';
import {
  changed,
  contractObjects,
  type RawObjects,
  rawPdf,
  rawStream,
} from '../../integration/signing/attack-files';
import { open } from './difference/compare';

const contents = '<300102>';
const range = (numbers: string): string => `/ByteRange[${numbers.padEnd(40)}]`;

const objectsWith = (signature: string): RawObjects => ({
  ...contractObjects,
  ...changed(10, '/T(place)', '/T(place)/V 30 0 R'),
  30: signature,
});

type Listed = (holeStart: number, holeEnd: number, size: number) => string;

/** Fills the byte range of a file in with what `listed` makes of where its hole and its end are, and judges it. */
async function locateIn(draft: string, listed: Listed, hole = contents): Promise<LocatedSignature> {
  const holeStart = draft.indexOf(hole);
  const numbers = listed(holeStart, holeStart + hole.length, draft.length);
  const document = await open(Buffer.from(draft.replace(range(''), range(numbers)), 'latin1'));
  const [field] = (await readSignatureFields(document)).filter(({ value }) => value !== undefined);
  if (field === undefined) throw new Error('signed field expected');
  return locateSignature(document, field);
}

const locate = (listed: Listed, entries = '', hole = contents): Promise<LocatedSignature> =>
  locateIn(
    rawPdf(objectsWith(`<</Type/Sig${entries}${range('')}/Contents${hole}>>`)).toString('latin1'),
    listed,
    hole,
  );

const right: Listed = (start, end, size) => `0 ${start} ${end} ${size - end}`;

describe('where a signature stands (ISO 32000-1, 12.8.1)', () => {
  test('a hole that is exactly its contents, in a revision that it covers to its end', async () => {
    expect(await locate(right)).toMatchObject({ sound: true, coverage: 'whole-file', problems: [] });
  });

  test.each<[string, string, Listed]>([
    ['five numbers', 'BAD_BYTE_RANGE', (start, end, size) => `${right(start, end, size)} 0`],
    [
      'a start behind the first byte',
      'BAD_BYTE_RANGE',
      (start, end, size) => `1 ${start} ${end} ${size - end}`,
    ],
    ['a name among the numbers', 'BAD_BYTE_RANGE', (start, end) => `0 ${start} ${end} /All`],
    ['half a byte', 'BAD_BYTE_RANGE', (start, end, size) => `0 ${start} ${end} ${size - end - 1}.5`],
    ['a negative length', 'BAD_BYTE_RANGE', (start, end) => `0 ${start} ${end} -1`],
    ['a hole of no length', 'BAD_BYTE_RANGE', (start, _end, size) => `0 ${start} ${start} ${size - start}`],
    ['more than the file has', 'BAD_BYTE_RANGE', (start, end, size) => `0 ${start} ${end} ${size}`],
    [
      'a hole of odd length',
      'HOLE_NOT_CONTENTS_ONLY',
      (start, end, size) => `0 ${start} ${end - 1} ${size - end + 1}`,
    ],
    [
      'a hole without its end',
      'HOLE_NOT_CONTENTS_ONLY',
      (start, end, size) => `0 ${start} ${end - 2} ${size - end + 2}`,
    ],
    [
      'a hole with more than the contents',
      'HOLE_NOT_CONTENTS_ONLY',
      (start, end, size) => `0 ${start - 2} ${end} ${size - end}`,
    ],
  ])('%s: %s', async (_what, problem, listed) => {
    expect(await locate(listed)).toMatchObject({ sound: false, problem });
  });

  test('contents with half an octet, which readers fill up each in its way', async () => {
    expect(await locate(right, '', '<3001021>')).toMatchObject({
      sound: false,
      problem: 'HOLE_NOT_CONTENTS_ONLY',
    });
  });

  test.each<[string, string, string]>([
    ['no dictionary', 'NO_SIGNATURE_DICTIONARY', '12345'],
    ['no byte range', 'NO_BYTE_RANGE', `<</Type/Sig/Contents${contents}>>`],
    ['no contents', 'NO_CONTENTS', `<</Type/Sig${range('')}>>`],
    ['contents of no length', 'NO_CONTENTS', `<</Type/Sig${range('')}/Contents<>>>`],
  ])('%s: %s', async (_what, problem, signature) => {
    const draft = rawPdf(objectsWith(signature)).toString('latin1');
    expect(await locateIn(draft, () => '0 1 2 3')).toMatchObject({ sound: false, problem });
  });

  test('a dictionary inside an object stream holds no hole: HOLE_OUTSIDE_DICTIONARY', async () => {
    const { 30: _signature, ...others } = objectsWith('');
    const file = rawPdf(others).toString('latin1');
    const signature = `<</Type/Sig${range('')}/Contents${contents}>>`;
    const container = `970 0 obj\n${rawStream(`30 0 ${signature}`, '/Type/ObjStm/N 1/First 5')}\nendobj\n`;
    const place = (offset: number): readonly number[] => [offset >> 16, (offset >> 8) & 0xff, offset & 0xff];
    const rows = [
      2,
      0,
      3,
      0xca,
      0,
      1,
      ...place(file.length),
      0,
      1,
      ...place(file.length + container.length),
      0,
    ];
    const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(file)?.[1];
    const entries = `/Type/XRef/Size 972/W[1 3 1]/Index[30 1 970 2]/Root 1 0 R/Prev ${previous}`;
    const section = `971 0 obj\n${rawStream(String.fromCharCode(...rows), entries)}\nendobj\n`;
    const end = `startxref\n${file.length + container.length}\n%%EOF\n`;
    expect(await locateIn(file + container + section + end, right)).toMatchObject({
      sound: false,
      problem: 'HOLE_OUTSIDE_DICTIONARY',
    });
  });

  test.each<[string, string, string, Listed]>([
    ['an entry twice', 'DUPLICATE_KEYS', '/Type/Sig', right],
    [
      'an end before that of the revision',
      'RANGE_NOT_AT_REVISION_END',
      '',
      (start, end, size) => `0 ${start} ${end} ${size - end - 3}`,
    ],
  ])('%s: %s', async (_what, problem, entries, listed) => {
    expect(await locate(listed, entries)).toMatchObject({ sound: true, problems: [problem] });
  });
});
