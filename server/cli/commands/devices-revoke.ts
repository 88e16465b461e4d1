import { revokeDevice } from '../../admin/devices';
import { type DataCommand, done, need } from '../command';

export const devicesRevoke: DataCommand = {
  on: 'data',
  texts: ['id'],
  run: async (context, values) => {
    await revokeDevice(context.database, need(values, 'id'));
    context.access.forget();
    return done(need(values, 'id'));
  },
};
