import { renameDevice } from '../../admin/devices';
import { type DataCommand, done, need } from '../command';

export const devicesRename: DataCommand = {
  on: 'data',
  texts: ['id', 'name'],
  run: async ({ database }, values) => {
    await renameDevice(database, need(values, 'id'), need(values, 'name'));
    return done(need(values, 'id'));
  },
};
