import { Button } from '@mantine/core';
import type { FileRef } from '@shared/schema/values';
import { useWorkplace } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { EmptyState, ErrorNotice, sizeText, useTask } from '../../ui';

/** A file that rows name but whose bytes are not here yet. */
export function AbsentFile({ file }: { readonly file: FileRef }) {
  const { files } = useWorkplace();
  const task = useTask();
  const download = (): Promise<boolean> =>
    task.run(async () => {
      await invoke('files:download', { sha256: [file.sha256] });
      await files.refresh();
    });
  return (
    <EmptyState
      title={t.reader.absent}
      hint={`${file.name} · ${sizeText(file.size)}. ${t.reader.absentHint}`}
    >
      <Button disabled={task.busy} onClick={() => void download()}>
        {task.busy ? t.reader.downloading : t.reader.download}
      </Button>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </EmptyState>
  );
}
