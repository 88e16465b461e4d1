import { navigate, useLocation } from '../../app/router';
import { useSession } from '../../data';
import { t } from '../../i18n';
import { useCommands } from '../../ui';
import { mayDraft } from './actions';

/** The command of every screen: a new draft. Ctrl+N belongs to the screen in front. */
export function OutgoingCommands() {
  const { path } = useLocation();
  const { person } = useSession();
  useCommands([
    {
      id: 'outgoing.new',
      title: t.outgoing.actions.draft,
      menu: 'add',
      run: () => navigate('/outgoing/new'),
      when: () => mayDraft(person),
      ...(path.startsWith('/outgoing') ? { shortcut: 'Ctrl+N' } : {}),
    },
  ]);
  return null;
}
