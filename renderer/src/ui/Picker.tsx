import { MultiSelect, type OptionsFilter, Select } from '@mantine/core';
import { useInvalid } from './Field';
import { filterByText } from './match-text';

export type Option = { readonly value: string; readonly label: string };

type Common = {
  readonly label: string;
  readonly options: readonly Option[];
  readonly placeholder: string;
  readonly nothing: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
};

type Item = Parameters<OptionsFilter>[0]['options'][number];
const labelOf = (item: Item): string => ('label' in item && typeof item.label === 'string' ? item.label : '');
const byText: OptionsFilter = ({ options, search, limit }) => [
  ...filterByText(options, labelOf, search, limit),
];

/** Picks one by typing part of its name, with or without marks; initials work too (`ntl`). */
export function PickOne({
  label,
  options,
  value,
  onChange,
  placeholder,
  nothing,
  required = false,
  disabled = false,
}: Common & { readonly value: string; readonly onChange: (value: string) => void }) {
  const invalid = useInvalid(label);
  return (
    <Select
      label={label}
      data={options.map((option) => ({ ...option }))}
      value={value === '' ? null : value}
      onChange={(next) => {
        invalid.clear();
        onChange(next ?? '');
      }}
      searchable
      openOnFocus={false}
      selectFirstOptionOnChange
      // Picking the same entry again confirms it; it does not take it away.
      allowDeselect={false}
      clearable={!required}
      filter={byText}
      limit={20}
      placeholder={placeholder}
      nothingFoundMessage={nothing}
      error={invalid.error}
      onInvalid={invalid.onInvalid}
      required={required}
      withAsterisk={required}
      disabled={disabled}
      autoComplete="off"
    />
  );
}

/** Picks several by typing parts of their names. */
export function PickMany({
  label,
  options,
  value,
  onChange,
  placeholder,
  nothing,
  disabled = false,
}: Common & { readonly value: readonly string[]; readonly onChange: (value: readonly string[]) => void }) {
  return (
    <MultiSelect
      label={label}
      data={options.map((option) => ({ ...option }))}
      value={[...value]}
      onChange={onChange}
      searchable
      openOnFocus={false}
      selectFirstOptionOnChange
      hidePickedOptions
      filter={byText}
      limit={20}
      placeholder={value.length === 0 ? placeholder : ''}
      nothingFoundMessage={nothing}
      disabled={disabled}
      autoComplete="off"
    />
  );
}
