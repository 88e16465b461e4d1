import { HealthCheck, healthFaults } from '../../admin/health';
import { programVersion } from '../../version';
import { type DataCommand, wholeNumber } from '../command';

export const health: DataCommand = {
  on: 'data',
  texts: ['backup-hours', 'audit-hours', 'disk-mb'],
  flags: ['json'],
  run: async ({ database, data, uploads, now }, values) => {
    const found = await new HealthCheck(database, data, uploads).read();
    const faults = healthFaults(found, now(), {
      backupHours: wholeNumber(values, 'backup-hours', 26, 1),
      auditHours: wholeNumber(values, 'audit-hours', 26, 1),
      diskFree: wholeNumber(values, 'disk-mb', 5_000, 0) * 1e6,
    });
    const facts = { version: programVersion, ...found };
    const text =
      values['json'] === true
        ? JSON.stringify({ ...facts, faults }, null, 2)
        : [
            JSON.stringify(facts),
            ...faults,
            faults.length === 0 ? 'healthy' : `${faults.length} faults`,
          ].join('\n');
    return { text, faulty: faults.length > 0 };
  },
};
