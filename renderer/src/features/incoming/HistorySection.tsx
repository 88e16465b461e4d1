import type { Stored } from '@shared/domain/plan';
import type { HistoryEntry } from '@shared/schema/values';
import { usePeople, useUnits } from '../../data';
import { t } from '../../i18n';
import { momentText, Section, usePersonName } from '../../ui';

type Properties = { readonly document: Stored<'incoming'> };

/** Ý kiến, newest first. */
export function OpinionsSection({ document }: Properties) {
  const nameOf = usePersonName();
  const opinions = Object.entries(document.opinions).sort(([, a], [, b]) => b.at.localeCompare(a.at));
  return (
    <Section title={t.incoming.sections.opinions}>
      {opinions.length === 0 ? <p className="cv-soft">{t.incoming.noOpinions}</p> : null}
      <ul>
        {opinions.map(([id, opinion]) => (
          <li key={id} className="cv-opinion">
            <p>
              <strong>{nameOf(opinion.by)}</strong>{' '}
              <span className="cv-soft cv-small">{momentText(opinion.at)}</span>
            </p>
            <p>{opinion.text}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Quá trình xử lý, oldest first: who did what and when. */
export function HistorySection({ document }: Properties) {
  const nameOf = usePersonName();
  const detailOf = useDetail();
  const entries = Object.entries(document.history).sort(([, a], [, b]) => a.at.localeCompare(b.at));
  if (entries.length === 0) return null;
  return (
    <Section title={t.incoming.sections.history}>
      <ol className="cv-timeline">
        {entries.map(([id, entry]) => (
          <li key={id}>
            <p>
              {wordsOf(entry)} {detailOf(entry)}
            </p>
            <p className="cv-soft cv-small">
              {[momentText(entry.at), nameOf(entry.by)].filter((part) => part !== '').join(' · ')}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function wordsOf(entry: HistoryEntry): string {
  const words: Readonly<Record<string, string>> = t.incoming.history;
  return words[entry.what] ?? entry.what;
}

/** The detail of an entry is a number, a person or a unit, depending on the act. */
function useDetail(): (entry: HistoryEntry) => string {
  const people = usePeople();
  const units = useUnits();
  return ({ detail }) => people.get(detail)?.name ?? units.get(detail)?.name ?? detail;
}
