import { Autocomplete, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type ClipboardEvent, type Ref, useState } from 'react';
import { t } from '../i18n';
import { filterByText } from './match-text';

export type FieldProperties = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly hint?: string;
  /** What is wrong with what was typed, as far as the form can see. */
  readonly problem?: string;
  /** Filled in by the machine and not yet confirmed: a dot beside the label. */
  readonly guessed?: boolean;
  /** The cursor waits here when the form opens. */
  readonly focusFirst?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
};

/** Label with the dot of an unconfirmed guess. */
function FieldLabel({ label, guessed }: { readonly label: string; readonly guessed: boolean | undefined }) {
  return (
    <>
      {label}
      {guessed === true ? <span className="cv-guess" title={t.common.field.guessed} /> : null}
    </>
  );
}

/** The message of the browser's own validity check, in our words; cleared by the next change. */
export function useInvalid(label: string): {
  readonly error: string | null;
  readonly onInvalid: (event: { preventDefault(): void; readonly currentTarget: EventTarget }) => void;
  readonly clear: () => void;
} {
  const [error, setError] = useState<string | null>(null);
  return {
    error,
    onInvalid: (event) => {
      event.preventDefault();
      const { validity, validationMessage, minLength } = event.currentTarget as HTMLInputElement;
      const { missing, tooShort } = t.common.field;
      if (validity.valueMissing) setError(missing(label));
      else setError(validity.tooShort ? tooShort(label, minLength) : validationMessage);
    },
    clear: () => setError(null),
  };
}

function common(properties: FieldProperties, invalid: ReturnType<typeof useInvalid>) {
  const { label, value, required, disabled, maxLength, placeholder, hint, problem, guessed, focusFirst } =
    properties;
  return {
    label: <FieldLabel label={label} guessed={guessed} />,
    value,
    error: invalid.error ?? problem ?? null,
    onInvalid: invalid.onInvalid,
    withAsterisk: required === true,
    required: required === true,
    disabled: disabled === true,
    autoComplete: 'off',
    spellCheck: false,
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(hint === undefined ? {} : { description: hint }),
    ...(focusFirst === true ? { autoFocus: true, 'data-autofocus': true } : {}),
  };
}

/** One line of text. */
export function TextField(properties: FieldProperties & { readonly inputMode?: 'numeric' | 'text' }) {
  const invalid = useInvalid(properties.label);
  return (
    <TextInput
      {...common(properties, invalid)}
      {...(properties.inputRef === undefined ? {} : { ref: properties.inputRef })}
      {...(properties.onPaste === undefined ? {} : { onPaste: properties.onPaste })}
      {...(properties.inputMode === undefined ? {} : { inputMode: properties.inputMode })}
      onChange={(event) => {
        invalid.clear();
        properties.onChange(event.currentTarget.value);
      }}
    />
  );
}

/** Several lines of text; grows with what is typed. */
export function TextAreaField({
  rows = 2,
  maxRows = 8,
  ...properties
}: Omit<FieldProperties, 'inputRef' | 'onPaste'> & { readonly rows?: number; readonly maxRows?: number }) {
  const invalid = useInvalid(properties.label);
  return (
    <Textarea
      {...common(properties, invalid)}
      autosize
      minRows={rows}
      maxRows={maxRows}
      onChange={(event) => {
        invalid.clear();
        properties.onChange(event.currentTarget.value);
      }}
    />
  );
}

/** Free text with suggestions, found with or without marks. */
export function SuggestField({
  suggestions,
  ...properties
}: FieldProperties & { readonly suggestions: readonly string[] }) {
  const invalid = useInvalid(properties.label);
  return (
    <Autocomplete
      {...common(properties, invalid)}
      {...(properties.inputRef === undefined ? {} : { ref: properties.inputRef })}
      data={[...new Set(suggestions)].filter((text) => text !== '')}
      filter={({ options, search, limit }) => [
        ...filterByText(options, (option) => ('label' in option ? String(option.label) : ''), search, limit),
      ]}
      limit={8}
      openOnFocus={false}
      selectFirstOptionOnChange={false}
      onChange={(value) => {
        invalid.clear();
        properties.onChange(value);
      }}
    />
  );
}

export type Choice<K extends string> = { readonly value: K; readonly label: string };

/** One of a few fixed choices: a native select, whose keys everybody knows. */
export function ChoiceField<K extends string>({
  label,
  value,
  choices,
  onChange,
  disabled = false,
}: {
  readonly label: string;
  readonly value: K;
  readonly choices: readonly Choice<K>[];
  readonly onChange: (value: K) => void;
  readonly disabled?: boolean;
}) {
  return (
    <NativeSelect
      label={label}
      size="xs"
      value={value}
      data={choices.map((choice) => ({ ...choice }))}
      onChange={(event) => {
        const found = choices.find((choice) => choice.value === event.currentTarget.value);
        if (found !== undefined) onChange(found.value);
      }}
      disabled={disabled}
    />
  );
}
