import { listUnits } from '../../admin/directory';
import { type DataCommand, list } from '../command';

export const unitsList: DataCommand = {
  on: 'data',
  texts: [],
  flags: ['json'],
  run: async ({ database }, values) =>
    list(
      (await listUnits(database)).map(
        ({ id, level, symbol, name, superior, validFrom, validTo, successor = '' }) => ({
          id,
          level,
          symbol,
          name,
          superior,
          validFrom,
          validTo,
          successor,
        }),
      ),
      values,
    ),
};
