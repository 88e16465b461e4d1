import { Button } from '@mantine/core';
import type { SecrecyLevel } from '@shared/domain/secrecy';
import { t } from '../../i18n';
import { Notice } from '../../ui';

/** Mật and above: nothing is drafted, stored or sent; what to do on paper instead. */
export function SecretRefusal({
  level,
  onClear,
}: {
  readonly level: SecrecyLevel;
  readonly onClear: () => void;
}) {
  const words = t.outgoing.draft;
  return (
    <Notice tone="bad" title={words.secretTitle(t.common.secrecy[level])}>
      <div className="cv-stack">
        <p>{words.secretWhat}</p>
        <ol className="cv-refusal-steps">
          {Object.values(words.secretSteps).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <Button onClick={onClear}>{words.secretClear}</Button>
      </div>
    </Notice>
  );
}
