import { Button } from '@mantine/core';
import { useSyncStatus } from '../../../data';
import { t } from '../../../i18n';
import { countText, ErrorNotice, Notice, StatusTag } from '../../../ui';
import { useBucketName } from '../names';
import { useReadAgain } from '../use-read-again';
import type { Comparison } from './compare';

/** What a comparison with the server has found, and the way to mend a part that differs. */
export function Verdict({ comparison }: { readonly comparison: readonly Comparison[] }) {
  const { waiting, stuck } = useSyncStatus();
  const bucketName = useBucketName();
  const { readAgain, task } = useReadAgain();
  const texts = t.sync.report;
  const equal = comparison.every((part) => part.equal);
  const different = comparison.filter((part) => !part.equal).map(({ bucket }) => bucket);
  return (
    <div className="cv-stack">
      <table className="cv-table" aria-label={texts.compareTitle}>
        <thead>
          <tr>
            <th>{texts.parts.part}</th>
            <th>{texts.parts.here}</th>
            <th>{texts.parts.there}</th>
            <th>{texts.parts.verdict}</th>
          </tr>
        </thead>
        <tbody>
          {comparison.map(({ bucket, here, there, equal: same }) => (
            <tr key={bucket}>
              <td>{bucketName(bucket)}</td>
              <td title={here.digest}>{texts.rows(countText(here.count))}</td>
              <td title={there.digest}>{texts.rows(countText(there.count))}</td>
              <td>
                <StatusTag meaning={same ? 'good' : 'warn'}>{same ? texts.equal : texts.different}</StatusTag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Notice tone={equal ? 'good' : 'warn'} title={wordsFor(equal, waiting, stuck)}>
        {equal || waiting + stuck > 0 ? null : (
          <Button disabled={task.busy} onClick={() => void readAgain(different)}>
            {t.sync.readAgain}
          </Button>
        )}
      </Notice>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </div>
  );
}

/** Why the two differ, as far as this machine knows: what it holds back is no fault, nor is what it has yet to send. */
function wordsFor(equal: boolean, waiting: number, stuck: number): string {
  const texts = t.sync.report;
  if (equal) return texts.equalAll;
  if (stuck > 0) return texts.heldBack;
  return waiting > 0 ? texts.stillWaiting(waiting) : texts.differentSome;
}
