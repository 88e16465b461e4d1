import { editPerson } from '../../admin/directory';
import { type DataCommand, done, need } from '../command';

/** People are never removed: what they did stays theirs. Who is not active can do nothing more. */
const setActive = (active: boolean): DataCommand => ({
  on: 'data',
  texts: ['id'],
  run: async (context, values) => {
    const id = need(values, 'id');
    context.pokes.changed(await editPerson(context.database, id, { active }));
    return done(id);
  },
});

export const peopleDeactivate = setActive(false);
export const peopleActivate = setActive(true);
