import { Switch } from '@mantine/core';
import type { Output } from '@shared/ipc/contract';
import { useEffect, useState } from 'react';
import { t } from '../../../i18n';
import { invoke } from '../../../platform/desktop';
import { ErrorNotice, Notice, reportFailure, Section, useTask } from '../../../ui';

/** Whether this machine, which holds the book, gives numbers to the others over the network of the office. */
export function LanNumbers() {
  const task = useTask();
  const [status, setStatus] = useState<Output<'lan:status'> | null>(null);
  useEffect(() => {
    invoke('lan:status', undefined).then(setStatus).catch(reportFailure);
  }, []);
  const words = t.keeping.lan;
  const change = (on: boolean): Promise<boolean> =>
    task.run(async () => setStatus(await invoke('lan:listen', { on })));
  return (
    <Section title={words.title}>
      <div className="cv-stack">
        <p className="cv-soft">{words.hint}</p>
        <Switch
          label={words.on}
          checked={status?.on ?? false}
          disabled={task.busy || status === null}
          onChange={(event) => void change(event.currentTarget.checked)}
        />
        {status?.on === true ? <Addresses of={status.addresses} /> : null}
        {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      </div>
    </Section>
  );
}

function Addresses({ of }: { readonly of: readonly string[] }) {
  const words = t.keeping.lan;
  if (of.length === 0) return <Notice tone="warn" title={words.notOpen} todo={words.notOpenTodo} />;
  return (
    <p>
      {words.address}: <strong>{of.join(' · ')}</strong>
    </p>
  );
}
