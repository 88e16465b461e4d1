import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fontkit from '@cantoo/fontkit';
import {
  PDFDocument,
  type PDFFont,
  PDFHexString,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFString,
  StandardFonts,
} from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memorySource } from '../../../electron/signing/file-bytes';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { inspectForSigning, type PreSignWarning } from '../../../shared/signing/index';
import { processorTime } from '../../processor-time';
import { fonts, makeDraft, makeWorkDir, removeWorkDir } from './fixtures';

let dir: string;

beforeAll(() => {
  dir = makeWorkDir();
});
afterAll(() => removeWorkDir(dir));

type Draft = { readonly pdf: PDFDocument; readonly page: PDFPage; readonly font: PDFFont };

/** One page with a line of text in an embedded font, changed by `change`, and what is said of it. */
async function inspect(change: (draft: Draft) => void | Promise<void>): Promise<readonly PreSignWarning[]> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const font = await pdf.embedFont(fonts.regular, { subset: true });
  const page = pdf.addPage([595, 842]);
  page.drawText('Số tiền: 10.000.000 đồng', { x: 100, y: 700, size: 13, font });
  await change({ pdf, page, font });
  return inspectForSigning(memorySource(await pdf.save({ useObjectStreams: false })), nodeCrypto);
}

const codesOf = (warnings: readonly PreSignWarning[]): readonly string[] => [
  ...new Set(warnings.map(({ code }) => code)),
];

/** Adds an annotation written as pdf-lib literals. */
function annotate({ pdf, page }: Draft, entries: Record<string, unknown>): void {
  const dict = pdf.context.obj({ Type: 'Annot', ...entries } as never) as PDFObject;
  page.node.addAnnot(pdf.context.register(dict));
}

const action = (type: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  S: type,
  ...more,
});
const appearance = ({ pdf }: Draft): Record<string, unknown> => ({
  N: pdf.context.register(
    pdf.context.stream('1 1 1 rg 0 0 200 40 re f', {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, 200, 40],
    }),
  ),
});

