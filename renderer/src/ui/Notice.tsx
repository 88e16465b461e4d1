import { AppError } from '@shared/result/result';
import { type ReactNode, useState } from 'react';
import { messageOf, t } from '../i18n';
import { Icon } from './Icon';
import { IconButton } from './IconButton';

export type NoticeTone = 'bad' | 'warn' | 'good' | 'info';

type Properties = {
  readonly tone: NoticeTone;
  readonly title: string;
  /** What is safe. */
  readonly safe?: string;
  /** What to do. */
  readonly todo?: string;
  readonly children?: ReactNode;
  readonly onDismiss?: () => void;
};

const icons = { bad: 'warning', warn: 'warning', good: 'check', info: 'info' } as const;

/** Trouble (or good news) said once, where it is: what happened, what is safe, what to do. */
export function Notice({ tone, title, safe, todo, children, onDismiss }: Properties) {
  return (
    <div className="cv-notice" data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={icons[tone]} />
      <div className="cv-grow">
        <p className="cv-notice-title">{title}</p>
        {safe === undefined ? null : (
          <p>
            <span className="cv-soft">{t.common.notice.safe}</span> {safe}
          </p>
        )}
        {todo === undefined ? null : (
          <p>
            <span className="cv-soft">{t.common.notice.todo}</span> {todo}
          </p>
        )}
        {children === undefined || children === null ? null : (
          <div className="cv-notice-actions">{children}</div>
        )}
      </div>
      {onDismiss === undefined ? null : (
        <IconButton icon="close" label={t.common.notice.dismiss} onClick={onDismiss} />
      )}
    </div>
  );
}

/** The three-part message of whatever was thrown; the code stands behind "Chi tiết". */
export function ErrorNotice({
  error,
  children,
  onDismiss,
}: {
  readonly error: unknown;
  readonly children?: ReactNode;
  readonly onDismiss?: () => void;
}) {
  const [open, setOpen] = useState(false);
  const { what, safe, todo } = messageOf(error);
  return (
    <Notice
      tone="bad"
      title={what}
      safe={safe}
      todo={todo}
      {...(onDismiss === undefined ? {} : { onDismiss })}
    >
      {children}
      <button type="button" className="cv-link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t.common.notice.details}
      </button>
      {open ? <code className="cv-small">{technical(error)}</code> : null}
    </Notice>
  );
}

function technical(error: unknown): string {
  if (error instanceof AppError) return t.common.notice.code(error.code, error.detail ?? '');
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
