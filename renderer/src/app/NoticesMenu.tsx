import { Menu } from '@mantine/core';
import { useSyncStatus } from '../data';
import { t } from '../i18n';
import { Icon } from '../ui';
import { navigate } from './router';

/** The bell: what the synchronisation could not settle by itself. */
export function NoticesMenu() {
  const { rejected, stuck, conflicts } = useSyncStatus();
  const problems = rejected + stuck;
  const count = problems + conflicts;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button
          type="button"
          className="cv-icon-button"
          aria-label={count === 0 ? t.common.frame.notices : `${t.common.frame.notices} ${count}`}
          title={t.common.frame.notices}
        >
          <Icon name="bell" />
          {count === 0 ? null : <span className="cv-rail-count">{count}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {count === 0 ? <Menu.Label>{t.common.frame.noNotices}</Menu.Label> : null}
        {problems === 0 ? null : (
          <Menu.Item onClick={() => navigate('/sync/problems')}>
            {t.common.footer.problems(problems)}
          </Menu.Item>
        )}
        {conflicts === 0 ? null : (
          <Menu.Item onClick={() => navigate('/sync/conflicts')}>
            {t.common.footer.conflicts(conflicts)}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