describe('what a person is told before she signs', () => {
  it('a document with nothing to hide gives no warning', async () => {
    expect(await inspect(() => undefined)).toEqual([]);
    const bytes = new Uint8Array(readFileSync(await makeDraft(join(dir, 'draft.pdf'))));
    expect(await inspectForSigning(memorySource(bytes), nodeCrypto)).toEqual([]);
    const packed = new Uint8Array(
      readFileSync(await makeDraft(join(dir, 'packed.pdf'), { objectStreams: true })),
    );
    expect(await inspectForSigning(memorySource(packed), nodeCrypto)).toEqual([]);
  });

  it('JAVASCRIPT and OPEN_ACTION: a script that runs on opening', async () => {
    const warnings = await inspect(({ pdf }) => {
      const script = pdf.context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(1)') });
      pdf.catalog.set(PDFName.of('OpenAction'), script);
    });
    expect(codesOf(warnings)).toEqual(['OPEN_ACTION', 'JAVASCRIPT']);
  });

  it('going to a page on opening is no warning', async () => {
    const warnings = await inspect(({ pdf, page }) => {
      pdf.catalog.set(PDFName.of('OpenAction'), pdf.context.obj([page.ref, 'Fit']));
    });
    expect(warnings).toEqual([]);
  });

  it('JAVASCRIPT: a named script of the document', async () => {
    const warnings = await inspect(({ pdf }) => pdf.addJavaScript('x', 'this.print()'));
    expect(codesOf(warnings)).toEqual(['JAVASCRIPT']);
  });

  it('ADDITIONAL_ACTIONS: of the document, of a page, of an annotation with its place', async () => {
    const warnings = await inspect((draft) => {
      const { pdf, page } = draft;
      pdf.catalog.set(PDFName.of('AA'), pdf.context.obj({}));
      page.node.set(PDFName.of('AA'), pdf.context.obj({}));
      annotate(draft, { Subtype: 'Link', Rect: [10, 20, 30, 40], AA: {} });
    });
    expect(codesOf(warnings)).toEqual(['ADDITIONAL_ACTIONS']);
    expect(warnings.map(({ page, rect }) => [page, rect])).toEqual([
      [null, null],
      [0, null],
      [0, [10, 20, 30, 40]],
    ]);
  });

  it.each([
    ['LAUNCH_ACTION', action('Launch', { F: PDFString.of('a.exe') })],
    ['URI_ACTION', action('URI', { URI: PDFString.of('http://example.test') })],
    ['SUBMIT_FORM_ACTION', action('SubmitForm', { F: PDFString.of('http://example.test') })],
    ['OTHER_ACTION', action('GoToR', { F: PDFString.of('b.pdf') })],
  ])('%s: with page and place', async (code, entries) => {
    const warnings = await inspect((draft) =>
      annotate(draft, { Subtype: 'Link', Rect: [100, 200, 150, 220], A: entries }),
    );
    expect(warnings).toMatchObject([{ code, page: 0, rect: [100, 200, 150, 220] }]);
  });

  it('finds the action that follows another one', async () => {
    const warnings = await inspect((draft) =>
      annotate(draft, {
        Subtype: 'Link',
        Rect: [1, 2, 3, 4],
        A: action('Named', { N: 'NextPage', Next: action('Launch', { F: PDFString.of('a.exe') }) }),
      }),
    );
    expect(codesOf(warnings)).toEqual(['LAUNCH_ACTION']);
  });

  it('EMBEDDED_FILES: an attached file', async () => {
    const warnings = await inspect(({ pdf }) => pdf.attach(new Uint8Array([1, 2, 3]), 'a.txt'));
    expect(codesOf(warnings)).toEqual(['EMBEDDED_FILES']);
  });

  it('EXTERNAL_STREAMS: content that lies outside of the file', async () => {
    const warnings = await inspect(({ pdf }) => {
      pdf.context.register(pdf.context.stream('', { F: PDFString.of('elsewhere.bin') }));
    });
    expect(codesOf(warnings)).toEqual(['EXTERNAL_STREAMS']);
  });

  it('XFA: a second form in the form', async () => {
    const warnings = await inspect(({ pdf }) => {
      pdf.catalog.getOrCreateAcroForm().dict.set(PDFName.of('XFA'), PDFHexString.of(''));
    });
    expect(codesOf(warnings)).toEqual(['XFA']);
  });

  it('FONT_NOT_EMBEDDED: text that each machine draws with its own letters', async () => {
    const warnings = await inspect(async ({ pdf, page }) => {
      page.drawText('Helvetica', {
        x: 100,
        y: 100,
        size: 10,
        font: await pdf.embedFont(StandardFonts.Helvetica),
      });
    });
    expect(warnings).toMatchObject([{ code: 'FONT_NOT_EMBEDDED', page: 0, detail: 'Helvetica' }]);
  });

  it('FIELDS_WITH_VALUES: a form that is filled already, but not an empty one', async () => {
    const withField = (value: string) =>
      inspect((draft) => {
        const { pdf } = draft;
        const field = pdf.context.register(
          pdf.context.obj({
            Type: 'Annot',
            Subtype: 'Widget',
            FT: 'Tx',
            T: PDFString.of('so tien'),
            V: PDFString.of(value),
            Rect: [100, 100, 200, 120],
          }),
        );
        draft.page.node.addAnnot(field);
        pdf.catalog.getOrCreateAcroForm().dict.set(PDFName.of('Fields'), pdf.context.obj([field]));
      });
    expect(await withField('')).toEqual([]);
    expect(await withField('10')).toMatchObject([{ code: 'FIELDS_WITH_VALUES', detail: 'so tien' }]);
  });
});

describe('content that cannot be seen', () => {
  it.each([
    ['hidden', { F: 2, Rect: [100, 100, 300, 140] }],
    ['not shown on screens', { F: 32, Rect: [100, 100, 300, 140] }],
    ['without size', { Rect: [100, 100, 100, 100] }],
    ['outside the page', { Rect: [-500, 100, -300, 140] }],
  ])('HIDDEN_CONTENT: an annotation %s', async (reason, entries) => {
    const warnings = await inspect((draft) =>
      annotate(draft, { Subtype: 'Stamp', AP: appearance(draft), ...entries }),
    );
    expect(warnings).toMatchObject([{ code: 'HIDDEN_CONTENT', page: 0, detail: `Stamp ${reason}` }]);
  });

  it('HIDDEN_CONTENT: a layer that is off until somebody turns it on', async () => {
    const warnings = await inspect(({ pdf }) => {
      const group = pdf.context.register(pdf.context.obj({ Type: 'OCG', Name: PDFString.of('Bản khác') }));
      pdf.catalog.set(PDFName.of('OCProperties'), pdf.context.obj({ OCGs: [group], D: { OFF: [group] } }));
    });
    expect(codesOf(warnings)).toEqual(['HIDDEN_CONTENT']);
  });

  it('HIDDEN_CONTENT: a second tree of pages that nothing shows', async () => {
    const warnings = await inspect(({ pdf }) => {
      const content = pdf.context.register(pdf.context.stream('0 0 10 10 re f'));
      const page = pdf.context.register(
        pdf.context.obj({ Type: 'Page', Contents: content, MediaBox: [0, 0, 595, 842] }),
      );
      pdf.context.register(pdf.context.obj({ Type: 'Pages', Kids: [page], Count: 1 }));
    });
    expect(warnings).toMatchObject([{ code: 'HIDDEN_CONTENT', page: null }]);
  });
});

