import { Button } from '@mantine/core';
import type { FileRef } from '@shared/schema/values';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { ErrorNotice, toast, useCommands, useTask } from '../../ui';
import { FileView } from '../reader';

/** The book as it was set for printing, in the reader. */
export function PrintedRegister({ file, onBack }: { readonly file: FileRef; readonly onBack: () => void }) {
  const task = useTask();
  const save = async (): Promise<void> => {
    await task.run(async () => {
      const { saved } = await invoke('files:save-copy', { sha256: file.sha256, name: file.name });
      if (saved) toast(t.books.saved);
    });
  };
  useCommands([
    { id: 'books.back', title: t.books.back, shortcut: 'Escape', run: onBack },
    { id: 'books.save-copy', title: t.books.saveCopy, shortcut: 'Ctrl+S', run: save },
  ]);
  return (
    <div className="cv-list-pane">
      <header className="cv-list-head">
        <div className="cv-list-title">
          <h1>{t.books.printed}</h1>
          <Button disabled={task.busy} onClick={() => void save()}>
            {t.books.saveCopy}
          </Button>
          <Button onClick={onBack}>{t.books.back}</Button>
        </div>
        {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      </header>
      <div className="cv-printed">
        <FileView file={file} fresh />
      </div>
    </div>
  );
}
