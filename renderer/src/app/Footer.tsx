import { isClockOff, roundProgress, type SyncStatus, useBook, useRounds, useSyncStatus } from '../data';
import { t } from '../i18n';
import { countText, shortMoment, useToday } from '../ui';
import { navigate } from './router';

/** Always says what is saved here, what waits to be sent, what came, and what needs a person. */
export function Footer() {
  const today = useToday();
  const status = useSyncStatus();
  const { waiting, filesToSend, filesToFetch, lastSync, rejected, stuck, conflicts, clockAheadMs } = status;
  const last = useRounds()?.find((round) => round.sent + round.received > 0);
  const texts = t.common.footer;
  const when =
    lastSync === 0 ? texts.never : texts.last(shortMoment(new Date(lastSync).toISOString(), today));
  return (
    <footer className="cv-footer" aria-label={t.common.frame.status}>
      <span className="cv-footer-saved">
        <span aria-hidden="true">●</span> {texts.saved}
      </span>
      <button
        type="button"
        className="cv-footer-button"
        title={`${texts.openWaiting} (Shift+F9)`}
        onClick={() => navigate('/sync/waiting')}
      >
        <span aria-hidden="true">⇅</span> {texts.waiting(countText(waiting), filesToSend)} ·{' '}
        {texts.received(countText(last?.received ?? 0), filesToFetch)} · {when}
      </button>
      <span>{roundText(status)}</span>
      <Trouble count={rejected + stuck} words={texts.problems} to="/sync/problems" />
      <Trouble count={conflicts} words={texts.conflicts} to="/sync/conflicts" />
      <Trouble count={isClockOff(clockAheadMs) ? 1 : 0} words={() => texts.clockOff} to="/sync/problems" />
      <span className="cv-grow" />
      <BookState kind="incoming" name={texts.incomingBook} year={Number(today.slice(0, 4))} />
      <BookState kind="outgoing" name={texts.outgoingBook} year={Number(today.slice(0, 4))} />
    </footer>
  );
}

function roundText(status: SyncStatus): string {
  const texts = t.common.footer;
  const progress = roundProgress(status);
  if (progress !== null) return texts[progress.doing](countText(progress.done), countText(progress.total));
  if (status.busy) return texts.busy;
  return status.online ? texts.online : texts.offline;
}

/** What a person has to look at, and the way there; nothing where there is none. */
function Trouble({
  count,
  words,
  to,
}: {
  readonly count: number;
  readonly words: (count: number) => string;
  readonly to: string;
}) {
  if (count === 0) return null;
  return (
    <button type="button" className="cv-footer-button cv-footer-bad" onClick={() => navigate(to)}>
      {words(count)}
    </button>
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
