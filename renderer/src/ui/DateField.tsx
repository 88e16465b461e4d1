import { TextInput } from '@mantine/core';
import { shortDate } from '@shared/text/time';
import { type Ref, useEffect, useRef, useState } from 'react';
import { t } from '../i18n';
import { parseDayInput } from './date-input';
import { useInvalid } from './Field';

type Properties = {
  readonly label: string;
  /** `YYYY-MM-DD` or ''. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  /** `YYYY-MM-DD`: what `hôm nay` means and which year is missing. */
  readonly today: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly guessed?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
};

/** A day typed as `1101`, `11/1` or `hôm nay`; rewritten as `11/01/2026` when the cursor leaves. */
export function DateField({ label, value, onChange, today, required = false, disabled = false }: Properties) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const invalid = useInvalid(label);
  const text = typed ?? shortDate(value);
  const wrong = parseDayInput(text, today) === null;

  useEffect(() => {
    input.current?.setCustomValidity(wrong ? t.common.date.invalid : '');
  }, [wrong]);

  return (
    <TextInput
      ref={input}
      label={label}
      value={text}
      placeholder={t.common.date.placeholder}
      error={invalid.error ?? (typed === null && wrong ? t.common.date.invalid : null)}
      onInvalid={invalid.onInvalid}
      required={required}
      withAsterisk={required}
      disabled={disabled}
      autoComplete="off"
      onChange={(event) => {
        const next = event.currentTarget.value;
        invalid.clear();
        setTyped(next);
        onChange(parseDayInput(next, today) ?? '');
      }}
      onBlur={() => {
        if (!wrong) setTyped(null);
        else input.current?.checkValidity();
      }}
    />
  );
}
