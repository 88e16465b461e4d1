import { PDFDocument } from '@cantoo/pdf-lib';
import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import type { CopyForm } from '@shared/schema/signature-state';
import { inspectPdf, type Placement, placeCopyText } from '@shared/signing';
import type { EncryptedFileRef, EncryptedTarget } from '../../../../vault/encrypted-file';
import { printFonts } from '../../fonts';
import { transform, withSource } from '../../transform';
import { flattenAnnotations } from './flatten';
import { type SignedStep, type SigningWith, signStep } from './sign-step';

export type SignCopyInput = SigningWith & {
  readonly file: EncryptedFileRef;
  /** Holds the extract before it is signed; the caller discards it afterwards. */
  readonly scratch: EncryptedTarget;
  readonly target: EncryptedTarget;
  readonly form: CopyForm;
  readonly organisation: string;
  /** Pages of a TRÍCH SAO, from 0. */
  readonly pages: readonly number[];
};

/** An extract is held in memory while it is made. */
const largestExtracted = 200 * 1024 * 1024;

/**
 * Bản sao điện tử (Điều 25, 26): the organisation signs a copy with the text block at the top right of page 1 (Phụ lục I,
 * phần II, mục I.3). SAO Y and SAO LỤC add to the bytes of the original; TRÍCH SAO is a new PDF of the chosen pages.
 * Errors: MISSING_FIELD (no page chosen), BAD_PAGE, FILE_TOO_LARGE, and those of signing.
 */
export async function signCopy(input: SignCopyInput): Promise<SignedStep> {
  const from = input.form === 'trich-sao' ? await extractPages(input) : input.file;
  const fonts = await printFonts();
  return signStep(from, input.target, input, {
    field: `copy-${Buffer.from(nodeCrypto.random(4)).toString('hex')}`,
    placement: await withSource(from, topRight),
    appearance: { kind: 'copy-text', form: input.form, organisation: input.organisation },
    fonts,
  });
}

async function topRight(source: Parameters<typeof inspectPdf>[0]): Promise<Placement> {
  const [first] = (await inspectPdf(source, nodeCrypto)).pages;
  if (first === undefined) throw new AppError('BAD_PAGE');
  return placeCopyText(first);
}

async function extractPages({ file, scratch, pages }: SignCopyInput): Promise<EncryptedFileRef> {
  if (pages.length === 0) throw new AppError('MISSING_FIELD', 'pages');
  await transform(file, scratch, async (source, sink) => {
    if (source.size > largestExtracted) throw new AppError('FILE_TOO_LARGE');
    const { encrypted, pages: known } = await inspectPdf(source, nodeCrypto);
    if (encrypted) throw new AppError('PDF_ENCRYPTED');
    const wrong = pages.find((page) => page >= known.length);
    if (wrong !== undefined) throw new AppError('BAD_PAGE', String(wrong + 1));
    const whole = await PDFDocument.load(await source.read(0, source.size), { updateMetadata: false });
    const extract = await PDFDocument.create();
    for (const page of await extract.copyPages(whole, [...pages])) {
      // Signatures and fields of the whole do not hold for a part: what they show is drawn into the page.
      flattenAnnotations(page);
      extract.addPage(page);
    }
    await sink.write(await extract.save());
  });
  return scratch;
}
