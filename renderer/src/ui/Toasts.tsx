import { Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { t } from '../i18n';
import { Icon } from './Icon';
import { IconButton } from './IconButton';
import { ErrorNotice } from './Notice';
import { currentToasts, dismissToast, reportFailure, subscribeToasts, type Toast } from './toasts';

/** The corner where finished work and stray failures are said, also to screen readers. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts);
  return (
    <section className="cv-toasts" aria-live="polite" aria-label={t.common.toast.region}>
      {toasts.map((entry) =>
        entry.failure === null ? (
          <DoneToast key={entry.id} toast={entry} />
        ) : (
          <ErrorNotice key={entry.id} error={entry.failure} onDismiss={() => dismissToast(entry.id)} />
        ),
      )}
    </section>
  );
}

function DoneToast({ toast }: { readonly toast: Toast }) {
  const undo = async (): Promise<void> => {
    dismissToast(toast.id);
    await toast.undo?.();
  };
  return (
    <div className="cv-toast">
      <Icon name="check" />
      <span className="cv-grow">{toast.text}</span>
      {toast.undo === null ? null : (
        <Button onClick={() => void undo().catch(reportFailure)}>{t.common.actions.undo}</Button>
      )}
      <IconButton icon="close" label={t.common.notice.dismiss} onClick={() => dismissToast(toast.id)} />
    </div>
  );
}
