import { Button } from '@mantine/core';
import type { FileRef } from '@shared/schema/values';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { EmptyState, ErrorNotice, Icon, sizeText, toast, useTask } from '../../ui';

/** A file that other programs open: what it is, and a way to get a copy. */
export function OtherFile({ file }: { readonly file: FileRef }) {
  const task = useTask();
  const save = (): Promise<boolean> =>
    task.run(async () => {
      const { saved } = await invoke('files:save-copy', { sha256: file.sha256, name: file.name });
      if (saved) toast(t.reader.saved);
    });
  return (
    <EmptyState title={file.name} hint={`${sizeText(file.size)} · ${t.reader.otherKind}`}>
      <Icon name="file" size={48} />
      <Button disabled={task.busy} onClick={() => void save()}>
        {t.reader.saveCopy}
      </Button>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </EmptyState>
  );
}
