import { Menu } from '@mantine/core';
import { useSession } from '../data';
import { t } from '../i18n';
import { Icon, IconButton, runCommand, shortcutLabel, useAvailableCommands } from '../ui';
import { NoticesMenu } from './NoticesMenu';
import { openOverlay } from './overlays';
import { UserMenu } from './UserMenu';

/** Unit, search, add, notices, user. */
export function TitleBar() {
  const { unit, device } = useSession();
  return (
    <header className="cv-title-bar" aria-label={t.common.frame.titleBar}>
      <span className="cv-unit cv-ellipsis" title={unit?.name ?? device.unitName}>
        {unit?.name ?? device.unitName}
      </span>
      <button type="button" className="cv-search-button" onClick={() => openOverlay('palette')}>
        <Icon name="search" />
        <span className="cv-grow">{t.common.frame.search}</span>
        <kbd>Ctrl+K</kbd>
      </button>
      <span className="cv-grow" />
      <AddMenu />
      <NoticesMenu />
      <IconButton
        icon="help"
        label={t.common.frame.help}
        shortcut="F1"
        onClick={() => openOverlay('shortcuts')}
      />
      <UserMenu />
    </header>
  );
}

function AddMenu() {
  const commands = useAvailableCommands().filter((command) => command.menu === 'add');
  if (commands.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className="cv-bar-button">
          <Icon name="plus" />
          {t.common.frame.add}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {commands.map((command) => (
          <Menu.Item
            key={command.id}
            rightSection={
              command.shortcut === undefined ? null : <kbd>{shortcutLabel(command.shortcut)}</kbd>
            }
            onClick={() => runCommand(command)}
          >
            {command.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
