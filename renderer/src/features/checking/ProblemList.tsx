import { t } from '../../i18n';
import { problemText } from './report-words';

/** What was found, each with what to do about it. */
export function ProblemList({ codes }: { readonly codes: readonly string[] }) {
  if (codes.length === 0) return null;
  return (
    <ul className="cv-problems">
      {codes.map((code) => {
        const { what, todo } = problemText(code, t);
        return (
          <li key={code}>
            <p>{what}</p>
            <p className="cv-small">
              <span className="cv-soft">{t.signing.report.todo}</span> {todo}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
