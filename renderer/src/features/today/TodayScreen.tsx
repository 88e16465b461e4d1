import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { shortDate } from '@shared/text/time';
import { navigate } from '../../app/router';
import { useCounts, useRows, useSession, useSyncStatus } from '../../data';
import { t } from '../../i18n';
import { addDays, DeadlineTag, useToday } from '../../ui';
import { BackupNotice } from '../backup';
import { SilenceHint, SilentUnits } from '../sync';
import { type CardCount, cardsFor } from './cards';
import './today.css';

/** What waits, as numbers that lead to the right list; the deadlines of the week; the state of the synchronisation. */
export function TodayScreen() {
  const { person } = useSession();
  const counts = useCounts();
  const today = useToday();
  const cards = cardsFor(person?.roles ?? []).filter((card) => counts[card.count] > 0 || card.always);
  const waiting = cards.some((card) => counts[card.count] > 0);
  return (
    <div className="cv-page">
      <header className="cv-today-head">
        <h1>{t.today.title}</h1>
        <span className="cv-soft">
          {t.today.greeting(person?.name ?? '')} · {shortDate(today)}
        </span>
      </header>
      <BackupNotice />
      <SilentUnits />
      <section aria-label={t.today.work}>
        <div className="cv-cards">
          {cards.map((card) => (
            <Card key={card.count} count={card.count} number={counts[card.count]} to={card.to} />
          ))}
        </div>
        {waiting ? null : (
          <p className="cv-today-calm">
            {t.today.nothing} <span className="cv-soft">{t.today.nothingHint}</span>
          </p>
        )}
      </section>
      <div className="cv-today-columns">
        <Deadlines today={today} />
        <SyncCard />
      </div>
    </div>
  );
}

function Card({
  count,
  number,
  to,
}: {
  readonly count: CardCount;
  readonly number: number;
  readonly to: string;
}) {
  return (
    <button
      type="button"
      className="cv-card"
      data-meaning={count === 'overdue' && number > 0 ? 'bad' : undefined}
      onClick={() => navigate(to)}
    >
      <span className="cv-card-number">{number}</span>
      <span className="cv-card-title">{t.today.cards[count]}</span>
      <span className="cv-soft cv-small">{t.today.hints[count]}</span>
    </button>
  );
}

function Deadlines({ today }: { readonly today: string }) {
  const rows = useRows('incoming', {
    selector: { state: { $in: ['registered', 'submitted', 'assigned', 'in-progress'] } },
  });
  const last = addDays(today, 7);
  const due = (rows ?? [])
    .filter((row) => row.dueDate !== '' && row.dueDate <= last)
    .sort((a, b) => a.dueDate.localeCompare(b.dueDate))
    .slice(0, 12);
  return (
    <section className="cv-today-box" aria-label={t.today.deadlines}>
      <h2>{t.today.deadlines}</h2>
      {due.length === 0 ? (
        <p className="cv-soft">{t.today.noDeadlines}</p>
      ) : (
        <ul>
          {due.map((row) => (
            <DeadlineRow key={row.id} row={row} today={today} />
          ))}
        </ul>
      )}
    </section>
  );
}

function DeadlineRow({ row, today }: { readonly row: Stored<'incoming'>; readonly today: string }) {
  return (
    <li>
      <button
        type="button"
        className="cv-today-row"
        onClick={() => navigate(`/incoming/${encodeURIComponent(row.id)}`)}
      >
        <span className="cv-doc-number">{formatNumber(row.arrivalNumber)}</span>
        <span className="cv-ellipsis cv-grow">{row.subject}</span>
        <DeadlineTag due={row.dueDate} today={today} />
      </button>
    </li>
  );
}

function SyncCard() {
  const { waiting, online, rejected, stuck } = useSyncStatus();
  const problems = rejected + stuck;
  return (
    <section className="cv-today-box" aria-label={t.today.sync}>
      <h2>{t.today.sync}</h2>
      <p>{t.today.syncSaved}</p>
      <p>{waiting === 0 ? t.today.syncNothing : t.today.syncWaiting(waiting)}</p>
      {online ? null : <p className="cv-soft">{t.today.syncOffline}</p>}
      <SilenceHint />
      {problems === 0 ? null : (
        <button type="button" className="cv-link cv-footer-bad" onClick={() => navigate('/sync/problems')}>
          {t.common.footer.problems(problems)}
        </button>
      )}
    </section>
  );
}
