import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transformFile } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { type CheckReport, signPdf } from '../../../shared/signing/index';
import { PdfDocument } from '../../../shared/signing/pdf/pdf-document';
import {
  isDict,
  isRef,
  isString,
  type PdfDict,
  type PdfRef,
  type PdfString,
  type PdfValue,
  pdfDict,
  pdfName,
  pdfRef,
  pdfStream,
  pdfText,
  withEntries,
} from '../../../shared/signing/pdf/pdf-objects';
import { IncrementalUpdate } from '../../../shared/signing/update/incremental-update';
import {
  checkFile,
  derOfPem,
  fonts,
  makeDraft,
  makePki,
  makeWorkDir,
  pdfsigReport,
  removeWorkDir,
  signerOf,
  signingTime,
  type TestPki,
} from './fixtures';

let dir: string;
let pki: TestPki;
let root: Uint8Array;
/** Certified with P=2, and signed without certification. */
let certified: string;
let approved: string;

/** An object that the page of the draft refers to and that nobody defines: bait for a shadow attack. */
const dangling = pdfRef(900);

type Change = (update: IncrementalUpdate, document: PdfDocument) => Promise<void>;

async function changeFile(input: string, output: string, change: Change): Promise<string> {
  await transformFile(input, output, async (source, sink) => {
    const document = await PdfDocument.open(source, nodeCrypto);
    const update = new IncrementalUpdate(document);
    await change(update, document);
    await sink.write(await source.read(0, source.size));
    await sink.write((await update.build()).bytes);
  });
  return output;
}

async function firstPage(document: PdfDocument): Promise<{ readonly ref: PdfRef; readonly dict: PdfDict }> {
  const pages = await document.dict((await document.catalog()).get('Pages'));
  const [ref] = (await document.array(pages?.get('Kids'))) ?? [];
  const dict = await document.dict(ref);
  if (!isRef(ref) || !dict) throw new Error('page expected');
  return { ref, dict };
}

const changeCatalog =
  (entries: Readonly<Record<string, PdfValue>>): Change =>
  async (update, document) => {
    update.set(document.rootRef, withEntries(await document.catalog(), entries));
  };

const addAnnotation =
  (annotation: PdfDict): Change =>
  async (update, document) => {
    const { ref, dict } = await firstPage(document);
    const known = (await document.array(dict.get('Annots'))) ?? [];
    update.set(ref, withEntries(dict, { Annots: [...known, update.add(annotation)] }));
  };

const noteOverText = pdfDict({
  Type: pdfName('Annot'),
  Subtype: pdfName('FreeText'),
  Rect: [100, 600, 400, 700],
  Contents: pdfText('Đã sửa'),
});

beforeAll(async () => {
  dir = makeWorkDir();
  pki = await makePki(join(dir, 'pki'));
  root = derOfPem(pki.root);
  const draft = await makeDraft(join(dir, 'draft.pdf'));
  const bait = await changeFile(draft, join(dir, 'bait.pdf'), async (update, document) => {
    const { ref, dict } = await firstPage(document);
    const resources = (await document.dict(dict.get('Resources'))) ?? pdfDict({});
    update.set(
      ref,
      withEntries(dict, { Resources: withEntries(resources, { XObject: pdfDict({ Later: dangling }) }) }),
    );
  });
  const sign = (output: string, certify: { readonly certify?: 2 }): Promise<unknown> =>
    transformFile(bait, output, (source, sink) =>
      signPdf(source, sink, {
        crypto: nodeCrypto,
        fonts,
        signer: signerOf(pki, 'nguyen-thi-thuy-duong'),
        field: 'NguoiKy',
        placement: { page: 0, x: 360, y: 240, w: 120, h: 60 },
        appearance: { kind: 'drawn-name', name: 'Nguyễn Thị Thuỳ Dương' },
        time: signingTime,
        ...certify,
      }),
    );
  certified = join(dir, 'certified.pdf');
  approved = join(dir, 'approved.pdf');
  await sign(certified, { certify: 2 });
  await sign(approved, {});
});

afterAll(() => removeWorkDir(dir));

