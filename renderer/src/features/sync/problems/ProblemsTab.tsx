import { useRefused, useStuck, useSyncStatus } from '../../../data';
import { t } from '../../../i18n';
import { EmptyState, Section } from '../../../ui';
import { Blocked } from './Blocked';
import { Held } from './Held';
import { Quarantined } from './Quarantined';
import { Refused } from './Refused';
import { ClockNotice, RoundTrouble, Undone, useClockFault, useTrouble, useUndone } from './RoundTrouble';

/** Everything that did not go through, with its reason and what to do; the rest of the work is not affected by it. */
export function ProblemsTab() {
  const rejected = useRefused('rejected');
  const seen = useRefused('seen');
  const { blocked, held, quarantined } = useStuck();
  const { rejected: refused, stuck } = useSyncStatus();
  const trouble = useTrouble();
  const undone = useUndone();
  const clock = useClockFault();
  const texts = t.sync.problems;
  const faults = [trouble, undone, clock].filter((fault) => fault !== null);
  if (refused + stuck + seen.length + faults.length === 0)
    return <EmptyState title={texts.none} hint={texts.noneHint} />;
  return (
    <div className="cv-sync-page cv-stack">
      <ClockNotice />
      <RoundTrouble />
      <Undone />
      {held.map((bucket) => (
        <Held key={bucket.bucket} held={bucket} />
      ))}
      {blocked === null ? null : <Blocked code={blocked.code} entry={blocked.entry} />}
      {rejected.length === 0 ? null : (
        <Section title={texts.rejected}>
          <p className="cv-soft">{texts.rejectedHint}</p>
          <Refused entries={rejected} total={refused} />
        </Section>
      )}
      {quarantined.length === 0 ? null : <Quarantined rows={quarantined} />}
      {seen.length === 0 ? null : (
        <details>
          <summary>{texts.seen(seen.length)}</summary>
          <Refused entries={seen} total={seen.length} />
        </details>
      )}
    </div>
  );
}
