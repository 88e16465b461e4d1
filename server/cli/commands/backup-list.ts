import {
  type BackupFolder,
  backupNames,
  openForReading,
  readManifest,
} from '../../admin/backup/backup-folder';
import { type FilesCommand, list, need } from '../command';
import { readPassphrase } from './passphrase';

export const backupList: FilesCommand = {
  on: 'files',
  texts: ['folder', 'passphrase-file'],
  flags: ['json'],
  paths: ['folder', 'passphrase-file'],
  run: async (values) => {
    const folder = await openForReading(need(values, 'folder'), await readPassphrase(values));
    const names = await backupNames(folder);
    return list(await Promise.all(names.map((name) => describe(folder, name))), values);
  },
};

async function describe(folder: BackupFolder, name: string) {
  const { madeAt, lastWork, tables, contents } = await readManifest(folder, name);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { name, madeAt, lastWork, rows, files: contents.files, bytes: contents.bytes };
}
