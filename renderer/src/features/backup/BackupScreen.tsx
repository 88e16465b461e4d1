import { t } from '../../i18n';
import { ErrorNotice } from '../../ui';
import './backup.css';
import { KitPart } from './KitPart';
import { PlacePart } from './PlacePart';
import { TestPart } from './TestPart';
import { useBackup } from './use-backup';

/** Sao lưu và khôi phục: the kit, the place, the last backup and its test. */
export function BackupScreen() {
  const { status, error, set, reload } = useBackup();
  return (
    <div className="cv-backup-page">
      <header>
        <h1>{t.backup.title}</h1>
        <p className="cv-soft">{t.backup.intro}</p>
      </header>
      {error === null ? null : <ErrorNotice error={error} />}
      {status === null ? null : (
        <>
          <KitPart status={status} onChange={set} onPrinted={reload} />
          <PlacePart status={status} onChange={set} />
          {status.folder === '' ? null : <TestPart status={status} onChange={set} onFailed={reload} />}
        </>
      )}
    </div>
  );
}
