import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckReport, Signer } from '../../../shared/signing/index';
import {
  changedText,
  contractObjects,
  objectText,
  type RawObjects,
  rawPdf,
  rawStream,
  rawUpdate,
} from './attack-files';
import { checkFile, derOfPem, makePki, makePng, makeWorkDir, removeWorkDir, signerOf } from './fixtures';
import { signFile } from './sign-file';

let dir: string;
let root: Uint8Array;
let person: Signer;
let organisation: Signer;
const certified = new Map<0 | 1 | 2 | 3, Buffer>();

beforeAll(async () => {
  dir = makeWorkDir();
  const pki = await makePki(path.join(dir, 'pki'));
  root = derOfPem(pki.root);
  person = signerOf(pki, 'nguyen-thi-thuy-duong');
  organisation = signerOf(pki, 'ldld-huyen');
  const draft = path.join(dir, 'draft.pdf');
  writeFileSync(draft, rawPdf(contractObjects));
  for (const certify of [0, 1, 2, 3] as const) {
    const output = path.join(dir, `p${certify}.pdf`);
    await signFile(draft, output, { signer: person, field: 'first', ...(certify ? { certify } : {}) });
    certified.set(certify, readFileSync(output));
  }
});

afterAll(() => removeWorkDir(dir));

async function check(bytes: Buffer, name: string): Promise<CheckReport> {
  const file = path.join(dir, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.pdf`);
  writeFileSync(file, bytes);
  return checkFile(file, [root]);
}

/** The certified file with an annotation on its first page, drawn by object 951 where it has one. */
function annotated(level: 0 | 1 | 2 | 3, annotation: string, more: RawObjects = {}): Buffer {
  const file = certified.get(level) ?? Buffer.alloc(0);
  const page = changedText(objectText(file, 3), '18 0 R', '18 0 R 950 0 R');
  return rawUpdate(file, { objects: { 950: `<</Type/Annot ${annotation}>>`, 3: page, ...more } });
}

const drawing = (content: string, entries = ''): RawObjects => ({
  951: rawStream(
    content,
    `/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<<${entries}/Font<</F 5 0 R>>>>`,
  ),
});
/** Over the sum in the text of the page, and in the white margin. */
const [overText, inMargin] = ['/Rect[72 695 300 720]', '/Rect[400 60 500 90]'];

describe('evil annotation attack: comments that P=3 lets in do not hide what was certified', () => {
  test.each<[string, string, RawObjects]>([
    [
      'a text box',
      `/Subtype/FreeText${overText}/Contents(900)/AP<</N 951 0 R>>`,
      drawing('BT /F 9 Tf (900) Tj ET'),
    ],
    ['a text box that the viewer draws', `/Subtype/FreeText${overText}/Contents(900)/DA(/F 9 Tf)`, {}],
    ['a stamp', `/Subtype/Stamp${overText}/AP<</N 951 0 R>>`, drawing('1 g 0 0 100 100 re f')],
    ['a filled square', `/Subtype/Square${overText}/IC[1 1 1]`, {}],
    ['a drawn filled square', `/Subtype/Square${overText}/AP<</N 951 0 R>>`, drawing('1 g 0 0 100 100 re f')],
    [
      'a highlight of opaque paint',
      `/Subtype/Highlight${overText}/AP<</N 951 0 R>>`,
      drawing('1 g 0 0 100 100 re f'),
    ],
    [
      'a highlight that multiplies with black',
      `/Subtype/Highlight${overText}/AP<</N 951 0 R>>`,
      drawing('/M gs 0 g 0 0 100 100 re f', '/ExtGState<</M<</BM/Multiply>>>>'),
    ],
    [
      'an underline that writes',
      `/Subtype/Underline${overText}/AP<</N 951 0 R>>`,
      drawing('BT /F 90 Tf (9) Tj ET'),
    ],
    [
      'a line as thick as text',
      `/Subtype/Line${overText}/AP<</N 951 0 R>>`,
      drawing('90 w 1 G 0 50 m 100 50 l S'),
    ],
    [
      'many small squares',
      `/Subtype/Ink${overText}/AP<</N 951 0 R>>`,
      drawing(
        [...Array(400).keys()].map((i) => `${5 * (i % 20)} ${5 * Math.floor(i / 20)} 5 5 re f`).join(' '),
      ),
    ],
  ])('%s', async (name, annotation, more) => {
    const { verdict, signatures } = await check(annotated(3, annotation, more), name);
    expect(verdict).toBe('indeterminate');
    expect(signatures[0]).toMatchObject({ integrity: 'ok', changesAfter: 'annotations' });
    expect(signatures[0]?.problems).toContain('CONTENT_COVERED_AFTER_SIGNING');
    expect(signatures[0]?.changes.find(({ covers }) => covers)).toMatchObject({
      page: 0,
      level: 'annotations',
    });
  });

  test.each<[string, string, RawObjects]>([
    ['a note in the margin', `/Subtype/Text${inMargin}/Contents(1)`, {}],
    [
      'a text box in the margin',
      `/Subtype/FreeText${inMargin}/Contents(1)/AP<</N 951 0 R>>`,
      drawing('1 g 0 0 9 9 re f'),
    ],
    [
      'a yellow highlight',
      `/Subtype/Highlight${overText}/AP<</N 951 0 R>>`,
      drawing('/M gs 1 1 0 rg 0 0 100 100 re f', '/ExtGState<</M<</BM/Multiply>>>>'),
    ],
    [
      'a highlight that the viewer draws',
      `/Subtype/Highlight${overText}/QuadPoints[72 720 300 720 72 695 300 695]`,
      {},
    ],
    ['a thin line', `/Subtype/StrikeOut${overText}/AP<</N 951 0 R>>`, drawing('1 w 0 50 m 100 50 l S')],
  ])('%s is told and leaves it valid under P=3, and under nothing else', async (name, annotation, more) => {
    const { verdict, signatures } = await check(annotated(3, annotation, more), name);
    expect(verdict).toBe('valid');
    expect(signatures[0]?.changesAfter).toBe('annotations');
    for (const level of [0, 1, 2] as const)
      expect((await check(annotated(level, annotation, more), `${name} ${level}`)).verdict).toBe('invalid');
  });

  test.each([
    ['a redaction', `/Subtype/Redact${overText}`],
    ['a link', `/Subtype/Link${inMargin}/A<</S/URI/URI(https://example.invalid)>>`],
    ['a comment that runs a script', `/Subtype/Text${inMargin}/AA<</E<</S/JavaScript/JS(1)>>>>`],
    ['a watermark', `/Subtype/Watermark${inMargin}`],
    ['a film', `/Subtype/RichMedia${inMargin}`],
    ['a comment shown under conditions', `/Subtype/Stamp${inMargin}/OC 12 0 R`],
  ])('%s is not allowed even under P=3', async (name, annotation) => {
    expect((await check(annotated(3, annotation), name)).verdict).toBe('invalid');
  });

  test('a comment that covered text and is removed shows what was hidden', async () => {
    const withStamp = path.join(dir, 'stamped.pdf');
    const objects = {
      ...contractObjects,
      3: changedText(contractObjects[3] ?? '', '18 0 R', '18 0 R 950 0 R'),
      950: `<</Type/Annot/Subtype/Stamp${overText}/AP<</N 951 0 R>>>>`,
      ...drawing('1 g 0 0 100 100 re f'),
    };
    writeFileSync(withStamp, rawPdf(objects));
    const output = path.join(dir, 'stamped-signed.pdf');
    await signFile(withStamp, output, { signer: person, field: 'first', certify: 3 });
    const file = readFileSync(output);
    expect((await check(file, 'stamped stage')).verdict).toBe('valid');
    const removed = rawUpdate(file, { objects: { 3: changedText(objectText(file, 3), '950 0 R', '') } });
    const redrawn = rawUpdate(file, { objects: drawing('BT /F 90 Tf (900) Tj ET') });
    for (const [name, bytes] of [
      ['removed', removed],
      ['redrawn', redrawn],
    ] as const) {
      const { verdict, signatures } = await check(bytes, `stamp ${name}`);
      expect({ name, verdict }).toEqual({ name, verdict: 'indeterminate' });
      expect(signatures[0]?.problems).toContain('CONTENT_COVERED_AFTER_SIGNING');
    }
  });
});

