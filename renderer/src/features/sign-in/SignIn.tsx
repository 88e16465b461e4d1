import { useSession } from '../../data';
import { t } from '../../i18n';
import { Notice, Toasts } from '../../ui';
import { EnrolForm } from './EnrolForm';
import { PeopleDoor } from './PeopleDoor';
import './sign-in.css';

/** Before the frame: enrol the machine once, then choose a name and type the PIN. */
export function SignIn() {
  const { device, unit } = useSession();
  const enrolled = device.enrolment === 'enrolled';
  return (
    <main className="cv-sign-in">
      <div className="cv-sign-in-card">
        <header>
          <p className="cv-sign-in-app">{t.common.app}</p>
          <h1>{enrolled ? (unit?.name ?? device.unitName) : t.signIn.enrolTitle}</h1>
        </header>
        {device.enrolment === 'revoked' ? <Notice tone="bad" title={t.signIn.revoked} /> : null}
        {enrolled ? <PeopleDoor /> : <EnrolForm />}
        {device.keyProtection === 'file' ? (
          <Notice
            tone="warn"
            title={t.signIn.keyInFileTitle}
            safe={t.signIn.keyInFile}
            todo={t.signIn.keyInFileTodo}
          />
        ) : null}
      </div>
      <Toasts />
    </main>
  );
}