describe('content that covers other content', () => {
  it('OVERLAPPING_CONTENT: an annotation over text, but not one beside it', async () => {
    const at = (rect: readonly number[]) =>
      inspect((draft) => annotate(draft, { Subtype: 'FreeText', Rect: rect, AP: appearance(draft) }));
    expect(await at([90, 690, 290, 730])).toMatchObject([
      { code: 'OVERLAPPING_CONTENT', page: 0, rect: [90, 690, 290, 730] },
    ]);
    expect(await at([90, 600, 290, 640])).toEqual([]);
  });

  it('OVERLAPPING_CONTENT: an opaque picture painted over text; one below it or a clear one is none', async () => {
    const opaque = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC',
      'base64',
    );
    const place = { x: 90, y: 690, width: 300, height: 30 };
    expect(
      await inspect(async ({ pdf, page }) => page.drawImage(await pdf.embedPng(opaque), place)),
    ).toMatchObject([{ code: 'OVERLAPPING_CONTENT', page: 0, rect: [90, 690, 390, 720] }]);
    expect(
      await inspect(async ({ pdf, page }) =>
        page.drawImage(await pdf.embedPng(opaque), { ...place, y: 500 }),
      ),
    ).toEqual([]);
    expect(
      await inspect(async ({ pdf, page, font }) => {
        page.drawImage(await pdf.embedPng(opaque), { ...place, y: 490 });
        page.drawText('chữ trên nền', { x: 100, y: 500, size: 13, font });
      }),
    ).toEqual([]);
  });

  it('OVERLAPPING_CONTENT: a form field that covers another', async () => {
    const widget = (rect: readonly number[]) => ({ Subtype: 'Widget', FT: 'Tx', Rect: rect });
    const two = (rect: readonly number[]) =>
      inspect((draft) => {
        annotate(draft, widget([100, 100, 200, 120]));
        annotate(draft, widget(rect));
      });
    expect(codesOf(await two([110, 105, 210, 125]))).toEqual(['OVERLAPPING_CONTENT']);
    expect(await two([200, 100, 300, 120])).toEqual([]);
  });
});

describe('a file that cannot be looked through', () => {
  it('NOT_FULLY_INSPECTED: broken content, no PDF; never an exception', async () => {
    const broken = await inspect(({ pdf, page }) => {
      const stream = pdf.context.register(pdf.context.stream('BT (open'));
      page.node.set(PDFName.of('Contents'), stream);
    });
    expect(codesOf(broken)).toContain('NOT_FULLY_INSPECTED');
    const none = await inspectForSigning(memorySource(new TextEncoder().encode('no pdf')), nodeCrypto);
    expect(codesOf(none)).toEqual(['NOT_FULLY_INSPECTED']);
  });

  it('a document made to cost time ends within seconds and says that it was not looked through', async () => {
    const started = processorTime();
    const shared = await inspect(({ pdf, page }) => {
      const loop = '/F Do '.repeat(60_000);
      const form = pdf.context.register(
        pdf.context.flateStream('BT (a) Tj ET '.repeat(20_000), {
          Type: 'XObject',
          Subtype: 'Form',
          BBox: [0, 0, 1, 1],
        }),
      );
      page.node.set(PDFName.of('Contents'), pdf.context.register(pdf.context.flateStream(loop)));
      page.node.setXObject(PDFName.of('F'), form);
      for (let i = 0; i < 400; i += 1) pdf.addPage().node.set(PDFName.of('Contents'), page.node.Contents()!);
    });
    expect(codesOf(shared)).toEqual(['NOT_FULLY_INSPECTED']);
    const crowded = await inspect((draft) => {
      for (let i = 0; i < 3000; i += 1)
        annotate(draft, { Subtype: 'Widget', FT: 'Tx', Rect: [i, i, i + 50, i + 50], MK: { BG: [1] } });
    });
    expect(codesOf(crowded)).toContain('NOT_FULLY_INSPECTED');
    expect(processorTime() - started).toBeLessThan(10_000);
  }, 30_000);

  it('says no more than 20 things of a kind', async () => {
    const warnings = await inspect((draft) => {
      for (let i = 0; i < 200; i += 1)
        annotate(draft, {
          Subtype: 'Link',
          Rect: [i, 0, i + 1, 1],
          A: action('Launch', { F: PDFString.of('a') }),
        });
    });
    expect(warnings.length).toBe(20);
  });
});
