import type { SyncReport } from '@shared/sync/engine';
import { isoInHanoi } from '@shared/text/time';
import { useSyncStatus } from '../../data';
import { t } from '../../i18n';
import { EmptyState, ErrorNotice, momentText, Notice, Section, StatusTag, type Task } from '../../ui';
import type { Comparison } from './compare';
import { useRounds } from './round-history';

type Properties = { readonly comparison: readonly Comparison[] | null; readonly task: Task };

/** The report of the last round, and the comparison with the server once it was asked for. */
export function ReceivedTab({ comparison, task }: Properties) {
  const { report, lastSync } = useSyncStatus();
  const rounds = useRounds();
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
          <p>{summaryOf(report)}</p>
        </Section>
      )}
      {rounds.length === 0 ? null : (
        <Section title={texts.history}>
          <ul className="cv-sync-items">
            {rounds.map((round) => (
              <li key={round.at}>
                <span className="cv-soft">{momentText(isoInHanoi(round.at))}</span> ·{' '}
                {summaryOf(round.report)}
              </li>
            ))}
          </ul>
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

function summaryOf({ sent, received, rejected, conflicts }: SyncReport): string {
  return t.sync.received.summary(sent, received, rejected, conflicts);
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
