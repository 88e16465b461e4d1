import { type ErrorCode, errorCodes } from '@shared/result/codes';
import { isoInHanoi } from '@shared/text/time';
import { type RoundRecord, useRounds } from '../../../data';
import { errorText, t } from '../../../i18n';
import { countText, EmptyState, ErrorNotice, Facts, momentText, Section, type Task } from '../../../ui';
import type { Comparison } from './compare';
import { Verdict } from './Verdict';

type Properties = { readonly comparison: readonly Comparison[] | null; readonly task: Task };

/** The report of the last round, the rounds before it, and the comparison with the server once it was asked for. */
export function ReportTab({ comparison, task }: Properties) {
  const rounds = useRounds();
  const texts = t.sync.report;
  const last = rounds?.[0];
  return (
    <div className="cv-sync-page">
      {last === undefined ? (
        <EmptyState title={texts.none} hint={t.sync.waiting.emptyHint} />
      ) : (
        <LastRound round={last} />
      )}
      <Section title={texts.compareTitle}>
        <p className="cv-soft">{texts.compareHint}</p>
        {task.busy ? <p>{t.sync.comparing}</p> : null}
        {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
        {comparison === null ? null : <Verdict comparison={comparison} />}
      </Section>
      {rounds === null || rounds.length === 0 ? null : <History rounds={rounds} />}
    </div>
  );
}

function LastRound({ round }: { readonly round: RoundRecord }) {
  const texts = t.sync.report;
  return (
    <Section title={texts.title} aside={<span className="cv-soft">{momentText(isoInHanoi(round.at))}</span>}>
      <Facts
        facts={[
          [texts.columns.sent, countText(round.sent)],
          [texts.columns.received, countText(round.received)],
          [texts.columns.took, texts.seconds(secondsOf(round))],
          [texts.columns.conflicts, countText(round.conflicts)],
          [texts.columns.problems, problemsOf(round)],
        ]}
      />
    </Section>
  );
}

function History({ rounds }: { readonly rounds: readonly RoundRecord[] }) {
  const texts = t.sync.report;
  const { columns } = texts;
  return (
    <Section title={texts.history(rounds.length)}>
      <table className="cv-table" aria-label={texts.history(rounds.length)}>
        <thead>
          <tr>
            {[columns.at, columns.sent, columns.received, columns.took].map((title) => (
              <th key={title}>{title}</th>
            ))}
            <th>{columns.conflicts}</th>
            <th>{columns.problems}</th>
          </tr>
        </thead>
        <tbody>
          {rounds.map((round) => (
            <tr key={round.at}>
              <td>{momentText(isoInHanoi(round.at))}</td>
              <td>{countText(round.sent)}</td>
              <td>{countText(round.received)}</td>
              <td>{texts.seconds(secondsOf(round))}</td>
              <td>{countText(round.conflicts)}</td>
              <td>{problemsOf(round)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function secondsOf({ tookMs }: RoundRecord): string {
  return (Math.max(0, tookMs) / 1000).toFixed(1).replace('.', t.sync.report.decimalPoint);
}

function problemsOf({ rejected, problem }: RoundRecord): string {
  const texts = t.sync.report;
  const parts = [
    ...(rejected === 0 ? [] : [texts.rejected(rejected)]),
    ...(problem === '' ? [] : [errorText(codeOf(problem)).what]),
  ];
  return parts.length === 0 ? texts.noProblem : parts.join(' ');
}

/** A record of another version may name a code that this one does not know. */
function codeOf(problem: string): ErrorCode {
  return errorCodes.find((code) => code === problem) ?? 'INTERNAL';
}
