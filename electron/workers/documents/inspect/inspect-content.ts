import type { ByteSource } from '@shared/files/bytes';
import type { ContentKind } from '@shared/files/kinds';
import { type PictureSize, readJpegSize, readPngSize, readTiffSize } from '@shared/files/structure/images';
import { isWholeMp4 } from '@shared/files/structure/mp4';
import type { JobContext } from '../../protocol/job';
import type { Inspection } from './inspection';
import { inspectOffice } from './office';
import { inspectPdf } from './pdf';

/** Inspects content by its kind. A file that cannot be made sense of is a finding, not an error. */
export async function inspectContent(
  source: ByteSource,
  kind: ContentKind,
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
