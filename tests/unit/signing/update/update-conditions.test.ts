import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { Drawing } from '../../../../shared/signing/appearance/drawing';
import { appendPage } from '../../../../shared/signing/appearance/signing-page';
import {
  fillNumberAndDate,
  inspectPdf,
  type PrepareOptions,
  placeSeal,
  prepareForSigning,
} from '../../../../shared/signing/index';
import { pdfRef } from '../../../../shared/signing/pdf/pdf-objects';
import { addAnnotation, currentCatalog } from '../../../../shared/signing/update/form-writer';
import { IncrementalUpdate } from '../../../../shared/signing/update/incremental-update';
import { openForUpdate } from '../../../../shared/signing/update/open-document';
import { stepsToRaise } from '../../../../shared/signing/update/raise-steps';
import { filledHole } from '../../../../shared/signing/update/signature-hole';
import { addValidationData } from '../../../../shared/signing/update/validation-data-update';
import { changed, contractObjects, type RawObjects, rawPdf } from '../../../integration/signing/attack-files';
import { fonts } from '../../../integration/signing/fixtures';
import { fielded, open } from '../difference/compare';

const sourceOf = (file: Buffer) => memorySource(new Uint8Array(file));
const contractWith = (objects: RawObjects): Buffer => rawPdf({ ...contractObjects, ...objects });
const refusal = (code: string) => expect.objectContaining({ code });
const nowhere = { write: () => Promise.resolve() };
const room = { page: 0, x: 300, y: 100, w: 120, h: 60 };

async function updateOf(objects: RawObjects): Promise<IncrementalUpdate> {
  return new IncrementalUpdate(await open(contractWith(objects)));
}

/** What an update appends to its file. */
async function textOf(update: IncrementalUpdate): Promise<string> {
  return Buffer.from((await update.build()).bytes).toString('latin1');
}

describe('what an update is made of', () => {
  test('a document starts with its header: every offset would be another one', async () => {
    const shifted = contractWith({})
      .toString('latin1')
      .replace(/^%PDF-1\.7\n%..../s, 'x%PDF-1.7\n%...');
    const opening = openForUpdate(sourceOf(Buffer.from(shifted, 'latin1')), nodeCrypto);
    await expect(opening).rejects.toEqual(refusal('PDF_MALFORMED'));
  });

  test('a message authentication code (ISO/TS 32004) would no longer hold', async () => {
    const file = rawPdf(contractObjects, '/AuthCode<<>>');
    await expect(openForUpdate(sourceOf(file), nodeCrypto)).rejects.toEqual(refusal('PDF_FORBIDS_SIGNING'));
  });

  test('a document without a signature has none to be raised or to keep data for', async () => {
    const source = sourceOf(contractWith({}));
    const nothing = { anchors: [], intermediates: [], http: null, known: { crls: [], ocsps: [] } };
    const adding = addValidationData(source, nowhere, { crypto: nodeCrypto, now: 0, ...nothing });
    await expect(adding).rejects.toEqual(refusal('NO_SIGNATURE'));
    await expect(stepsToRaise(source, nodeCrypto, 'B-T')).rejects.toEqual(refusal('NO_SIGNATURE'));
  });

  test('its objects have numbers that readers take (ISO 32000-1, annex C)', async () => {
    const sized = (size: number): Buffer =>
      Buffer.from(
        contractWith({})
          .toString('latin1')
          .replace(/\/Size \d+/, `/Size ${size}`),
        'latin1',
      );
    expect(new IncrementalUpdate(await open(sized(8_388_607))).add(null)).toEqual(pdfRef(8_388_607));
    const document = await open(sized(8_388_608));
    expect(() => new IncrementalUpdate(document)).toThrow(refusal('PDF_MALFORMED'));
  });

  test('a catalog is a dictionary', async () => {
    const update = await updateOf({ 1: '(catalog)' });
    await expect(currentCatalog(update)).rejects.toEqual(refusal('PDF_MALFORMED'));
  });

  test('a page is added to a tree that counts its pages', async () => {
    const drawing = new Drawing(fonts);
    for (const pages of ['<</Kids[3 0 R]>>', '<</Count 1>>', '(pages)'])
      await expect(appendPage(await updateOf({ 2: pages }), drawing)).rejects.toEqual(
        refusal('PDF_MALFORMED'),
      );
    const direct = await updateOf({ 1: '<</Pages<</Kids[3 0 R]/Count 1>>>>' });
    await expect(appendPage(direct, drawing)).rejects.toEqual(refusal('PDF_MALFORMED'));
  });

  test('a signature that is longer than its hole is not written', () => {
    expect(filledHole(Uint8Array.of(0x30, 0), 8)).toEqual(new TextEncoder().encode('<300000>'));
    expect(() => filledHole(new Uint8Array(4), 8)).toThrow(refusal('CONTENTS_TOO_SMALL'));
  });
});

