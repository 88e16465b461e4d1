import { navigate } from '../../app/router';
import { useSession } from '../../data';
import { t } from '../../i18n';
import { momentText, Notice } from '../../ui';
import { backupPath } from './backup-path';
import { useBackup } from './use-backup';

/** Says on the first screen that backups are off or have failed for three days, to those who can change it. */
export function BackupNotice() {
  const { person } = useSession();
  const { status } = useBackup();
  const mayChange = person?.roles.some((role) => role === 'clerk' || role === 'admin') === true;
  if (status === null || !mayChange || (status.folder !== '' && !status.overdue)) return null;
  const { folder, lastBackup } = status;
  const title = folder === '' ? t.backup.reminder : t.backup.overdue;
  const last = lastBackup === '' ? t.backup.never : t.backup.last(momentText(lastBackup));
  return (
    <Notice tone={folder === '' ? 'info' : 'bad'} title={folder === '' ? title : `${title} ${last}.`}>
      <button type="button" className="cv-link" onClick={() => navigate(backupPath)}>
        {t.backup.title}
      </button>
    </Notice>
  );
}
