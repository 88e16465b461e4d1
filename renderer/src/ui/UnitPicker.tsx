import type { Unit } from '@shared/schema/people';
import { useUnits } from '../data';
import { t } from '../i18n';
import { PickMany, PickOne } from './Picker';

type Common = {
  readonly label: string;
  /** Which units may be picked; all by default. */
  readonly among?: (unit: Unit) => boolean;
  readonly required?: boolean;
  readonly disabled?: boolean;
};

function useOptions(among: ((unit: Unit) => boolean) | undefined) {
  const units = useUnits();
  return [...units.values()]
    .filter((unit) => among === undefined || among(unit))
    .map((unit) => ({ value: unit.id, label: unit.name }));
}

/** Picks one unit. */
export function UnitPicker({
  among,
  ...properties
}: Common & { readonly value: string; readonly onChange: (unit: string) => void }) {
  const options = useOptions(among);
  return (
    <PickOne
      {...properties}
      options={options}
      placeholder={t.common.pick.unit}
      nothing={t.common.pick.noUnit}
    />
  );
}

/** Picks several units, e.g. the receivers of a document. */
export function UnitsPicker({
  among,
  ...properties
}: Common & { readonly value: readonly string[]; readonly onChange: (units: readonly string[]) => void }) {
  const options = useOptions(among);
  return (
    <PickMany
      {...properties}
      options={options}
      placeholder={t.common.pick.unit}
      nothing={t.common.pick.noUnit}
    />
  );
}
