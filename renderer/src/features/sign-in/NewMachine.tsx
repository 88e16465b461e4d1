import { useState } from 'react';
import { useSession } from '../../data';
import { t } from '../../i18n';
import { FrontHead, Notice } from '../../ui';
import { RestoreForm } from '../backup';
import { EnrolForm } from './EnrolForm';

/** A machine that works for no unit yet: it is enrolled, or takes the place of one that is gone. */
export function NewMachine() {
  const { device } = useSession();
  const [restoring, setRestoring] = useState(false);
  return (
    <>
      <FrontHead above={t.common.app} title={restoring ? t.backup.restore.title : t.signIn.enrolTitle} />
      {device.enrolment === 'revoked' ? <Notice tone="bad" title={t.signIn.revoked} /> : null}
      {restoring ? <RestoreForm onBack={() => setRestoring(false)} /> : <EnrolForm />}
      {restoring || device.enrolment === 'revoked' ? null : (
        <button type="button" className="cv-link" onClick={() => setRestoring(true)}>
          {t.backup.restore.link}
        </button>
      )}
    </>
  );
}
