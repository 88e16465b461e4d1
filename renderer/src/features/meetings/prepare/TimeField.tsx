import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../../i18n';
import { readClock } from '../agenda-times';

type Properties = {
  readonly label: string;
  /** `HH:MM` or ''. */
  readonly value: string;
  readonly onChange: (clock: string) => void;
};

/** A time of day typed as `8:30`, `0830` or `8h30`; rewritten as `08:30` when the cursor leaves. */
export function TimeField({ label, value, onChange }: Properties) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const wrong = text !== '' && readClock(text) === null;
  useEffect(() => {
    input.current?.setCustomValidity(wrong ? t.meetings.info.timeInvalid : '');
  }, [wrong]);
  return (
    <TextInput
      ref={input}
      label={label}
      value={text}
      error={wrong ? t.meetings.info.timeInvalid : null}
      autoComplete="off"
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        const clock = readClock(next);
        if (clock !== null) onChange(clock);
      }}
      onBlur={() => {
        if (!wrong) setTyped(null);
      }}
    />
  );
}
