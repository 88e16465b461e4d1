import { Button } from '@mantine/core';
import { t } from '../i18n';
import { countText } from './count-text';

type Properties = {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly onCancel?: () => void;
};

/** Determinate progress with a count and, where it can be stopped, a button. */
export function Progress({ label, done, total, onCancel }: Properties) {
  return (
    <div className="cv-progress">
      <div className="cv-row">
        <span className="cv-grow">{label}</span>
        <span className="cv-soft">{t.common.progress.of(countText(done), countText(total))}</span>
        {onCancel === undefined ? null : <Button onClick={onCancel}>{t.common.actions.cancel}</Button>}
      </div>
      <progress aria-label={label} value={done} max={Math.max(total, 1)} />
    </div>
  );
}
