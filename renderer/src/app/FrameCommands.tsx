import { useWorkplace } from '../data';
import { t } from '../i18n';
import { type Command, togglePanes, useCommands } from '../ui';
import { features } from './features';
import { openOverlay } from './overlays';
import { navigate } from './router';

/** The rail in its order. */
export function railEntries() {
  return features.flatMap((feature) => feature.rail).sort((a, b) => a.order - b.order);
}

/** Commands that work on every screen. */
export function FrameCommands() {
  const { replication, session } = useWorkplace();
  const screens = railEntries().map(
    (entry, index): Command => ({
      id: `screen:${entry.path}`,
      title: entry.title(),
      ...(index < 9 ? { shortcut: `Ctrl+${index + 1}` } : {}),
      run: () => navigate(entry.path),
    }),
  );
  useCommands([
    {
      id: 'frame.search',
      title: t.common.palette.title,
      shortcut: 'Ctrl+K',
      inDialogs: true,
      run: () => openOverlay('palette'),
    },
    {
      id: 'frame.help',
      title: t.common.shortcuts.title,
      shortcut: 'F1',
      run: () => openOverlay('shortcuts'),
    },
    {
      id: 'frame.help-sign',
      title: t.common.shortcuts.title,
      shortcut: '?',
      run: () => openOverlay('shortcuts'),
    },
    { id: 'frame.panes', title: t.common.frame.panes, shortcut: 'F11', run: togglePanes },
    { id: 'frame.sync', title: t.common.footer.syncNow, shortcut: 'F9', run: () => replication.now() },
    {
      id: 'frame.waiting',
      title: t.common.footer.openWaiting,
      shortcut: 'Shift+F9',
      run: () => navigate('/sync/waiting'),
    },
    { id: 'frame.lock', title: t.common.frame.signOut, shortcut: 'Ctrl+L', run: () => session.signOut() },
    { id: 'frame.back', title: t.common.frame.goBack, shortcut: 'Alt+ArrowLeft', run: () => history.back() },
    ...screens,
  ]);
  return null;
}
