import { Menu, useMantineColorScheme } from '@mantine/core';
import { useSession } from '../data';
import { backupPath } from '../features/backup';
import { language, t } from '../i18n';
import { Icon, reportFailure } from '../ui';
import { useLanguageSwitch } from './language-switch';
import { navigate } from './router';
import { changeSettings, useSettings } from './settings';

/** Who is signed in, and how this machine looks. */
export function UserMenu() {
  const session = useSession();
  const { person } = session;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { compactRows } = useSettings();
  const switchLanguage = useLanguageSwitch();
  if (person === null) return null;
  const tick = (on: boolean) => (on ? <Icon name="check" /> : null);
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button
          type="button"
          className="cv-bar-button"
          aria-label={`${t.common.frame.userMenu}: ${person.name}`}
        >
          <Icon name="person" />
          <span className="cv-ellipsis cv-user-name">{person.name}</span>
          <Icon name="chevronDown" size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {person.position} · {person.roles.map((role) => t.common.roles[role]).join(', ')}
        </Menu.Label>
        <Menu.Item
          leftSection={<Icon name="lock" />}
          rightSection={<kbd>Ctrl+L</kbd>}
          onClick={() => void session.signOut().catch(reportFailure)}
        >
          {t.common.frame.signOut}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="folder" />} onClick={() => navigate(backupPath)}>
          {t.backup.title}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t.common.frame.theme}</Menu.Label>
        <Menu.Item rightSection={tick(colorScheme !== 'dark')} onClick={() => setColorScheme('light')}>
          {t.common.frame.light}
        </Menu.Item>
        <Menu.Item rightSection={tick(colorScheme === 'dark')} onClick={() => setColorScheme('dark')}>
          {t.common.frame.dark}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t.common.frame.density}</Menu.Label>
        <Menu.Item rightSection={tick(!compactRows)} onClick={() => changeSettings({ compactRows: false })}>
          {t.common.frame.comfortable}
        </Menu.Item>
        <Menu.Item rightSection={tick(compactRows)} onClick={() => changeSettings({ compactRows: true })}>
          {t.common.frame.compact}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t.common.frame.language}</Menu.Label>
        <Menu.Item rightSection={tick(language() === 'vi')} onClick={() => switchLanguage('vi')}>
          {t.common.frame.vietnamese}
        </Menu.Item>
        <Menu.Item rightSection={tick(language() === 'en')} onClick={() => switchLanguage('en')}>
          {t.common.frame.english}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
