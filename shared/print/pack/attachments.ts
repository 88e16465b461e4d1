import { PDFDict, type PDFDocument, PDFHexString, PDFName, type PDFObject, PDFString } from '@cantoo/pdf-lib';

/** A file to be carried inside a PDF, byte for byte. */
export type Attachment = {
  readonly name: string;
  readonly mime: string;
  readonly description: string;
  readonly bytes: Uint8Array;
};

/** A name for readers that know no Unicode names: letters without marks, nothing that needs escaping. */
function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^A-Za-z0-9._ -]/gu, '_');
}

/** A file name without folders or control characters, numbered so that no two are alike and order is kept. */
function numberedName(name: string, index: number): string {
  const bare = name.normalize('NFC').replace(/[\p{Cc}\\/:*?"<>|]/gu, '_');
  return `${String(index + 1).padStart(3, '0')} - ${bare}`;
}

/** Embeds files (ISO 32000-1, 7.11.4). Their bytes come out again exactly as they went in. */
export function writeAttachments(pdf: PDFDocument, attachments: readonly Attachment[]): void {
  if (attachments.length === 0) return;
  const { context } = pdf;
  const names = attachments.flatMap((attachment, index): readonly PDFObject[] => {
    const name = numberedName(attachment.name, index);
    const file = context.flateStream(attachment.bytes, {
      Type: 'EmbeddedFile',
      Subtype: PDFName.of(attachment.mime),
      Params: { Size: attachment.bytes.length },
    });
    const specification = context.obj({
      Type: 'Filespec',
      F: PDFString.of(plainName(name)),
      UF: PDFHexString.fromText(name),
      Desc: PDFHexString.fromText(attachment.description),
      EF: { F: context.register(file) },
      AFRelationship: 'Source',
    });
    return [PDFHexString.fromText(name), context.register(specification)];
  });
  const existing = pdf.catalog.lookup(PDFName.of('Names'));
  const tree = existing instanceof PDFDict ? existing : context.obj({});
  tree.set(PDFName.of('EmbeddedFiles'), context.obj({ Names: context.obj([...names]) }));
  pdf.catalog.set(PDFName.of('Names'), tree);
}
