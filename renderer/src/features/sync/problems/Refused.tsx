import { Button } from '@mantine/core';
import { type ErrorCode, errorCodes } from '@shared/result/codes';
import { useMemo } from 'react';
import { type OutboxEntry, useWorkplace } from '../../../data';
import { errorText, t } from '../../../i18n';
import { ErrorNotice, Notice, useTask } from '../../../ui';
import { useSubjects } from '../names';
import { OperationFacts } from './OperationFacts';

/** So many are shown at once; each is a notice with a content of its own. */
const shownAtOnce = 50;

type Properties = { readonly entries: readonly OutboxEntry[]; readonly total: number };

/** Refused work with its reason and content, the newest first; what nobody has put away yet can be put away. */
export function Refused({ entries, total }: Properties) {
  const { store } = useWorkplace();
  const task = useTask();
  const shown = useMemo(() => entries.slice(-shownAtOnce).reverse(), [entries]);
  const subjects = useSubjects(useMemo(() => shown.map((entry) => entry.operation), [shown]));
  const texts = t.sync.problems;
  return (
    <>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      <ul className="cv-sync-items">
        {shown.map(({ id, status, operation, reason }) => {
          const why = errorText(codeOf(reason));
          const name = subjects.get(id) ?? '';
          const title = `${t.sync.commands[operation.command]}${name === '' ? '' : `: ${name}`}`;
          return (
            <li key={id} aria-label={title}>
              <Notice tone={status === 'seen' ? 'info' : 'bad'} title={title}>
                <div className="cv-stack cv-grow">
                  <p>
                    {texts.reason}: {why.what} {why.todo}
                  </p>
                  <OperationFacts operation={operation} />
                  {status === 'seen' ? null : (
                    <div className="cv-row">
                      <Button disabled={task.busy} onClick={() => void task.run(() => store.putAway(id))}>
                        {texts.putAway}
                      </Button>
                    </div>
                  )}
                </div>
              </Notice>
            </li>
          );
        })}
      </ul>
      {total > shown.length ? <p className="cv-soft">{texts.more(total - shown.length)}</p> : null}
    </>
  );
}

/** A reason of the server that this version does not know is told as a refusal. */
function codeOf(reason: string): ErrorCode {
  return errorCodes.find((code) => code === reason) ?? 'SERVER_REFUSED';
}
