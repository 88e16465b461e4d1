import type { Outgoing } from '@shared/schema/documents';
import type { FileRef } from '@shared/schema/values';
import { useFilePresent } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { Icon, IconButton, reportFailure, sizeText } from '../../ui';

/** The document and its annexes, each to be saved as a copy; the reader shows them in its tabs. */
export function DocumentFiles({ document }: { readonly document: Pick<Outgoing, 'body' | 'annexes'> }) {
  const { body, annexes } = document;
  if (body === null && annexes.length === 0) return <p className="cv-soft">{t.outgoing.noBody}</p>;
  return (
    <ul className="cv-files">
      {(body === null ? annexes : [body, ...annexes]).map((file) => (
        <OneFile key={file.sha256} file={file} />
      ))}
    </ul>
  );
}

function OneFile({ file }: { readonly file: FileRef }) {
  const present = useFilePresent(file.sha256);
  const save = (): void => {
    invoke('files:save-copy', { sha256: file.sha256, name: file.name }).catch(reportFailure);
  };
  const size = [file.pages === 0 ? '' : t.common.file.pages(file.pages), sizeText(file.size)];
  return (
    <li className="cv-file">
      <Icon name={file.kind === 'image' ? 'image' : file.kind === 'video' ? 'video' : 'file'} />
      <div className="cv-grow">
        <p className="cv-file-name">{file.name}</p>
        <p className="cv-soft cv-small">
          {present ? size.filter((part) => part !== '').join(' · ') : t.common.file.absent}
        </p>
      </div>
      <IconButton
        icon="download"
        label={`${t.outgoing.actions.saveCopy}: ${file.name}`}
        disabled={!present}
        onClick={save}
      />
    </li>
  );
}
