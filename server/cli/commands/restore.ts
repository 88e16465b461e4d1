import { randomBytes } from 'node:crypto';
import { findBackup, openForReading } from '../../admin/backup/backup-folder';
import { restoreBackup } from '../../admin/backup/restore-backup';
import { openContentStore } from '../../files/content-store';
import { fileFolders, openStorage } from '../../server';
import { type ClosedDataCommand, done, need, optional } from '../command';
import { readPassphrase } from './passphrase';

export const restore: ClosedDataCommand = {
  on: 'closed-data',
  texts: ['folder', 'name', 'passphrase-file'],
  paths: ['folder', 'passphrase-file'],
  run: async (storage, values) => {
    const folder = await openForReading(need(values, 'folder'), await readPassphrase(values));
    const name = await findBackup(folder, optional(values, 'name', ''));
    const database = await openStorage(storage);
    try {
      const { content, uploads } = fileFolders(storage);
      const target = { database, store: openContentStore(content), uploads };
      const epoch = randomBytes(16).toString('hex');
      const { madeAt, lastWork, contents, absent } = await restoreBackup(target, folder, name, epoch);
      return done(
        [
          `${name} of ${madeAt} restored into ${storage.data}; its last work came in at ${lastWork || 'no time'}`,
          `${contents.files} files, ${contents.bytes} bytes; ${absent.length} files were not in the backup`,
          `new epoch ${epoch}: devices send again what they have done since`,
          'no book of a unit is given away before each of its devices has synchronised: `devices list` shows who is awaited',
          'Do again what was administered since: units, people, PINs, grants, revoked devices, enrolments.',
        ].join('\n'),
      );
    } finally {
      await database.close();
    }
  },
};
