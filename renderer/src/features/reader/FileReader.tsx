import type { FileRef } from '@shared/schema/values';
import { useState } from 'react';
import { t } from '../../i18n';
import { EmptyState } from '../../ui';
import { FileView } from './FileView';

/** The files of a document: the first one shown, the others a tab away. */
export function FileReader({
  files,
  made = [],
}: {
  readonly files: readonly FileRef[];
  /** Files just made on this machine, which no row names yet. */
  readonly made?: readonly FileRef[];
}) {
  const [chosen, setChosen] = useState('');
  const file = files.find((candidate) => candidate.sha256 === chosen) ?? files[0];
  if (file === undefined) return <EmptyState title={t.reader.noFile} hint={t.reader.noFileHint} />;
  const fresh = made.includes(file);
  if (files.length === 1) return <FileView file={file} fresh={fresh} />;
  return (
    <div className="cv-reader">
      <div className="cv-file-tabs" role="tablist" aria-label={t.reader.files}>
        {files.map((candidate) => (
          <button
            key={candidate.sha256}
            type="button"
            role="tab"
            aria-selected={candidate.sha256 === file.sha256}
            className="cv-file-tab cv-ellipsis"
            title={candidate.name}
            onClick={() => setChosen(candidate.sha256)}
          >
            {candidate.name}
          </button>
        ))}
      </div>
      <div className="cv-file-body" role="tabpanel" aria-label={file.name}>
        <FileView file={file} fresh={fresh} />
      </div>
    </div>
  );
}
