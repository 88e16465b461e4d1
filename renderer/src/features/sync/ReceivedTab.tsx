import { isoInHanoi } from '@shared/text/time';
import { useSyncStatus } from '../../data';
import { t } from '../../i18n';
import { EmptyState, ErrorNotice, Facts, momentText, Notice, Section, StatusTag, type Task } from '../../ui';
import type { Comparison } from './compare';

type Properties = { readonly comparison: readonly Comparison[] | null; readonly task: Task };

/** The report of the last round, and the comparison with the server once it was asked for. */
export function ReceivedTab({ comparison, task }: Properties) {
  const { report, lastSync } = useSyncStatus();
  const texts = t.sync.received;
  return (
    <div className="cv-sync-page">
      {report === null ? (
        <EmptyState title={texts.none} hint={t.sync.waiting.emptyHint} />
      ) : (
        <Section
          title={texts.title}
          aside={<span className="cv-soft">{momentText(isoInHanoi(lastSync))}</span>}
        >
          <p>{texts.summary(report.sent, report.received, report.rejected, report.conflicts)}</p>
          <Facts
            facts={[
              [texts.sent, report.sent],
              [texts.received, report.received],
              [texts.conflicts, report.conflicts],
              [texts.rejected, report.rejected],
            ]}
          />
        </Section>
      )}
      <Section title={texts.compareTitle}>
        <p className="cv-soft">{texts.compareHint}</p>
        {task.busy ? <p>{t.sync.comparing}</p> : null}
        {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
        {comparison === null ? null : <Verdict comparison={comparison} />}
      </Section>
    </div>
  );
}

function Verdict({ comparison }: { readonly comparison: readonly Comparison[] }) {
  const { waiting } = useSyncStatus();
  const texts = t.sync.received;
  const equal = comparison.every((part) => part.equal);
  return (
    <div className="cv-stack">
      <table className="cv-table" aria-label={texts.compareTitle}>
        <thead>
          <tr>
            <th>{texts.columns.part}</th>
            <th>{texts.columns.here}</th>
            <th>{texts.columns.there}</th>
            <th>{texts.columns.verdict}</th>
          </tr>
        </thead>
        <tbody>
          {comparison.map(({ part, here, there, equal: same }) => (
            <tr key={part}>
              <td>{texts.buckets[part]}</td>
              <td title={here.digest}>{texts.rows(here.count)}</td>
              <td title={there.digest}>{texts.rows(there.count)}</td>
              <td>
                <StatusTag meaning={same ? 'good' : 'warn'}>{same ? texts.equal : texts.different}</StatusTag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Notice
        tone={equal ? 'good' : 'warn'}
        title={equal ? texts.equalAll : waiting > 0 ? texts.stillWaiting(waiting) : texts.differentSome}
      />
    </div>
  );
}