describe('annotations are listed where no other page lists them too', () => {
  const first = (annotations: string): RawObjects =>
    changed(3, '/Annots[18 0 R 9 0 R 10 0 R 23 0 R 24 0 R]', `/Annots ${annotations}`);
  const rewrittenPage = async (second: string): Promise<boolean> => {
    const objects = { ...first('30 0 R'), ...changed(16, '/Contents', `${second}/Contents`) };
    const update = await updateOf({ ...objects, 30: '[18 0 R]', 31: '[18 0 R]' });
    const [dict, page] = [await update.document.dict(pdfRef(3)), pdfRef(3)];
    if (!dict) throw new Error('page expected');
    await addAnnotation(update, { ref: page, dict, inherited: dict }, pdfRef(900));
    return /^3 0 obj$/m.test(await textOf(update));
  };

  test.each([
    ['the only page that has any', '', false],
    ['another page has a list of its own', '/Annots 31 0 R', false],
    ['another page has them in itself', '/Annots[18 0 R]', false],
    ['another page has the same list', '/Annots 30 0 R', true],
  ])('%s', async (_what, second, isRewritten) => {
    expect(await rewrittenPage(second)).toBe(isRewritten);
  });
});

describe('number and date go into the fields that were prepared for them', () => {
  const group = (kids: string): RawObjects => ({
    ...fielded('30 0 R'),
    30: `<</T(cv)/Kids[${kids}]>>`,
    31: '<</FT/Tx/T(number)/Parent 30 0 R/Rect[0 0 60 20]>>',
    32: '<</FT/Tx/T(other)/Parent 30 0 R/Rect[0 0 60 20]>>',
    33: '<</FT/Ch/T(date)/Parent 30 0 R/Rect[0 0 60 20]>>',
    34: '<</FT/Tx/T(number)/Parent 30 0 R>>',
  });
  const fill = (kids: string, number = '35', date = '2026-11-21') =>
    fillNumberAndDate(sourceOf(contractWith(group(kids))), nowhere, {
      crypto: nodeCrypto,
      fonts,
      number,
      date,
    });

  test('text fields of these names, and no others', async () => {
    expect((await fill('31 0 R 32 0 R 33 0 R')).fields).toEqual(['cv.number']);
    await expect(fill('32 0 R 33 0 R')).rejects.toEqual(refusal('FIELD_NOT_FOUND'));
  });

  test('fields that have a place', async () => {
    await expect(fill('34 0 R')).rejects.toEqual(refusal('FIELD_NOT_FOUND'));
  });

  test.each([
    [' ', '2026-11-21'],
    ['35', '21/11/2026'],
  ])('a number and a date: not %j of %s', async (number, date) => {
    await expect(fill('31 0 R', number, date)).rejects.toEqual(refusal('INVALID_INPUT'));
  });
});

describe('a draft is prepared once, before anybody signs it', () => {
  const prepare = (objects: RawObjects, more: Partial<PrepareOptions> = {}) =>
    prepareForSigning(sourceOf(contractWith(objects)), nowhere, {
      crypto: nodeCrypto,
      fonts,
      numberField: null,
      dateField: null,
      personSignature: room,
      organSignature: room,
      sealDiameter: 36,
      signingPage: null,
      ...more,
    });

  test('not one that is signed or prepared already', async () => {
    await expect(prepare(changed(10, '/FT/Sig', '/FT/Sig/V 9 0 R'))).rejects.toEqual(refusal('WRONG_STATE'));
    const fields = { ...fielded('30 0 R'), 30: '<</T(cv)/Kids[31 0 R]>>', 31: '<</FT/Tx/T(number)>>' };
    await expect(prepare(fields)).rejects.toEqual(refusal('WRONG_STATE'));
  });

  test('not on a page that it has not', async () => {
    await expect(prepare({}, { personSignature: { ...room, page: 2 } })).rejects.toEqual(refusal('BAD_PAGE'));
  });

  test('the seal moves with the picture of the signature (Phụ lục I, phần I, mục II.8)', async () => {
    const personPicture = { w: 100, h: 100 };
    const { personSignature, organSignature } = await prepare({}, { personPicture });
    expect(personSignature).toMatchObject({ w: 60, h: 60 });
    expect(personSignature && placeSeal(personSignature, 36)).toEqual(organSignature);
    expect((await prepare({}, { personPicture, organSignature: null })).organSignature).toBeNull();
  });
});

test('only signature fields with a value are signatures', async () => {
  const objects = { ...fielded('30 0 R'), 30: '<</FT/Sig/T(signed)/V 9 0 R>>' };
  const inspection = await inspectPdf(sourceOf(contractWith(objects)), nodeCrypto);
  expect(inspection).toMatchObject({ signatures: 1, emptySignatureFields: ['place'] });
});
