import type { FileRef } from '@shared/schema/values';
import { fileUrl, useFileHere } from '../../data';
import { t } from '../../i18n';
import { AbsentFile } from './AbsentFile';
import { ImageView } from './ImageView';
import { OtherFile } from './OtherFile';
import { type PageWatch, PdfView } from './PdfView';
import './reader.css';

/** One file: read in place where that is possible, otherwise a card with "Lưu bản sao". */
export function FileView({
  file,
  fresh = false,
  onPage,
  goTo = null,
  marks,
}: {
  readonly file: FileRef;
  /** Just made on this machine: here although no row names it yet. */
  readonly fresh?: boolean;
} & PageWatch) {
  const here = useFileHere(file.sha256);
  if (here === undefined && !fresh) return null;
  if (here !== true && !fresh) return <AbsentFile file={file} />;
  switch (file.kind) {
    case 'pdf':
      return (
        <PdfView
          key={file.sha256}
          file={file}
          goTo={goTo}
          {...(marks === undefined ? {} : { marks })}
          {...(onPage === undefined ? {} : { onPage })}
        />
      );
    case 'image':
      return <ImageView key={file.sha256} file={file} />;
    case 'video':
      return (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- received films have no caption track
        <video
          key={file.sha256}
          className="cv-reader-video"
          src={fileUrl(file.sha256, file.name)}
          controls
          preload="metadata"
          aria-label={t.reader.video(file.name)}
        />
      );
    default:
      return <OtherFile file={file} />;
  }
}
