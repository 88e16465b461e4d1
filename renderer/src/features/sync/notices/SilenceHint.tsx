import { isoInHanoi } from '@shared/text/time';
import { t } from '../../../i18n';
import { momentText, StatusTag } from '../../../ui';
import { useSilence } from './use-silence';

/** D04: a line where sync is spoken of, from the third day without contact on; from the seventh the banner says it. */
export function SilenceHint() {
  const { silence, days, since } = useSilence();
  if (silence !== 'hint') return null;
  return (
    <p>
      <StatusTag meaning="warn">{t.sync.silence.title(momentText(isoInHanoi(since)), days)}</StatusTag>
    </p>
  );
}
