import { unitSchema } from '@shared/schema/people';
import { addUnit } from '../../admin/directory';
import { type DataCommand, day, done, fitting, need, optional } from '../command';

export const unitsAdd: DataCommand = {
  on: 'data',
  texts: [
    'id',
    'name',
    'symbol',
    'level',
    'superior',
    'place',
    'collective',
    'seal-mm',
    'valid-from',
    'valid-to',
  ],
  run: async (context, values) => {
    const unit = fitting(unitSchema, {
      id: need(values, 'id'),
      unit: need(values, 'id'),
      name: need(values, 'name'),
      symbol: need(values, 'symbol'),
      level: need(values, 'level'),
      superior: optional(values, 'superior', ''),
      place: optional(values, 'place', ''),
      collective: optional(values, 'collective', ''),
      sealMm: Number(optional(values, 'seal-mm', '36')),
      validFrom: day(values, 'valid-from'),
      validTo: day(values, 'valid-to'),
    });
    context.pokes.changed(await addUnit(context.database, unit));
    return done(unit.id);
  },
};
