import { listGrants } from '../../admin/grants';
import { type DataCommand, list } from '../command';

export const grantsList: DataCommand = {
  on: 'data',
  texts: [],
  flags: ['json'],
  run: async ({ database }, values) =>
    list(
      (await listGrants(database)).map(({ unit, readable }) => ({ unit, readable })),
      values,
    ),
};
