import { useSession } from '../../data';
import { t } from '../../i18n';
import { FrontCard, FrontHead, Notice, Toasts } from '../../ui';
import { NewMachine } from './NewMachine';
import { PeopleDoor } from './PeopleDoor';
import './sign-in.css';

/** Before the frame: enrol the machine once, then choose a name and type the PIN. */
export function SignIn() {
  const { device, unit } = useSession();
  return (
    <FrontCard beside={<Toasts />}>
      {device.enrolment === 'enrolled' ? (
        <>
          <FrontHead above={t.common.app} title={unit?.name ?? device.unitName} />
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
    </FrontCard>
  );
}
