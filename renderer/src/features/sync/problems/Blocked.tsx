import { Button } from '@mantine/core';
import type { ErrorCode } from '@shared/result/codes';
import { type OutboxEntry, useSyncStatus, useWorkplace } from '../../../data';
import { errorText, t } from '../../../i18n';
import { Notice } from '../../../ui';
import { useSubject } from '../names';
import { OperationFacts } from './OperationFacts';

/** The operation that the server does not take, though it has not refused it either; what follows it waits behind it. */
export function Blocked({ code, entry }: { readonly code: ErrorCode; readonly entry: OutboxEntry }) {
  const { replication } = useWorkplace();
  const { waiting, busy } = useSyncStatus();
  const texts = t.sync.problems.blocked;
  const subject = useSubject(entry.operation);
  const work = `${t.sync.commands[entry.operation.command]}${subject === '' ? '' : `: ${subject}`}`;
  // That it was not taken is said already; another code says why.
  const why = code === 'SERVER_REFUSED' ? '' : ` ${errorText(code).what}`;
  return (
    <Notice tone="bad" title={`${texts.title(work)}${why}`} safe={texts.safe(waiting)} todo={texts.todo}>
      <div className="cv-stack cv-grow">
        <OperationFacts operation={entry.operation} />
        <p className="cv-soft cv-small">{t.common.notice.code(code, entry.id)}</p>
        <div className="cv-row">
          <Button disabled={busy} title="F9" onClick={() => void replication.now()}>
            {t.common.actions.retry}
          </Button>
        </div>
      </div>
    </Notice>
  );
}
