import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../shared/result/result';
import { compareRevisionsSafely } from '../../../../shared/signing/difference/difference';
import { readReferenceGraph } from '../../../../shared/signing/difference/reference-graph';
import { contractObjects, rawPdf, rawStream, rawUpdate } from '../../../integration/signing/attack-files';
import { compareFiles, open, withMore } from './compare';

const first = rawPdf(contractObjects);
const objects = { 12: contractObjects[12] ?? '' };
const signed = rawUpdate(first, { objects });
const startOf = (file: Buffer): number =>
  Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString('latin1'))?.[1]);
const text = (part: string): Buffer => Buffer.from(part, 'latin1');

describe('ISO 32000-1, section 7.5.6: a revision continues the one before', () => {
  const said = async (after: Buffer): Promise<readonly string[]> => (await compareFiles(signed, after)).what;

  test('with a section that leads to it', async () => {
    expect(await said(rawUpdate(signed, { objects }))).toEqual([]);
  });

  test('and leaves none out', async () => {
    expect(await said(rawUpdate(signed, { objects, previous: startOf(first) }))).toContain(
      'signed revision left out of the cross-reference chain',
    );
  });

  test('and brings in no section that lay hidden in the signed bytes', async () => {
    const hidden = text(
      `xref\n12 1\n0000000020 00000 n \ntrailer\n<</Size 25/Root 1 0 R/Prev ${startOf(first)}>>\n`,
    );
    const withHidden = rawUpdate(Buffer.concat([first, hidden]), { objects, previous: startOf(first) });
    const after = rawUpdate(withHidden, { objects, previous: first.length });
    expect((await compareFiles(withHidden, after)).what).toContain(
      'hidden cross-reference section of the signed revision brought in',
    );
  });

  test('and gives no object two places, of which each reader takes another one', async () => {
    const layers = [
      `12 0 obj\n${contractObjects[12]}\nendobj\n`,
      '12 0 obj\n<</Type/OCG/Name(No)>>\nendobj\n',
    ];
    const [one, other] = [signed.length, signed.length + (layers[0] ?? '').length];
    const stream = other + (layers[1] ?? '').length;
    const hybrid = (offset: number): Buffer => {
      const row = String.fromCharCode(1, (offset >> 16) & 0xff, (offset >> 8) & 0xff, offset & 0xff, 0);
      const entries = '/Type/XRef/Size 971/W[1 3 1]/Index[12 1]';
      const body = `${layers.join('')}970 0 obj\n${rawStream(row, entries)}\nendobj\n`;
      const table = `xref\n12 1\n${String(one).padStart(10, '0')} 00000 n \n`;
      const trailer = `trailer\n<</Size 971/Root 1 0 R/Prev ${startOf(signed)}/XRefStm ${stream}>>\n`;
      return text(`${body}${table}${trailer}startxref\n${signed.length + body.length}\n%%EOF\n`);
    };
    expect(await said(Buffer.concat([signed, hybrid(one)]))).toEqual([]);
    expect(await said(Buffer.concat([signed, hybrid(other)]))).toContain(
      'object listed twice in one section',
    );
  });

  test.each([
    ['other bytes', 'x = 1\n'],
    ['a comment longer than a kilobyte', `%${'x'.repeat(1024)}\n`],
  ])('and has nothing behind its section but the way to it: %s', async (_what, bytes) => {
    const after = rawUpdate(signed, { objects }).toString('latin1');
    const at = after.lastIndexOf('startxref');
    const changed = text(after.slice(0, at) + bytes + after.slice(at));
    expect(await said(changed)).toContain('bytes after the newest cross-reference section');
    expect(await said(text(`${after.slice(0, at)}%${'x'.repeat(900)}\n${after.slice(at)}`))).toEqual([]);
  });
});

describe('a later revision that cannot be compared', () => {
  const compare = async (before: Buffer, after: Buffer) => {
    const newer = await open(after);
    return compareRevisionsSafely(await newer.openRevision(before.length), newer, []);
  };

  test('because it is damaged counts as a change', async () => {
    const log = await compare(signed, rawUpdate(signed, { objects: { 3: '<</Type/Page/Annots[' } }));
    expect(log?.changes.map(({ what }) => what)).toContain('later revision cannot be read: PDF_MALFORMED');
  });

  test('because that costs too much says nothing: it may be allowed, and is not known to be', async () => {
    const many = rawPdf({
      ...contractObjects,
      30: `[${'1 0 R '.repeat(1_000_001)}]`,
      16: withMore(16, '/A 30 0 R')[16] ?? '',
    });
    expect(await compare(many, rawUpdate(many, { objects }))).toBeNull();
  });

  test('4 million references are followed for all revisions of a file together', async () => {
    const list = { 30: `[${'1 0 R '.repeat(500_000)}]`, ...withMore(16, '/A 30 0 R') };
    const document = await open(rawPdf({ ...contractObjects, ...list }));
    const follow = () =>
      readReferenceGraph(document).then(
        () => 'followed',
        (error: unknown) => (error instanceof AppError ? error.code : error),
      );
    for (let i = 0; i < 7; i++) expect(await follow()).toBe('followed');
    expect(await follow()).toBe('PDF_TOO_COMPLEX');
  });
});
