import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import type { PDFDocumentProxy, PDFWorker } from 'pdfjs-dist';
import { fileUrl } from '../../data';

type PdfJs = typeof import('pdfjs-dist');
const chunkBytes = 256 * 1024;
let engine: Promise<{ readonly pdfjs: PdfJs; readonly worker: PDFWorker }> | null = null;

/** pdf.js is loaded when the first page is read, and one worker serves every document. */
export function pdfEngine(): Promise<{ readonly pdfjs: PdfJs; readonly worker: PDFWorker }> {
  engine ??= startEngine();
  return engine;
}

async function startEngine(): Promise<{ readonly pdfjs: PdfJs; readonly worker: PDFWorker }> {
  const pdfjs: PdfJs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // Made here and not by pdf.js, which would wrap an address of ours into a blob: script.
  const port = new Worker(partUrl('pdf.worker.min.mjs'), { type: 'module' });
  return { pdfjs, worker: pdfjs.PDFWorker.create({ port }) };
}

const partUrl = (name: string): string => new URL(`/pdfjs/${name}`, globalThis.location.href).href;

export type OpenPdf = { readonly document: PDFDocumentProxy; readonly close: () => void };

/**
 * Opens a stored PDF and reads only the byte ranges that the shown pages need.
 * Errors: FILE_ENCRYPTED, FILE_BROKEN, FILE_NOT_FOUND.
 */
export async function openPdf(file: FileRef): Promise<OpenPdf> {
  const { pdfjs, worker } = await pdfEngine();
  const aborter = new AbortController();
  const url = fileUrl(file.sha256);
  class Ranges extends pdfjs.PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      readRange(url, begin, end, aborter.signal).then(
        (chunk) => this.onDataRange(begin, chunk),
        (error: unknown) => {
          if (!aborter.signal.aborted) fail(error);
        },
      );
    }
  }
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const task = pdfjs.getDocument({
    range: new Ranges(file.size, null),
    worker,
    rangeChunkSize: chunkBytes,
    disableAutoFetch: true,
    disableStream: true,
    disableWorkerRendering: true,
    cMapUrl: partUrl('cmaps/'),
    standardFontDataUrl: partUrl('standard_fonts/'),
    iccUrl: partUrl('iccs/'),
    wasmUrl: partUrl('wasm/'),
  });
  const close = (): void => {
    aborter.abort();
    void task.destroy();
  };
  try {
    return { document: await Promise.race([task.promise, failed]), close };
  } catch (error) {
    close();
    throw asAppError(error);
  }
}

async function readRange(url: string, begin: number, end: number, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await fetch(url, { headers: { range: `bytes=${begin}-${end - 1}` }, signal });
  if (answer.status === 404) throw new AppError('FILE_NOT_FOUND');
  if (answer.status !== 206 && answer.status !== 200) throw new AppError('IO', String(answer.status));
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return answer.status === 206 ? bytes : bytes.subarray(begin, end);
}

function asAppError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  if (error.name === 'PasswordException') return new AppError('FILE_ENCRYPTED');
  if (error.name === 'InvalidPDFException') return new AppError('FILE_BROKEN', error.message);
  return error;
}
