import { Modal } from '@mantine/core';
import { t } from '../i18n';
import { shortcutLabel, useAvailableCommands } from '../ui';
import { openOverlay, useOverlay } from './overlays';

/** F1 or ?: every key that works on the present screen. */
export function ShortcutSheet() {
  const open = useOverlay() === 'shortcuts';
  const commands = useAvailableCommands().filter((command) => command.shortcut !== undefined);
  if (!open) return null;
  const words = t.common.shortcuts;
  const inLists: readonly (readonly [string, string])[] = [
    ['↑ ↓', words.move],
    ['Home End', words.ends],
    ['PageUp PageDown', words.pages],
    ['Shift+↑ ↓', words.range],
    ['Space', words.toggle],
    ['Enter', words.openRow],
    ['A … Z', words.type],
  ];
  return (
    <Modal
      opened
      onClose={() => openOverlay('none')}
      title={words.title}
      size={720}
      closeButtonProps={{ 'aria-label': t.common.actions.close }}
    >
      <p className="cv-soft">{words.intro}</p>
      <div className="cv-sheet">
        <dl className="cv-command-keys">
          {commands.map((command) => (
            <Key key={command.id} keys={shortcutLabel(command.shortcut ?? '')} title={command.title} />
          ))}
        </dl>
        <div>
          <h3>{words.list}</h3>
          <dl className="cv-command-keys">
            {inLists.map(([keys, title]) => (
              <Key key={keys} keys={keys} title={title} />
            ))}
          </dl>
        </div>
      </div>
    </Modal>
  );
}

function Key({ keys, title }: { readonly keys: string; readonly title: string }) {
  return (
    <>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{title}</dd>
    </>
  );
}
