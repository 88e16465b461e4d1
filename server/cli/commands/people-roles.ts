import { editPerson } from '../../admin/directory';
import { type DataCommand, done, need } from '../command';
import { readRoles } from './person-options';

export const peopleRoles: DataCommand = {
  on: 'data',
  texts: ['id', 'roles'],
  run: async (context, values) => {
    const id = need(values, 'id');
    context.pokes.changed(await editPerson(context.database, id, { roles: readRoles(values) }));
    return done(id);
  },
};
