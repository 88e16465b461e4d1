import { type FiledItem, hasFile } from '@shared/domain/intake';
import type { Stored } from '@shared/domain/plan';
import { errorText, t } from '../../i18n';
import { Icon, type IconName, StatusTag, shortMoment, sizeText, usePersonName } from '../../ui';
import { VerdictTag } from '../checking';
import { problemCode, twinOf } from './intake-view';

type Properties = {
  readonly item: Stored<'intake'>;
  readonly rows: readonly Stored<'intake'>[];
  readonly today: string;
  readonly compact: boolean;
};

const icons: Readonly<Record<string, IconName>> = { image: 'image', video: 'video' };

/** One taken file in the list, or the record that one was removed. */
export function IntakeRow({ item, ...rest }: Properties) {
  return hasFile(item) ? <FileRow item={item} {...rest} /> : <PurgedRow item={item} {...rest} />;
}

function PurgedRow({ item, today, compact }: Omit<Properties, 'rows'>) {
  const nameOf = usePersonName();
  return (
    <div className="cv-doc">
      <div className="cv-doc-first">
        <span className="cv-ellipsis cv-soft">{t.intake.purged}</span>
      </div>
      {compact ? null : (
        <>
          <div className="cv-doc-second cv-ellipsis">{nameOf(item.by)}</div>
          <div className="cv-doc-side cv-soft cv-small">{shortMoment(item.at, today)}</div>
        </>
      )}
    </div>
  );
}

function FileRow({ item, rows, today, compact }: Properties & { readonly item: FiledItem }) {
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
        {problem === null ? (
          <VerdictTag file={file} quiet />
        ) : (
          <StatusTag meaning="bad">{t.intake.states.problem}</StatusTag>
        )}
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
