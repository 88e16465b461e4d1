import { silentDays } from '@shared/sync/silence';
import { unitActivity } from '../../admin/unit-activity';
import { type DataCommand, list, wholeNumber } from '../command';

export const unitsStale: DataCommand = {
  on: 'data',
  texts: ['days'],
  flags: ['json'],
  run: async (context, values) => {
    const days = wholeNumber(values, 'days', 3, 1);
    const now = context.now();
    const units = (await unitActivity(context.database)).map((unit) => ({
      ...unit,
      silent: silentDays(unit.lastSeen, now),
    }));
    const stale = units.filter(({ silent }) => silent === null || silent >= days);
    return list(
      stale.map(({ unit, name, devices, silent, lastSeen }) => ({
        unit,
        days: silent ?? 'never',
        lastSeen: lastSeen === null ? '' : new Date(lastSeen).toISOString(),
        devices,
        name,
      })),
      values,
    );
  },
};