/** A white PNG without any transparency. */
function whitePicture(): Uint8Array {
  const [width, height] = [40, 10];
  const rows = Buffer.alloc((width * 3 + 1) * height, 255);
  for (let y = 0; y < height; y++) rows[y * (width * 3 + 1)] = 0;
  const chunk = (name: string, data: Uint8Array): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name, 'latin1'), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return new Uint8Array(
    Buffer.concat([
      start,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

describe('sneaky signature attack: a new signature field does not hide what was signed', () => {
  const sign = async (level: 0 | 2, png: Uint8Array, y: number): Promise<CheckReport> => {
    const name = `sneaky ${level} ${png.length} ${y}`.replaceAll(' ', '-');
    const [input, output] = [path.join(dir, `p${level}.pdf`), path.join(dir, `${name}.pdf`)];
    const placement = { page: 0, x: 72, y, w: 228, h: 25 };
    await signFile(input, output, {
      signer: organisation,
      field: 'second',
      placement,
      appearance: { kind: 'picture', png },
    });
    return checkFile(output, [root]);
  };

  test.each([0, 2] as const)('an opaque picture over the text (P=%s)', async (level) => {
    const { verdict, signatures } = await sign(level, whitePicture(), 695);
    expect(verdict).toBe('indeterminate');
    expect(signatures.map(({ problems }) => problems.includes('CONTENT_COVERED_AFTER_SIGNING'))).toEqual([
      true,
      false,
    ]);
    expect(signatures[0]?.changes.find(({ covers }) => covers)).toMatchObject({
      page: 0,
      rect: [72, 695, 300, 720],
    });
  });

  test.each([
    ['an opaque picture beside the text', whitePicture(), 300],
    ['a transparent picture over the text, as seals are', makePng(120, 60, [200, 0, 0]), 695],
  ] as const)('%s is a signature like any other', async (_name, png, y) => {
    const { verdict, signatures } = await sign(2, png, y);
    expect(verdict).toBe('valid');
    expect(signatures[0]?.changesAfter).toBe('signatures');
  });

  test('a place that was prepared before the first signature may lie over text', async () => {
    const draft = path.join(dir, 'prepared.pdf');
    const objects = {
      ...contractObjects,
      10: changedText(contractObjects[10] ?? '', '[72 100 272 160]', '[72 690 272 750]'),
    };
    writeFileSync(draft, rawPdf(objects));
    const [first, second] = [path.join(dir, 'prepared-1.pdf'), path.join(dir, 'prepared-2.pdf')];
    await signFile(draft, first, { signer: person, field: 'first', certify: 2 });
    const { placement: _, ...choices } = { signer: organisation, field: 'place', placement: undefined };
    await signFile(first, second, { ...choices, appearance: { kind: 'picture', png: whitePicture() } });
    const { verdict, signatures } = await checkFile(second, [root]);
    expect(signatures[0]?.problems).not.toContain('CONTENT_COVERED_AFTER_SIGNING');
    expect(verdict).toBe('valid');
  });
});
