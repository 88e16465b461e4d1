import { type Unit, unitSchema } from '@shared/schema/people';
import { editUnit } from '../../admin/directory';
import { type DataCommand, day, done, fitting, given, need } from '../command';

const texts = ['name', 'symbol', 'level', 'superior', 'place', 'collective'] as const;

export const unitsEdit: DataCommand = {
  on: 'data',
  texts: ['id', ...texts, 'seal-mm', 'valid-from', 'valid-to'],
  run: async (context, values) => {
    const patch = fitting(unitSchema.partial(), {
      ...given(values, texts),
      ...('seal-mm' in values ? { sealMm: Number(values['seal-mm']) } : {}),
      ...('valid-from' in values ? { validFrom: day(values, 'valid-from') } : {}),
      ...('valid-to' in values ? { validTo: day(values, 'valid-to') } : {}),
    });
    context.pokes.changed(await editUnit(context.database, need(values, 'id'), patch as Partial<Unit>));
    return done(need(values, 'id'));
  },
};
