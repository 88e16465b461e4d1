import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { step } from './progress.mjs';
import { makeTestPki } from './test-pki.mjs';

// Who signs in the sample province (server/sample): leaders for themselves, clerks for their organisation.
const people = [
  { id: 'tinh-ct', name: 'Nguyễn Văn Lập', org: 'Liên đoàn Lao động tỉnh An Bình' },
  { id: 'huyen-ct', name: 'Phạm Quốc Tuấn', org: 'Liên đoàn Lao động huyện Vĩnh Hòa' },
  { id: 'huyen-pct', name: 'Đỗ Thị Mai', org: 'Liên đoàn Lao động huyện Vĩnh Hòa' },
  { id: 'coso-a-ct', name: 'Hoàng Thị Nguyệt', org: 'CĐCS Công ty TNHH May Phương Nam' },
  { id: 'coso-b-ct', name: 'Ngô Minh Đức', org: 'CĐCS Trường THPT Vĩnh Hòa 1' },
];
const organisations = [
  { id: 'tinh', name: 'Liên đoàn Lao động tỉnh An Bình' },
  { id: 'huyen', name: 'Liên đoàn Lao động huyện Vĩnh Hòa' },
  { id: 'coso-a', name: 'CĐCS Công ty TNHH May Phương Nam' },
  { id: 'coso-b', name: 'CĐCS Trường THPT Vĩnh Hòa 1' },
];

/**
 * Makes the trial certificates of the sample province once: `<id>.p12` for each leader and organisation,
 * root.pem, and the revocation lists root.crl.pem and issuing.crl.pem.
 * @param {string} data folder of the run
 * @returns {Promise<{ folder: string, password: string }>}
 */
export async function sampleKeys(data) {
  const folder = path.join(data, 'certificates');
  const mark = path.join(folder, 'complete');
  const password = 'matkhau';
  // Nobody renews the lists of a trial authority.
  const crlDays = 3650;
  if (!existsSync(mark)) {
    await step('trial certificates', () => makeTestPki(folder, { people, organisations, password, crlDays }));
    writeFileSync(mark, '');
  }
  return { folder, password };
}
