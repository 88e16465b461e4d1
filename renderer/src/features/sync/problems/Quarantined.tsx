import { Button } from '@mantine/core';
import type { QuarantinedRow } from '../../../data';
import { t } from '../../../i18n';
import { ErrorNotice, Section } from '../../../ui';
import { isCollection } from '../names';
import { fieldName } from '../operation-words';
import { useReadAgain } from '../use-read-again';

const shownAtOnce = 100;

/** Rows of the server that did not have the agreed shape: set aside, and read again when a person wants it. */
export function Quarantined({ rows }: { readonly rows: readonly QuarantinedRow[] }) {
  const { readAgain, task } = useReadAgain();
  const texts = t.sync.problems;
  const buckets = [...new Set(rows.flatMap(({ origin }) => Object.keys(origin.buckets)))];
  return (
    <Section title={`${texts.quarantine} (${rows.length})`}>
      <div className="cv-stack">
        <p className="cv-soft">{texts.quarantineHint}</p>
        <ul className="cv-sync-items">
          {rows.slice(0, shownAtOnce).map(({ coll, id, problem }) => (
            <li key={`${coll}/${id}`}>
              {texts.quarantineRow(isCollection(coll) ? t.sync.kinds[coll] : coll, id)}
              {problem === '' ? null : (
                <span className="cv-soft"> · {texts.quarantineField(fieldName(problem, t.sync))}</span>
              )}
            </li>
          ))}
        </ul>
        {rows.length > shownAtOnce ? (
          <p className="cv-soft">{texts.more(rows.length - shownAtOnce)}</p>
        ) : null}
        <div className="cv-row">
          <Button disabled={task.busy} onClick={() => void readAgain(buckets)}>
            {t.sync.readAgain}
          </Button>
        </div>
        {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      </div>
    </Section>
  );
}
