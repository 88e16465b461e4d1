import type { ErrorCode } from '@shared/result/codes';
import { isoInHanoi } from '@shared/text/time';
import { navigate } from '../../../app/router';
import { useCounts } from '../../../data';
import { errorText, t } from '../../../i18n';
import { momentText, Notice } from '../../../ui';
import { useTrouble } from '../problems/RoundTrouble';
import { useSilence } from './use-silence';

/** What no waiting mends: somebody has to do something before any work leaves this machine. */
const needsAPerson: ReadonlySet<ErrorCode> = new Set([
  'DEVICE_REVOKED',
  'NOT_ENROLLED',
  'UPDATE_REQUIRED',
  'DISK_FULL',
]);

/** Real trouble of sync, above every screen: it never covers anything and asks nothing (D03, D04). */
export function SyncBanner() {
  const trouble = useTrouble();
  const { silence, days, since } = useSilence();
  const { waiting } = useCounts();
  if (trouble !== null && needsAPerson.has(trouble)) {
    const { what, safe, todo } = errorText(trouble);
    return (
      <Notice tone="warn" title={what} safe={safe} todo={todo}>
        <ToSync />
      </Notice>
    );
  }
  if (silence !== 'banner' && silence !== 'long') return null;
  const texts = t.sync.silence;
  return (
    <Notice
      tone="warn"
      title={texts.title(momentText(isoInHanoi(since)), days)}
      safe={texts.safe(waiting)}
      todo={silence === 'long' ? texts.todoLong : texts.todo}
    >
      <ToSync />
    </Notice>
  );
}

function ToSync() {
  return (
    <button type="button" className="cv-link" onClick={() => navigate('/sync/problems')}>
      {t.sync.title}
    </button>
  );
}
