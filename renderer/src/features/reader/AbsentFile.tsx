import { Button } from '@mantine/core';
import type { FileRef } from '@shared/schema/values';
import { useEffect, useState } from 'react';
import { useStream, useWorkplace } from '../../data';
import { errorText, t } from '../../i18n';
import { EmptyState, Progress, sizeText } from '../../ui';
import { useFileProgress } from '../sync';

/** A file that rows name but whose bytes are not here: who opens it gets it next, and need not wait for it. */
export function AbsentFile({ file }: { readonly file: FileRef }) {
  const { files, fileWishes } = useWorkplace();
  const { pausedFiles, problems } = useStream(files.state, files.state.value);
  const progress = useFileProgress().get(file.sha256);
  const [wanted, setWanted] = useState(true);
  const { sha256 } = file;
  useEffect(() => {
    if (wanted) fileWishes.tell('open', sha256);
  }, [fileWishes, sha256, wanted]);
  const cancel = (): void => {
    setWanted(false);
    fileWishes.tell('cancel', sha256);
  };
  const paused = pausedFiles.some((waiting) => waiting.sha256 === sha256);
  const failure = problems.find((problem) => problem.file.sha256 === sha256);
  return (
    <EmptyState
      title={t.reader.absent}
      hint={`${file.name} · ${sizeText(file.size)}. ${t.reader.absentHint}`}
    >
      {wanted && progress !== undefined ? (
        <Progress
          label={t.reader.downloading}
          done={progress.done}
          total={progress.total}
          onCancel={cancel}
        />
      ) : null}
      {failure === undefined ? null : <p>{errorText(failure.code).what}</p>}
      {paused ? (
        <Button onClick={() => fileWishes.tell('anyway', sha256)}>{t.files.anyway}</Button>
      ) : (
        <Button
          disabled={wanted && progress !== undefined}
          onClick={() => (wanted ? fileWishes.tell('open', sha256) : setWanted(true))}
        >
          {t.reader.download}
        </Button>
      )}
    </EmptyState>
  );
}
