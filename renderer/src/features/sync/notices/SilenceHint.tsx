import { isoInHanoi } from '@shared/text/time';
import { t } from '../../../i18n';
import { momentText, StatusTag } from '../../../ui';
import { useSilence } from './use-silence';

/** D04: a line where sync is spoken of, once this machine has been out of touch for three days. */
export function SilenceHint() {
  const { silence, days, since } = useSilence();
  if (silence === 'lively') return null;
  return (
    <p>
      <StatusTag meaning={silence === 'hint' ? 'warn' : 'bad'}>
        {t.sync.silence.title(momentText(isoInHanoi(since)), days)}
      </StatusTag>
    </p>
  );
}
