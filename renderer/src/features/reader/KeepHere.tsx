import { Switch } from '@mantine/core';
import { rowKey } from '@shared/sync/files/choices';
import { useStream, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { ErrorNotice, useTask } from '../../ui';

type Properties = { readonly coll: 'incoming' | 'outgoing' | 'meetings'; readonly id: string };

/** Giữ tệp trên máy, for one document or meeting on this machine; otherwise its files come when they are needed. */
export function KeepHere({ coll, id }: Properties) {
  const { fileWishes } = useWorkplace();
  const { kept } = useStream(fileWishes.choices, fileWishes.choices.value);
  const task = useTask();
  const row = rowKey(coll, id);
  return (
    <>
      <Switch
        label={t.files.keep}
        title={t.files.keepHint}
        checked={kept.includes(row)}
        onChange={({ currentTarget: { checked } }) => void task.run(() => fileWishes.setKept(row, checked))}
      />
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </>
  );
}
