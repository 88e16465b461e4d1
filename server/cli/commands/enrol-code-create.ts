import { AppError } from '@shared/result/result';
import { listUnits } from '../../admin/directory';
import { addEnrolCode, defaultCodeMinutes, newEnrolCode } from '../../identity/enrol-codes';
import { type DataCommand, done, need, wholeNumber } from '../command';

export const enrolCodeCreate: DataCommand = {
  on: 'data',
  texts: ['unit', 'minutes'],
  run: async (context, values) => {
    const id = need(values, 'unit');
    const minutes = wholeNumber(values, 'minutes', defaultCodeMinutes, 1);
    const unit = (await listUnits(context.database)).find((known) => known.id === id);
    if (unit === undefined) throw new AppError('NOT_FOUND', `unit ${id}`);
    const successor = unit.successor ?? '';
    if (successor !== '') throw new AppError('WRONG_STATE', `unit ${id} was merged into ${successor}`);
    const code = newEnrolCode(context.randomBytes);
    await addEnrolCode(context.database, code, id, context.now(), context.now() + minutes * 60_000);
    return done(code);
  },
};
