import type { FileRef } from '@shared/schema/values';
import { useState } from 'react';
import { fileUrl } from '../../data';
import { t } from '../../i18n';
import { IconButton } from '../../ui';
import { OtherFile } from './OtherFile';
import { zoomStep } from './zoom';

/** A picture, fitted to the pane or at a chosen size; one that the browser cannot show becomes a card. */
export function ImageView({ file }: { readonly file: FileRef }) {
  const [zoom, setZoom] = useState<'fit' | number>('fit');
  const [rotation, setRotation] = useState(0);
  const [broken, setBroken] = useState(false);
  const [natural, setNatural] = useState(0);
  if (broken) return <OtherFile file={file} />;
  const scale = zoom === 'fit' ? 1 : zoom;
  return (
    <div className="cv-reader">
      <div className="cv-reader-bar" role="toolbar" aria-label={t.reader.toolbar}>
        <IconButton icon="minus" label={t.reader.zoomOut} onClick={() => setZoom(zoomStep(scale, false))} />
        <span className="cv-zoom">
          {zoom === 'fit' ? t.reader.fitWidth : t.reader.zoom(Math.round(zoom * 100))}
        </span>
        <IconButton icon="plus" label={t.reader.zoomIn} onClick={() => setZoom(zoomStep(scale, true))} />
        <IconButton
          icon="fitWidth"
          label={t.reader.fitWidth}
          pressed={zoom === 'fit'}
          onClick={() => setZoom('fit')}
        />
        <IconButton
          icon="rotate"
          label={t.reader.rotate}
          onClick={() => setRotation((rotation + 90) % 360)}
        />
      </div>

      <div
        className="cv-reader-pages"
        role="region"
        aria-label={`${t.reader.document}: ${file.name}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
        tabIndex={0}
      >
        <img
          className="cv-reader-image"
          src={fileUrl(file.sha256, file.name)}
          alt={t.reader.image(file.name)}
          style={{
            rotate: `${rotation}deg`,
            ...(zoom === 'fit' ? { maxWidth: '100%' } : { width: natural * zoom }),
          }}
          onLoad={(event) => setNatural(event.currentTarget.naturalWidth)}
          onError={() => setBroken(true)}
        />
      </div>
    </div>
  );
}
