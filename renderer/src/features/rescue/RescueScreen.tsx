import { Button } from '@mantine/core';
import type { JournalFacts } from '@shared/ipc/rescue-contract';
import { useEffect, useState } from 'react';
import { UsableMark } from '../../app/UsableMark';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { ErrorNotice, Facts, FrontCard, FrontHead, Notice, useTask } from '../../ui';
import './rescue.css';

type Safe = { readonly journal: JournalFacts; readonly files: number };

/**
 * Chế độ cứu hộ: the local database is damaged or gone. Says what is safe, and makes it again after one click; deletes
 * nothing.
 */
export function RescueScreen({ reason }: { readonly reason: 'damaged' | 'missing' }) {
  const safe = useSafe();
  const [restarting, setRestarting] = useState(false);
  const task = useTask();
  const begin = async (): Promise<void> => {
    await invoke('rescue:begin', { reason });
    setRestarting(true);
  };
  return (
    <FrontCard wide beside={<UsableMark />}>
      <FrontHead above={t.rescue.mode} title={t.rescue[reason].title} why={t.rescue[reason].why} />
      <WhatIsSafe safe={safe.value} />
      {safe.error === null ? null : <ErrorNotice error={safe.error} />}
      <section aria-label={t.rescue.will}>
        <h2>{t.rescue.will}</h2>
        <ol className="cv-rescue-steps">
          {reason === 'damaged' ? <li>{t.rescue.stepAside}</li> : null}
          <li>{t.rescue.stepReplay}</li>
          <li>{t.rescue.stepPull}</li>
        </ol>
        <p className="cv-soft cv-small">{t.rescue.stepNotes}</p>
      </section>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      <div className="cv-row cv-row-end">
        <button type="button" className="cv-link cv-grow" onClick={() => globalThis.location.reload()}>
          {t.rescue.tryAgain}
        </button>
        <Button variant="filled" disabled={task.busy || restarting} onClick={() => void task.run(begin)}>
          {restarting ? t.rescue.beginning : t.rescue.begin}
        </Button>
      </div>
    </FrontCard>
  );
}

function WhatIsSafe({ safe }: { readonly safe: Safe | null }) {
  if (safe === null) return <p className="cv-soft">{t.rescue.looking}</p>;
  const { journal, files } = safe;
  return (
    <section aria-label={t.rescue.safe}>
      <h2>{t.rescue.safe}</h2>
      <Facts
        facts={[
          [t.rescue.journal, t.rescue.journalFacts(journal.operations, journal.unsent)],
          [t.rescue.files, t.rescue.fileCount(files)],
          [t.rescue.server, t.rescue.serverFacts],
        ]}
      />
      {journal.unreadable === 0 ? null : (
        <Notice tone="warn" title={t.rescue.unreadable(journal.unreadable)} />
      )}
    </section>
  );
}

/** What does not depend on the local database: the journal and the vault. */
function useSafe(): { readonly value: Safe | null; readonly error: unknown } {
  const [value, setValue] = useState<Safe | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    Promise.all([invoke('rescue:status', undefined), invoke('rescue:files', undefined)]).then(
      ([{ journal }, { files }]) => setValue({ journal, files }),
      setError,
    );
  }, []);
  return { value, error };
}
