import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../../shared/node/crypto-port';
import { type PdfStream, pdfRef } from '../../../../shared/signing/pdf/pdf-objects';
import { IncrementalUpdate } from '../../../../shared/signing/update/incremental-update';
import { openForUpdate } from '../../../../shared/signing/update/open-document';
import { placeField, writeField } from '../../../../shared/signing/update/signature-field';
import {
  changed,
  contractObjects,
  type RawObjects,
  rawPdf,
  rawStream,
} from '../../../integration/signing/attack-files';
import { fonts, signingTime } from '../../../integration/signing/fixtures';
import { fielded } from '../difference/compare';

const refusal = (code: string) => expect.objectContaining({ code });
const room = { page: 0, x: 300, y: 100, w: 120, h: 60 };

describe('the field that is signed', () => {
  type Act = { readonly field: string; readonly placement?: typeof room };
  const place = async (objects: RawObjects, act: Act) => {
    const source = memorySource(new Uint8Array(rawPdf({ ...contractObjects, ...objects })));
    const opened = await openForUpdate(source, nodeCrypto);
    const update = new IncrementalUpdate(opened.document);
    const appearance = { kind: 'drawn-name', name: 'Nguyễn Thị Thuỳ Dương' } as const;
    const options = { ...act, appearance, fonts, time: signingTime };
    const placed = await placeField(update, opened, options);
    const signature = update.add(null);
    await writeField(update, placed, signature, options);
    return update;
  };

  test('is an object of its own that is a dictionary', async () => {
    const direct = fielded('<</FT/Sig/T(direct)>>');
    await expect(place(direct, { field: 'direct' })).rejects.toEqual(refusal('FIELD_NOT_FOUND'));
    const stream = { ...fielded('30 0 R'), 30: rawStream('', '/FT/Sig/T(stream)') };
    await expect(place(stream, { field: 'stream' })).rejects.toEqual(refusal('FIELD_NOT_FOUND'));
  });

  test('is added to a group only, with its list of fields', async () => {
    const added = async (group: string) =>
      place({ ...fielded('30 0 R'), 30: group, 31: '(kids)' }, { field: 'cv.organ', placement: room });
    await expect(added('<</T(cv)/FT/Tx/Kids[]>>')).rejects.toEqual(refusal('FIELD_NOT_FOUND'));
    await expect(added('<</T(cv)>>')).rejects.toEqual(refusal('FIELD_NOT_FOUND'));
    await expect(added('<</T(cv)/Kids 31 0 R>>')).rejects.toEqual(refusal('PDF_MALFORMED'));
    await expect(added(rawStream('', '/T(cv)/Kids[]'))).rejects.toEqual(refusal('PDF_MALFORMED'));
    const { bytes } = await (await added('<</T(cv)/Kids[]>>')).build();
    expect(Buffer.from(bytes).toString('latin1')).toContain('/T (organ)');
  });

  test('stands upright on the page that lists it, when it does not name its page', async () => {
    const update = await place(
      {
        ...changed(10, '/P 3 0 R', ''),
        ...changed(3, ' 10 0 R', ' null'),
        ...changed(16, '/Contents', '/Rotate 90/Annots[null 18 0 R 10 0 R]/Contents'),
      },
      { field: 'place' },
    );
    const widget = await update.current(pdfRef(10));
    const form = await appearanceOf(update, widget);
    expect(form.dict.get('BBox')).toEqual([0, 0, 60, 200]);
  });
});

async function appearanceOf(update: IncrementalUpdate, widget: unknown): Promise<PdfStream> {
  const appearances = (widget as PdfStream['dict']).get('AP') as PdfStream['dict'];
  return (await update.current(appearances.get('N') as ReturnType<typeof pdfRef>)) as PdfStream;
}
