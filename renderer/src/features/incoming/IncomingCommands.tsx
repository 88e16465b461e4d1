import { navigate } from '../../app/router';
import { useSession } from '../../data';
import { t } from '../../i18n';
import { useCommands } from '../../ui';

/** Commands of incoming documents that work on every screen. */
export function IncomingCommands() {
  const { person } = useSession();
  useCommands([
    {
      id: 'incoming.register-paper',
      title: t.intake.registerWithout,
      menu: 'add',
      run: () => navigate('/register-paper'),
      when: () => person?.roles.includes('clerk') === true,
    },
  ]);
  return null;
}
