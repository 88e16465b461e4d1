import type { Outgoing } from '@shared/schema/documents';
import { t } from '../../i18n';
import { momentText, usePersonName } from '../../ui';
import { stagesOf } from './stages';
import './outgoing.css';

const signs = { done: '✓', current: '●', waiting: '○' } as const;

/** Soạn → Ký → Cấp số → Ký cơ quan → Phát hành, with who ended each stage and when. */
export function StageBar({ document }: { readonly document: Outgoing }) {
  const nameOf = usePersonName();
  return (
    <ol className="cv-stages" aria-label={t.outgoing.sections.stages}>
      {stagesOf(document).map(({ stage, status, act }) => (
        <li
          key={stage}
          className="cv-stage"
          data-status={status}
          {...(status === 'current' ? { 'aria-current': 'step' as const } : {})}
          title={act === null ? t.outgoing.stageStatus[status] : `${nameOf(act.by)}, ${momentText(act.at)}`}
        >
          <span className="cv-stage-sign" aria-hidden="true">
            {signs[status]}
          </span>
          <span>{t.outgoing.stages[stage]}</span>
          <span className="cv-hidden">{t.outgoing.stageStatus[status]}</span>
        </li>
      ))}
    </ol>
  );
}
