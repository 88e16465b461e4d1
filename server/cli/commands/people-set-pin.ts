import { AppError } from '@shared/result/result';
import { listPeople } from '../../admin/directory';
import { type DataCommand, done, need } from '../command';
import { givePin } from './person-options';

export const peopleSetPin: DataCommand = {
  on: 'data',
  texts: ['id', 'unit', 'pin'],
  run: async (context, values) => {
    const people = await listPeople(context.database, need(values, 'unit'));
    const person = people.find((known) => known.id === need(values, 'id'));
    if (person === undefined) throw new AppError('NOT_FOUND', `person ${need(values, 'id')}`);
    await givePin(context, person.unit, person.id, need(values, 'pin'));
    return done(person.id);
  },
};
