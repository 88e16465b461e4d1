import { findBackup, openForReading } from '../../admin/backup/backup-folder';
import { verifyBackup } from '../../admin/backup/verify-backup';
import { type FilesCommand, need, optional } from '../command';
import { readPassphrase } from './passphrase';

export const backupVerify: FilesCommand = {
  on: 'files',
  texts: ['folder', 'name', 'passphrase-file'],
  paths: ['folder', 'passphrase-file'],
  run: async (values) => {
    const folder = await openForReading(need(values, 'folder'), await readPassphrase(values));
    const name = await findBackup(folder, optional(values, 'name', ''));
    const { manifest, faults } = await verifyBackup(folder, name);
    const sum = `${name}\t${manifest.tables.length} tables, ${manifest.contents.files} files`;
    const end = faults.length === 0 ? 'no fault' : `${faults.length} faults`;
    return { text: [sum, ...faults, end].join('\n'), faulty: faults.length > 0 };
  },
};
