import { personSchema } from '@shared/schema/people';
import { addPerson } from '../../admin/directory';
import { type DataCommand, done, fitting, need, optional } from '../command';
import { givePin, readRoles } from './person-options';

export const peopleAdd: DataCommand = {
  on: 'data',
  texts: ['id', 'unit', 'name', 'position', 'roles', 'pin'],
  flags: ['inactive'],
  run: async (context, values) => {
    const person = fitting(personSchema, {
      id: need(values, 'id'),
      unit: need(values, 'unit'),
      name: need(values, 'name'),
      position: need(values, 'position'),
      roles: readRoles(values),
      active: values['inactive'] !== true,
    });
    context.pokes.changed(await addPerson(context.database, person));
    const pin = optional(values, 'pin', '');
    if (pin !== '') await givePin(context, person.unit, person.id, pin);
    return done(person.id);
  },
};
