import type { Stored } from '@shared/domain/plan';
import { errorText, t } from '../../i18n';
import { Icon, type IconName, StatusTag, shortMoment, sizeText } from '../../ui';
import { problemCode, twinOf } from './intake-view';

type Properties = {
  readonly item: Stored<'intake'>;
  readonly rows: readonly Stored<'intake'>[];
  readonly today: string;
  readonly compact: boolean;
};

const icons: Readonly<Record<string, IconName>> = { image: 'image', video: 'video' };

/** One taken file in the list. */
export function IntakeRow({ item, rows, today, compact }: Properties) {
  const { file } = item;
  const problem = problemCode(item.problem);
  const details = [
    t.intake.sources[item.source],
    file.pages > 0 ? t.common.file.pages(file.pages) : '',
    sizeText(file.size),
    item.note,
  ];
  return (
    <div className="cv-doc">
      <div className="cv-doc-first">
        <Icon name={icons[file.kind] ?? 'file'} />
        <span className="cv-ellipsis cv-intake-name">{file.name}</span>
      </div>
      <div className="cv-doc-side">
        {twinOf(rows, item) === undefined ? null : <StatusTag meaning="warn">{t.intake.duplicate}</StatusTag>}
        {problem === null ? null : <StatusTag meaning="bad">{t.intake.states.problem}</StatusTag>}
      </div>
      {compact ? null : (
        <>
          <div className="cv-doc-second cv-ellipsis">
            {problem === null ? details.filter((part) => part !== '').join(' · ') : errorText(problem).what}
          </div>
          <div className="cv-doc-side cv-soft cv-small">{shortMoment(item.at, today)}</div>
        </>
      )}
    </div>
  );
}
