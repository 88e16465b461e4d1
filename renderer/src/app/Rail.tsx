import type { Counts } from '../data';
import { t } from '../i18n';
import { Icon, IconButton } from '../ui';
import { railEntries } from './FrameCommands';
import { navigate, useLocation } from './router';
import { changeSettings, useSettings } from './settings';

/** The left rail: where everything is, and how much of it waits. */
export function Rail({ counts }: { readonly counts: Counts }) {
  const { path } = useLocation();
  const { railFolded } = useSettings();
  return (
    <nav className="cv-rail" aria-label={t.common.frame.mainMenu}>
      <ul>
        {railEntries().map((entry, index) => {
          const count = entry.count?.(counts) ?? 0;
          const here = path === entry.path || path.startsWith(`${entry.path}/`);
          const title = entry.title();
          return (
            <li key={entry.path}>
              <a
                href={`#${entry.path}`}
                className="cv-rail-entry"
                aria-current={here ? 'page' : undefined}
                title={index < 9 ? `${title} (Ctrl+${index + 1})` : title}
                onClick={(event) => {
                  event.preventDefault();
                  navigate(entry.path);
                }}
              >
                <Icon name={entry.icon} size={18} />
                <span className="cv-rail-word">{title}</span>
                {count === 0 ? null : <span className="cv-rail-count">{count}</span>}
              </a>
            </li>
          );
        })}
      </ul>
      <div className="cv-rail-foot">
        <IconButton
          icon={railFolded ? 'unfold' : 'fold'}
          label={railFolded ? t.common.frame.unfold : t.common.frame.fold}
          onClick={() => changeSettings({ railFolded: !railFolded })}
        />
      </div>
    </nav>
  );
}
