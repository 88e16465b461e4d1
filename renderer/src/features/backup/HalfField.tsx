import { Textarea } from '@mantine/core';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import type { HalfState } from './half-state';

/** Nine rows of one half of the recovery key, checked row by row while they are typed. */
export function HalfField({
  holder,
  value,
  state,
  onChange,
}: {
  readonly holder: 'clerk' | 'leader';
  readonly value: string;
  readonly state: HalfState;
  readonly onChange: (value: string) => void;
}) {
  return (
    <div className="cv-half">
      <Textarea
        label={t.backup.half[holder]}
        description={t.backup.half.hint}
        value={value}
        error={state.state === 'wrong' ? state.words : null}
        autoComplete="off"
        spellCheck={false}
        rows={9}
        maxLength={400}
        classNames={{ input: 'cv-half-input' }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {state.state === 'right' ? (
        <p className="cv-half-right" role="status">
          <Icon name="check" /> {t.backup.half.right(state.kit)}
        </p>
      ) : null}
    </div>
  );
}
