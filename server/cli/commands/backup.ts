import { openForWriting } from '../../admin/backup/backup-folder';
import { type MadeBackup, makeBackup } from '../../admin/backup/make-backup';
import { pruneBackups } from '../../admin/backup/prune';
import { recordMaintenance } from '../../admin/maintenance';
import { type Answer, type DataCommand, need, wholeNumber } from '../command';
import { readPassphrase } from './passphrase';

const defaultKeep = 14;

export const backup: DataCommand = {
  on: 'data',
  texts: ['folder', 'keep', 'passphrase-file'],
  paths: ['folder', 'passphrase-file'],
  run: async (context, values) => {
    const keep = wholeNumber(values, 'keep', defaultKeep, 1);
    const folder = await openForWriting(need(values, 'folder'), await readPassphrase(values));
    const made = await makeBackup(context.database, context.store, folder, context.now());
    const removed = await pruneBackups(folder, keep);
    const answer = describe(made, removed);
    await recordMaintenance(context.data, 'backup', { at: made.manifest.madeAt, ok: !answer.faulty });
    return answer;
  },
};

function describe({ manifest, newFiles }: MadeBackup, removed: readonly string[]): Answer {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const { files, bytes } = manifest.contents;
  const lines = [
    `${manifest.name}\t${rows} rows\t${files} files, ${bytes} bytes, ${newFiles} new`,
    ...removed.map((name) => `removed ${name}`),
    ...manifest.absent.map((sha256) => `file ${sha256}: missing or damaged in the store, not in the backup`),
  ];
  return { text: lines.join('\n'), faulty: manifest.absent.length > 0 };
}
