import { listPeople } from '../../admin/directory';
import { type DataCommand, list, optional } from '../command';

export const peopleList: DataCommand = {
  on: 'data',
  texts: ['unit'],
  flags: ['json'],
  run: async ({ database }, values) =>
    list(
      (await listPeople(database, optional(values, 'unit', ''))).map((person) => ({
        id: person.id,
        unit: person.unit,
        roles: person.roles,
        state: person.active ? 'active' : 'inactive',
        name: person.name,
        position: person.position,
      })),
      values,
    ),
};
