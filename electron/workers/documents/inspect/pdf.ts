import { ParseSpeeds, PDFDocument } from '@cantoo/pdf-lib';
import type { ByteSource } from '@shared/files/bytes';
import { hasPdfEnd } from '@shared/files/structure/pdf';
import { AppError } from '@shared/result/result';
import type { JobContext } from '../../protocol/job';
import type { Inspection } from './inspection';

const pieceSize = 1024 * 1024;
/** Above this the whole file would not fit beside its parsed form in the worker; viewers still open it. */
const largestParsed = 400 * 1024 * 1024;

/** Counts the pages of a PDF; finds out whether it is cut off, damaged, or needs a password to be read. */
export async function inspectPdf(source: ByteSource, context: JobContext): Promise<Inspection> {
  if (!(await hasPdfEnd(source))) return { problem: 'FILE_BROKEN' };
  if (source.size > largestParsed) return {};
  const bytes = await readWhole(source, context);
  try {
    // With an empty password a file that only restricts printing or copying opens, as it does in any reader.
    // Not strict about single objects: strictness refuses every encrypted file before it asks for the password.
    const document = await PDFDocument.load(bytes, {
      password: '',
      updateMetadata: false,
      parseSpeed: ParseSpeeds.Fast,
    });
    const pages = document.getPageCount();
    return pages > 0 ? { pages } : { problem: 'FILE_BROKEN' };
  } catch (error) {
    // Whatever the parser trips over, a stack overflow included, is a property of the file.
    return { problem: isAboutPassword(error) ? 'FILE_ENCRYPTED' : 'FILE_BROKEN' };
  }
}

/** The library has no error type of its own for this, only its texts. */
function isAboutPassword(error: unknown): boolean {
  return error instanceof Error && /needs password|password incorrect|encryption/i.test(error.message);
}

async function readWhole(source: ByteSource, context: JobContext): Promise<Uint8Array> {
  const bytes = new Uint8Array(source.size);
  for (let at = 0; at < source.size; at += pieceSize) {
    if (context.signal.aborted) throw new AppError('CANCELLED');
    bytes.set(await source.read(at, pieceSize), at);
    context.progress(Math.min(at + pieceSize, source.size), source.size);
  }
  return bytes;
}
