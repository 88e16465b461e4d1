import { checkIssuedSignatures, isFaulty } from '../../admin/check-signatures';
import { type DataCommand, optional } from '../command';
import { readTrust } from '../read-trust';

export const checkSignatures: DataCommand = {
  on: 'data',
  texts: ['trust', 'crl', 'unit'],
  paths: ['trust', 'crl'],
  run: async ({ database, store, now }, values) => {
    const trust = await readTrust(optional(values, 'trust', ''), optional(values, 'crl', ''));
    const checked = await checkIssuedSignatures(database, store, trust, now(), optional(values, 'unit', ''));
    const lines = checked.map(({ unit, id, sha256, report }) =>
      [unit, id, sha256, report?.verdict ?? 'not-here'].join('\t'),
    );
    const faults = checked.filter(isFaulty).length;
    const sum = `${checked.length} documents, ${faults === 0 ? 'no fault' : `${faults} faulty`}`;
    return { text: [...lines, sum].join('\n'), faulty: faults > 0 };
  },
};
