import { describe, expect, test } from 'vitest';
import { latin1Bytes } from '../../../../shared/signing/bytes';
import {
  isSameSyntax,
  isSameValue,
  isUntouched,
} from '../../../../shared/signing/difference/revision-equality';
import type { PdfDocument } from '../../../../shared/signing/pdf/pdf-document';
import { PdfLexer } from '../../../../shared/signing/pdf/pdf-lexer';
import { type PdfValue, pdfRef } from '../../../../shared/signing/pdf/pdf-objects';
import type { XrefEntry } from '../../../../shared/signing/pdf/pdf-xref';
import { contractObjects, rawPdf, rawUpdate } from '../../../integration/signing/attack-files';
import { open } from './compare';

const value = (text: string): PdfValue => new PdfLexer(latin1Bytes(text)).readValue();

describe('written alike', () => {
  test.each<[boolean, string, string]>([
    [true, '[1 2]', '[1 2]'],
    [false, '[1]', '[1 2]'],
    [false, '[1 2]', '[1]'],
    [true, '<</A 1/B 2>>', '<</B 2/A 1>>'],
    [false, '<</A null>>', '<</B null>>'],
    [false, '<<>>', '[]'],
  ])('%s: %s and %s', (isSame, a, b) => {
    expect(isSameSyntax(value(a), value(b))).toBe(isSame);
  });
});

describe('the same value', () => {
  const before = rawPdf(contractObjects);

  test('lists are as long as each other', async () => {
    const document = await open(before);
    expect(await isSameValue(document, value('[1]'), document, value('[1 2]'))).toBe(false);
    expect(await isSameValue(document, value('[1 2]'), document, value('[1]'))).toBe(false);
  });

  test('what is nested deeper than sixty levels is not looked through', async () => {
    const document = await open(before);
    const nested = (depth: number): PdfValue => value(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(await isSameValue(document, nested(60), document, nested(60))).toBe(true);
    expect(await isSameValue(document, nested(62), document, nested(62))).toBe(false);
  });

  test('half a million pairs are compared, and not many more', async () => {
    const [older, newer] = [await open(before), await open(rawUpdate(before, { objects: contractObjects }))];
    const met = (count: number) => new Set([...Array(count).keys()].map(String));
    const compare = (count: number) => isSameValue(older, pdfRef(12), newer, pdfRef(12), met(count));
    expect(await compare(500_000)).toBe(true);
    await expect(compare(500_001)).rejects.toMatchObject({ code: 'PDF_TOO_COMPLEX' });
  });
});

describe('an object stands where it stood', () => {
  const revision = (entries: readonly (readonly [number, XrefEntry])[]): PdfDocument =>
    ({ entries: new Map(entries) }) as unknown as PdfDocument;
  const at = (offset: number, gen = 0): XrefEntry => ({ type: 'offset', offset, gen });
  const within = (container: number, index: number): XrefEntry => ({ type: 'compressed', container, index });
  const stands = (a: XrefEntry, b: XrefEntry, containers: readonly [XrefEntry, XrefEntry] = [at(9), at(9)]) =>
    isUntouched(
      revision([
        [5, a],
        [7, containers[0]],
        [8, at(20)],
      ]),
      revision([
        [5, b],
        [7, containers[1]],
        [8, at(20)],
      ]),
      5,
    );

  test.each<[boolean, string, XrefEntry, XrefEntry]>([
    [true, 'the same offset', at(100), at(100)],
    [false, 'another offset', at(100), at(101)],
    [false, 'another generation', at(100), at(100, 1)],
    [true, 'the same place in the same stream', within(7, 2), within(7, 2)],
    [false, 'another place in it', within(7, 2), within(7, 3)],
    [false, 'another stream', within(7, 2), within(8, 2)],
    [false, 'no stream any more', within(7, 2), at(9)],
  ])('%s: %s', (isUntouchedObject, _what, a, b) => {
    expect(stands(a, b)).toBe(isUntouchedObject);
  });

  test('only if the stream that it is in does', () => {
    expect(stands(within(7, 2), within(7, 2), [at(9), at(10)])).toBe(false);
  });
});
