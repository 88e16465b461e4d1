import type { FileRef } from '@shared/schema/values';
import { useStream, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { EmptyState, Section, sizeText } from '../../ui';
import { FilesSection } from './FilesSection';
import { type FileProgress, percentOf, useFileProgress } from './use-file-progress';

/** Files on their way between this machine and the server. */
export function FilesTab() {
  const { files } = useWorkplace();
  const { missing } = useStream(files.state, files.state.value);
  const moving = useFileProgress();
  const sending = [...moving.values()].filter((file) => file.direction === 'up');
  return (
    <div className="cv-sync-page">
      {missing.length + sending.length === 0 ? (
        <EmptyState title={t.sync.files.none} hint={t.sync.files.noneHint} />
      ) : (
        <Files missing={missing} moving={moving} sending={sending} />
      )}
      <FilesSection />
    </div>
  );
}

function Files({
  missing,
  moving,
  sending,
}: {
  readonly missing: readonly FileRef[];
  readonly moving: ReadonlyMap<string, FileProgress>;
  readonly sending: readonly FileProgress[];
}) {
  const texts = t.sync.files;
  return (
    <Section title={texts.title}>
      <p className="cv-soft">{texts.hint}</p>
      <ul className="cv-sync-items">
        {missing.map((file) => {
          const progress = moving.get(file.sha256);
          const coming = progress?.direction === 'down' ? progress : null;
          return (
            <li key={file.sha256} className="cv-row">
              <span className="cv-grow cv-ellipsis">{file.name}</span>
              <span className="cv-soft">{sizeText(file.size)}</span>
              <span>{coming === null ? texts.waiting : texts.down(percentOf(coming))}</span>
            </li>
          );
        })}
        {sending.map((file) => (
          <li key={`up-${file.sha256}`} className="cv-row">
            <span className="cv-grow">{texts.sending}</span>
            <span className="cv-soft">{sizeText(file.total)}</span>
            <span>{texts.up(percentOf(file))}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
