import type { FileRef } from '@shared/schema/values';
import { useStream, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { Section } from '../../ui';
import { FileLine } from './FileLine';
import { FilesSection } from './FilesSection';
import { type FileProgress, percentOf, useFileProgress } from './use-file-progress';

/** Files on their way between this machine and the server. */
export function FilesTab() {
  const { files } = useWorkplace();
  const { missing, paused, problems } = useStream(files.state, files.state.value);
  const moving = useFileProgress();
  const sending = [...moving.values()].filter((file) => file.direction === 'up');
  return (
    <div className="cv-sync-page">
      {missing.length + sending.length > 0 ? (
        <Files missing={missing} moving={moving} sending={sending} />
      ) : paused + problems.length > 0 ? null : (
        <Section title={t.sync.files.none}>
          <p className="cv-soft">{t.sync.files.noneHint}</p>
        </Section>
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
            <FileLine key={file.sha256} name={file.name} size={file.size}>
              <span>{coming === null ? texts.waiting : texts.down(percentOf(coming))}</span>
            </FileLine>
          );
        })}
        {sending.map((file) => (
          <FileLine key={`up-${file.sha256}`} name={texts.sending} size={file.total}>
            <span>{texts.up(percentOf(file))}</span>
          </FileLine>
        ))}
      </ul>
    </Section>
  );
}
