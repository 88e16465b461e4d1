import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../../i18n';
import { invoke, subscribe } from '../../platform/desktop';
import { ErrorNotice, Icon, Notice, reportFailure, useTask } from '../../ui';

type Folder = { readonly folder: string; readonly problem: string };

/** Which folder is watched for scans, and the way to choose another. */
export function ScanFolder() {
  const [state, setState] = useState<Folder>({ folder: '', problem: '' });
  const task = useTask();
  useEffect(() => {
    invoke('scan-folder:status', undefined).then(setState, reportFailure);
    return subscribe('scan-folder:problem', ({ problem }) => setState((before) => ({ ...before, problem })));
  }, []);
  const choose = (): Promise<boolean> =>
    task.run(async () => setState(await invoke('scan-folder:choose', undefined)));
  const none = state.folder === '';
  return (
    <>
      <div className="cv-scan-folder">
        <Icon name="folder" />
        <span className="cv-ellipsis cv-grow cv-small" title={state.folder}>
          {none ? t.intake.noFolder : `${t.intake.folder}: ${state.folder}`}
        </span>
        <button type="button" className="cv-link cv-small" disabled={task.busy} onClick={() => void choose()}>
          {none ? t.intake.chooseFolder : t.intake.changeFolder}
        </button>
      </div>
      {state.problem === '' ? null : (
        <Notice
          tone="bad"
          title={t.intake.folderProblem(state.folder)}
          safe={t.intake.folderSafe}
          todo={t.intake.folderTodo}
        >
          <Button onClick={() => void choose()}>{t.intake.changeFolder}</Button>
        </Notice>
      )}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </>
  );
}
