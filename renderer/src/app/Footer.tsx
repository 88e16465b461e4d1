import { useBook, useSyncStatus } from '../data';
import { t } from '../i18n';
import { shortMoment, useToday } from '../ui';
import { navigate } from './router';

/** Always says what is saved here and what waits to be sent. */
export function Footer() {
  const today = useToday();
  const { waiting, filesToSend, lastSync, online, busy, rejected, conflicts } = useSyncStatus();
  const last =
    lastSync === 0
      ? t.common.footer.never
      : t.common.footer.last(shortMoment(new Date(lastSync).toISOString(), today));
  return (
    <footer className="cv-footer" aria-label={t.common.frame.status}>
      <span className="cv-footer-saved">
        <span aria-hidden="true">●</span> {t.common.footer.saved}
      </span>
      <button type="button" className="cv-footer-button" onClick={() => navigate('/sync')}>
        <span aria-hidden="true">⇅</span> {t.common.footer.waiting(waiting, filesToSend)} · {last}
      </button>
      <span>{busy ? t.common.footer.busy : online ? t.common.footer.online : t.common.footer.offline}</span>
      {rejected === 0 ? null : (
        <button type="button" className="cv-footer-button cv-footer-bad" onClick={() => navigate('/sync')}>
          {t.common.footer.rejected(rejected)}
        </button>
      )}
      {conflicts === 0 ? null : (
        <button type="button" className="cv-footer-button cv-footer-bad" onClick={() => navigate('/sync')}>
          {t.common.footer.conflicts(conflicts)}
        </button>
      )}
      <span className="cv-grow" />
      <BookState kind="incoming" name={t.common.footer.incomingBook} year={Number(today.slice(0, 4))} />
      <BookState kind="outgoing" name={t.common.footer.outgoingBook} year={Number(today.slice(0, 4))} />
    </footer>
  );
}

function BookState({
  kind,
  name,
  year,
}: {
  readonly kind: 'incoming' | 'outgoing';
  readonly name: (year: number) => string;
  readonly year: number;
}) {
  const { book, held } = useBook(kind);
  if (book === null) return null;
  const words = held
    ? t.common.footer.bookHeld
    : book.owner === ''
      ? t.common.footer.bookFree
      : t.common.footer.bookElsewhere;
  return <span>{words(name(year))}</span>;
}
