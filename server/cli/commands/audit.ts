import { audit as auditData } from '../../admin/audit';
import { recordMaintenance } from '../../admin/maintenance';
import type { DataCommand } from '../command';

export const audit: DataCommand = {
  on: 'data',
  texts: [],
  flags: ['deep', 'json'],
  run: async ({ database, store, data, now }, values) => {
    const at = new Date(now()).toISOString();
    const report = await auditData(database, store, values['deep'] === true);
    const { faults, ...counts } = report;
    await recordMaintenance(data, 'audit', { at, ok: faults.length === 0 });
    const end = faults.length === 0 ? 'no fault' : `${faults.length} faults`;
    const text =
      values['json'] === true
        ? JSON.stringify(report, null, 2)
        : [JSON.stringify(counts), ...faults, end].join('\n');
    return { text, faulty: faults.length > 0 };
  },
};
