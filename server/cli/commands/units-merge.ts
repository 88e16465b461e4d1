import { AppError } from '@shared/result/result';
import { mergeUnits } from '../../admin/merge-units';
import { type DataCommand, day, done, need } from '../command';

export const unitsMerge: DataCommand = {
  on: 'data',
  texts: ['from', 'into', 'on'],
  run: async (context, values) => {
    const from = need(values, 'from')
      .split(',')
      .filter((id) => id !== '');
    const into = need(values, 'into');
    const on = day(values, 'on');
    if (on === '' || from.length === 0) throw new AppError('INVALID_INPUT', '--from A,B --on YYYY-MM-DD');
    context.pokes.changed(await mergeUnits(context.database, { from, into, on }));
    return done(`${from.join(', ')} merged into ${into} on ${on}`);
  },
};
