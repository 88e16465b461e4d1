import { beginEpoch } from '../../storage/migrate';
import { type DataCommand, done } from '../command';

export const newEpoch: DataCommand = {
  on: 'data',
  texts: [],
  run: async (context) => {
    const epoch = Buffer.from(context.randomBytes(16)).toString('hex');
    await beginEpoch(context.database, epoch);
    return done(epoch);
  },
};
