import { Button } from '@mantine/core';
import type { RescueReport } from '@shared/ipc/rescue-contract';
import { type ReactNode, useState } from 'react';
import { UsableMark } from '../../app/UsableMark';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { ErrorNotice, Facts, FrontCard, FrontHead, Notice, reportFailure } from '../../ui';
import './rescue.css';
import { useRestoring } from './use-restoring';

/** Shows how a rescue goes on and what came of it, before anybody works; without one it shows its content at once. */
export function RestoringGate({ children }: { readonly children: ReactNode }) {
  const { restoring, error } = useRestoring();
  const [entered, setEntered] = useState(false);
  const enter = (): void => {
    setEntered(true);
    if (restoring.state === 'done') void invoke('rescue:close', undefined).catch(reportFailure);
  };
  if (restoring.state === 'none' || entered) return children;
  if (restoring.state === 'looking' && error === null) return null;
  return (
    <FrontCard wide beside={<UsableMark />}>
      <FrontHead
        above={t.rescue.mode}
        title={restoring.state === 'done' ? t.rescue.done : t.rescue.working}
      />
      {restoring.state === 'done' ? <Done report={restoring.report} /> : null}
      {restoring.state === 'pulling' ? (
        <ul className="cv-rescue-steps" aria-live="polite">
          <li>{t.rescue.replayed(restoring.status.journal.operations)}</li>
          <li>{t.rescue.pulling}</li>
        </ul>
      ) : null}
      {error === null ? null : <ErrorNotice error={error} />}
      {restoring.state === 'done' || error !== null ? (
        <div className="cv-row cv-row-end">
          <Button variant="filled" onClick={enter}>
            {t.rescue.enter}
          </Button>
        </div>
      ) : null}
    </FrontCard>
  );
}

function Done({ report }: { readonly report: RescueReport }) {
  const { restored, lost, rows, waiting, filesMissing, folder, reachedServer } = report;
  return (
    <>
      {lost === 0 ? (
        <Notice tone="good" title={t.rescue.nothingLost} />
      ) : (
        <Notice tone="bad" title={t.rescue.someLost(lost)} />
      )}
      <Facts
        facts={[
          [t.rescue.restored, String(restored)],
          [t.rescue.lost, lost === 0 ? '' : String(lost)],
          // Without the server these are rows of the journal, which stand above.
          [t.rescue.rows, reachedServer ? String(rows) : ''],
          [t.rescue.waiting, String(waiting)],
          [t.rescue.filesMissing, t.rescue.filesMissingValue(filesMissing)],
          [t.rescue.folder, folder],
        ]}
      />
      {reachedServer ? null : <Notice tone="warn" title={t.rescue.offline} />}
      <p className="cv-soft cv-small">{t.rescue.numbering}</p>
      <p className="cv-soft cv-small">{t.rescue.notes}</p>
    </>
  );
}
