import type { ByteSource } from '@shared/files/bytes';
import type { FileKind, FileProblem } from '@shared/files/kinds';
import { type PictureSize, readJpegSize, readPngSize, readTiffSize } from '@shared/files/structure/images';
import { isWholeMp4 } from '@shared/files/structure/mp4';
import type { JobContext } from '../job';
import { inspectOffice } from './office';
import { inspectPdf } from './pdf';

/** What was found in a file; `problem` is absent when nothing is wrong. */
export type Inspection = {
  readonly problem?: FileProblem;
  /** Pages of a PDF or a TIFF. */
  readonly pages?: number;
  /** Pixels of a picture. */
  readonly width?: number;
  readonly height?: number;
};

/** Inspects content by its kind. A file that cannot be made sense of is a finding, not an error. */
export async function inspectContent(
  source: ByteSource,
  kind: FileKind,
  context: JobContext,
): Promise<Inspection> {
  if (source.size === 0) return { problem: 'FILE_EMPTY' };
  switch (kind) {
    case 'pdf':
      return inspectPdf(source, context);
    case 'docx':
    case 'xlsx':
      return inspectOffice(source);
    case 'jpeg':
      return picture(await readJpegSize(source));
    case 'png':
      return picture(await readPngSize(source));
    case 'tiff':
      return picture(await readTiffSize(source));
    case 'mp4':
      return (await isWholeMp4(source)) ? {} : { problem: 'FILE_BROKEN' };
    case 'other':
      return {};
  }
}

function picture(size: PictureSize | undefined): Inspection {
  return size ?? { problem: 'FILE_BROKEN' };
}
