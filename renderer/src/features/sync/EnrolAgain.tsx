import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWorkplace } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { ErrorNotice, Section, TextField, toast, useTask } from '../../ui';

/** The server was restored to a day before this machine's enrolment: a code takes it back with all its work. */
export function EnrolAgain() {
  const { replication } = useWorkplace();
  const task = useTask();
  const [code, setCode] = useState('');
  const words = t.sync.enrolAgain;
  const enrol = (): Promise<boolean> =>
    task.run(async () => {
      await invoke('device:enrol-again', { code });
      toast(words.done);
      void replication.now();
    });
  return (
    <Section title={words.title}>
      <form
        className="cv-stack"
        aria-label={words.title}
        onSubmit={(event) => {
          event.preventDefault();
          void enrol();
        }}
      >
        <p className="cv-soft">{words.hint}</p>
        <TextField label={words.code} value={code} onChange={setCode} maxLength={64} required />
        {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
        <div className="cv-row">
          <Button type="submit" variant="filled" disabled={task.busy || code.trim().length < 4}>
            {words.save}
          </Button>
        </div>
      </form>
    </Section>
  );
}