const forbidden: Readonly<Record<string, Change>> = {
  'an object that the signed page already refers to is defined (shadow attack)': async (update) => {
    update.set(dangling, pdfStream(pdfDict({ Type: pdfName('XObject') }), new Uint8Array(0)));
  },
  'the content stream of the page is replaced': async (update, document) => {
    const contents = (await firstPage(document)).dict.get('Contents');
    const [first] = (await document.array(contents)) ?? [contents];
    if (!isRef(first)) throw new Error('stream expected');
    update.set(first, pdfStream(pdfDict({}), new Uint8Array(0)));
  },
  'a font of the page is replaced': async (update, document) => {
    const resources = await document.dict((await firstPage(document)).dict.get('Resources'));
    const [font] = [...((await document.dict(resources?.get('Font'))) ?? new Map()).values()];
    const dict = await document.dict(font);
    if (!isRef(font) || !dict) throw new Error('font expected');
    update.set(font, withEntries(dict, { ToUnicode: undefined, Encoding: pdfName('Identity-V') }));
  },
  'the page tree is exchanged': async (update, document) => {
    const { dict } = await firstPage(document);
    const tree = update.add(null);
    const page = update.add(withEntries(dict, { Parent: tree, Contents: [] }));
    update.set(tree, pdfDict({ Type: pdfName('Pages'), Kids: [page], Count: 1 }));
    await changeCatalog({ Pages: tree })(update, document);
  },
  'a script runs when the file is opened': changeCatalog({
    OpenAction: pdfDict({ S: pdfName('JavaScript'), JS: pdfText('app.alert(1)') }),
  }),
  'a certification is added afterwards': changeCatalog({ Perms: pdfDict({ DocMDP: pdfDict({}) }) }),
  'another form is laid over the form': async (update, document) => {
    const form = (await document.dict((await document.catalog()).get('AcroForm'))) ?? pdfDict({});
    await changeCatalog({ AcroForm: withEntries(form, { XFA: pdfText('<xdp/>') }) })(update, document);
  },
  'a text field is added': async (update, document) => {
    const form = (await document.dict((await document.catalog()).get('AcroForm'))) ?? pdfDict({});
    const { ref } = await firstPage(document);
    const rect = [10, 10, 500, 500];
    const field = update.add(
      pdfDict({ FT: pdfName('Tx'), T: pdfText('che'), Subtype: pdfName('Widget'), P: ref, Rect: rect }),
    );
    const fields = (await document.array(form.get('Fields'))) ?? [];
    await changeCatalog({ AcroForm: withEntries(form, { Fields: [...fields, field] }) })(update, document);
  },
  'a note is laid over the text (evil annotation attack)': addAnnotation(noteOverText),
  'the signature dictionary is replaced': async (update, document) => {
    const form = await document.dict((await document.catalog()).get('AcroForm'));
    const [field] = (await document.array(form?.get('Fields'))) ?? [];
    const value = (await document.dict(field))?.get('V');
    const dict = await document.dict(value);
    if (!isRef(value) || !isDict(dict ?? undefined) || !dict) throw new Error('signature expected');
    update.set(value, withEntries(dict, { Reason: pdfText('Lý do khác') }));
  },
};

describe.each(['certified with P=2', 'signed without certification'])(
  '%s: not valid any more when',
  (kind) => {
    test.each(Object.entries(forbidden))('%s', async (name, change) => {
      const input = kind.startsWith('certified') ? certified : approved;
      const output = join(dir, `${kind} ${name}.pdf`.replaceAll(/[^a-z0-9.]/gi, '-'));
      await changeFile(input, output, change);
      const { verdict } = await checkFile(output, [root]);
      expect(verdict).toBe('invalid');
    });
  },
);

describe('a signature moved into another dictionary keeps none of its standing', () => {
  test.each([
    ['HOLE_OUTSIDE_DICTIONARY', 'with the same contents', (contents: PdfString) => contents],
    [
      'HOLE_NOT_THIS_CONTENTS',
      'with other contents',
      ({ bytes }: PdfString) =>
        ({ kind: 'string', hex: true, bytes: bytes.map((byte) => byte ^ 1) }) as const,
    ],
  ])('%s: %s', async (problem, name, change) => {
    const output = join(dir, `moved ${name}.pdf`);
    await changeFile(approved, output, async (update, document) => {
      const form = await document.dict((await document.catalog()).get('AcroForm'));
      const [ref] = (await document.array(form?.get('Fields'))) ?? [];
      const field = await document.dict(ref);
      const signature = await document.dict(field?.get('V'));
      const contents = signature?.get('Contents');
      if (!isRef(ref) || !field || !signature || !isString(contents)) throw new Error('signature expected');
      update.set(
        ref,
        withEntries(field, { V: update.add(withEntries(signature, { Contents: change(contents) })) }),
      );
    });
    const { verdict, signatures } = await checkFile(output, [root]);
    expect(verdict).toBe('invalid');
    expect(signatures[0]).toMatchObject({ integrity: 'malformed', coverage: 'none', problems: [problem] });
  });
});

test('freeing the object that a page shows is a change, though poppler still calls the signature valid', async () => {
  const bytes = readFileSync(approved).toString('latin1');
  const startXref = /startxref\n(\d+)\n%%EOF\n$/.exec(bytes)?.[1] ?? '';
  const contents = /\/Contents \[?\s*(\d+) 0 R/.exec(bytes)?.[1] ?? '';
  const trailer = `trailer\n<</Size 999/Root ${/\/Root (\d+ 0 R)/.exec(bytes)?.[1]}/Prev ${startXref}>>`;
  const freed = `xref\n${contents} 1\n0000000000 00001 f \n${trailer}\nstartxref\n${bytes.length}\n%%EOF\n`;
  const output = join(dir, 'freed.pdf');
  writeFileSync(output, bytes + freed, 'latin1');
  const report: CheckReport = await checkFile(output, [root]);
  expect(report.verdict).toBe('invalid');
  expect(report.signatures[0]?.changes.map(({ what }) => what)).toContain(`object ${contents} freed`);
  expect(pdfsigReport(output)).toContain('Signature is Valid');
});

test('the same file unchanged is valid, and a later visible signature is told with its place', async () => {
  expect((await checkFile(certified, [root])).verdict).toBe('valid');
  const output = join(dir, 'second.pdf');
  await transformFile(certified, output, (source, sink) =>
    signPdf(source, sink, {
      crypto: nodeCrypto,
      fonts,
      signer: signerOf(pki, 'ldld-huyen'),
      field: 'CoQuan',
      placement: { page: 0, x: 100, y: 600, w: 300, h: 100 },
      appearance: { kind: 'drawn-seal', organisation: 'Liên đoàn Lao động huyện', superior: null },
      time: signingTime,
    }),
  );
  const { verdict, signatures } = await checkFile(output, [root]);
  expect(verdict).toBe('valid');
  expect(signatures[0]?.changes).toContainEqual({
    level: 'signatures',
    what: 'signature field CoQuan added',
    page: 0,
    rect: [100, 600, 400, 700],
  });
});
