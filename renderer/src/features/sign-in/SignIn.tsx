import { useSession } from '../../data';
import { t } from '../../i18n';
import { Notice, Toasts } from '../../ui';
import { NewMachine } from './NewMachine';
import { PeopleDoor } from './PeopleDoor';
import './sign-in.css';

/** Before the frame: enrol the machine once, then choose a name and type the PIN. */
export function SignIn() {
  const { device, unit } = useSession();
  return (
    <main className="cv-sign-in">
      <div className="cv-sign-in-card">
        {device.enrolment === 'enrolled' ? (
          <>
            <header>
              <p className="cv-sign-in-app">{t.common.app}</p>
              <h1>{unit?.name ?? device.unitName}</h1>
            </header>
            <PeopleDoor />
          </>
        ) : (
          <NewMachine />
        )}
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
