import type { Person } from '@shared/schema/people';
import { usePeople } from '../data';
import { t } from '../i18n';
import { PickMany, PickOne } from './Picker';

type Common = {
  readonly label: string;
  /** Who may be picked; everyone active by default. */
  readonly among?: (person: Person) => boolean;
  readonly required?: boolean;
  readonly disabled?: boolean;
};

function useOptions(among: ((person: Person) => boolean) | undefined) {
  const people = usePeople();
  return [...people.values()]
    .filter((person) => person.active && (among === undefined || among(person)))
    .map((person) => ({
      value: person.id,
      label: person.position === '' ? person.name : `${person.name} – ${person.position}`,
    }));
}

/** Picks one person. */
export function PersonPicker({
  among,
  ...properties
}: Common & { readonly value: string; readonly onChange: (person: string) => void }) {
  const options = useOptions(among);
  return (
    <PickOne
      {...properties}
      options={options}
      placeholder={t.common.pick.person}
      nothing={t.common.pick.none}
    />
  );
}

/** Picks several people. */
export function PeoplePicker({
  among,
  ...properties
}: Common & { readonly value: readonly string[]; readonly onChange: (people: readonly string[]) => void }) {
  const options = useOptions(among);
  return (
    <PickMany
      {...properties}
      options={options}
      placeholder={t.common.pick.person}
      nothing={t.common.pick.none}
    />
  );
}

/** Name of a person for reading; a mark where the directory does not know her. */
export function usePersonName(): (id: string) => string {
  const people = usePeople();
  return (id) => (id === '' ? '' : (people.get(id)?.name ?? t.common.pick.gone));
}
