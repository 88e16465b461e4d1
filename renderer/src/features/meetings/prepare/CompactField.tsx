import { TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';

type Properties = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onFocus?: () => void;
  readonly onEnter?: () => void;
  readonly onLeave?: () => void;
  readonly placeholder?: string;
  readonly numeric?: boolean;
  readonly maxLength?: number;
  readonly className?: string;
};

/** A field inside a row, named for screen readers only: the column says what it is. */
export function CompactField(properties: Properties) {
  const { label, value, onChange, onFocus, onEnter, onLeave, placeholder, numeric } = properties;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || onEnter === undefined) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <TextInput
      aria-label={label}
      value={value}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      {...(onFocus === undefined ? {} : { onFocus })}
      {...(onLeave === undefined ? {} : { onBlur: onLeave })}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(numeric === true ? { inputMode: 'numeric' as const } : {})}
      {...(properties.maxLength === undefined ? {} : { maxLength: properties.maxLength })}
      {...(properties.className === undefined ? {} : { className: properties.className })}
    />
  );
}
