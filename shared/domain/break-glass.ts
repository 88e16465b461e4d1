import type { Person } from '../schema/people';

/** Two different people of the unit who are there now: a clerk, and one who leads (Điều 15: người đứng đầu). */
export function mayBreakGlass(people: readonly (Person | null)[], unit: string): boolean {
  const [first, second, ...more] = people;
  if (first == null || second == null || more.length > 0 || first.id === second.id) return false;
  if (![first, second].every((person) => person.active && person.unit === unit)) return false;
  const is = (person: Person, role: Person['roles'][number]) => person.roles.includes(role);
  return (is(first, 'clerk') && is(second, 'leader')) || (is(second, 'clerk') && is(first, 'leader'));
}
