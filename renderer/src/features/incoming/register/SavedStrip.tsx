import { Button } from '@mantine/core';
import { t } from '../../../i18n';
import type { Registered } from './use-register';

type Properties = { readonly saved: Registered; readonly onSubmit: () => void };

/** The number just given, large, spoken to screen readers; an urgent document asks to be submitted at once. */
export function SavedStrip({ saved, onSubmit }: Properties) {
  const words = t.incoming.register;
  return (
    <div className="cv-saved" role="status" aria-label={words.savedRegion}>
      <p className="cv-saved-number">{words.saved(saved.number)}</p>
      <p className="cv-ellipsis">{saved.subject}</p>
      <p className="cv-soft cv-small">{words.savedHint}</p>
      {saved.urgency === 'normal' ? null : (
        <div className="cv-row">
          <strong>{words.urgentAsk(t.common.urgency[saved.urgency])}</strong>
          <Button onClick={onSubmit}>{words.submitNow}</Button>
        </div>
      )}
    </div>
  );
}
