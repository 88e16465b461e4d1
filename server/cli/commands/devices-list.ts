import { listDevices } from '../../admin/devices';
import { type DataCommand, list, optional } from '../command';

export const devicesList: DataCommand = {
  on: 'data',
  texts: ['unit'],
  flags: ['json'],
  run: async ({ database }, values) =>
    list(
      (await listDevices(database, optional(values, 'unit', ''))).map((device) => ({
        id: device.id,
        unit: device.unit,
        status: device.status,
        lastN: device.last_n,
        lastSeen: device.last_seen,
        word: device.awaited ? 'awaited' : '',
        name: device.name,
      })),
      values,
    ),
};
