import { address, matchPath, navigate, useLocation } from '../../app/router';
import { useRow, useSession } from '../../data';
import { t } from '../../i18n';
import { useCommands } from '../../ui';

const drafters = ['clerk', 'leader', 'officer'] as const;

/** Commands of every screen: a new draft; on a received document also a draft from its file, and an answer to it. */
export function OutgoingCommands() {
  const { path } = useLocation();
  const { person } = useSession();
  const here = (area: string): string => matchPath(`/${area}/:id`, path)?.['id'] ?? '';
  const intake = useRow('intake', here('intake') || '-');
  const incoming = useRow('incoming', here('incoming') || '-');
  const may = drafters.some((role) => person?.roles.includes(role) === true);
  const words = t.outgoing.actions;
  const fromFile = (): void => {
    if (intake) navigate(address('/outgoing/new', { intake: intake.id }));
    else if (incoming) navigate(address('/outgoing/new', { incoming: incoming.id }));
  };
  useCommands([
    {
      id: 'outgoing.new',
      title: words.draft,
      menu: 'add',
      run: () => navigate('/outgoing/new'),
      when: () => may,
      ...(path.startsWith('/outgoing') ? { shortcut: 'Ctrl+N' } : {}),
    },
    {
      id: 'outgoing.from-file',
      title: words.fromFile,
      run: fromFile,
      when: () => may && (Boolean(intake) || (incoming?.files.length ?? 0) > 0),
    },
    {
      id: 'outgoing.reply',
      title: words.reply,
      run: () => navigate(address('/outgoing/new', { reply: incoming?.id ?? '' })),
      when: () => may && Boolean(incoming),
    },
  ]);
  return null;
}
