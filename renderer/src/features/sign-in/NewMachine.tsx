import { useState } from 'react';
import { useSession } from '../../data';
import { t } from '../../i18n';
import { Notice } from '../../ui';
import { RestoreForm } from '../backup';
import { EnrolForm } from './EnrolForm';

/** A machine that works for no unit yet: it is enrolled, or takes the place of one that is gone. */
export function NewMachine() {
  const { device } = useSession();
  const [restoring, setRestoring] = useState(false);
  return (
    <>
      <header>
        <p className="cv-sign-in-app">{t.common.app}</p>
        <h1>{restoring ? t.backup.restore.title : t.signIn.enrolTitle}</h1>
      </header>
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
