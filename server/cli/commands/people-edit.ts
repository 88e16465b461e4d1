import { type Person, personSchema } from '@shared/schema/people';
import { editPerson } from '../../admin/directory';
import { type DataCommand, done, fitting, given, need } from '../command';

export const peopleEdit: DataCommand = {
  on: 'data',
  texts: ['id', 'name', 'position'],
  run: async (context, values) => {
    const fields = given(values, ['name', 'position']);
    const patch = fitting(personSchema.pick({ name: true, position: true }).partial(), fields);
    context.pokes.changed(await editPerson(context.database, need(values, 'id'), patch as Partial<Person>));
    return done(need(values, 'id'));
  },
};
