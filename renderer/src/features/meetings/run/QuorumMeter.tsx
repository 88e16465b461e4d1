import { quorumOf } from '@shared/domain/meeting';
import type { Meeting } from '@shared/schema/meetings';
import { t } from '../../../i18n';
import { StatusTag } from '../../../ui';

/** How many of the summoned are there, and whether that is enough. */
export function QuorumMeter({ meeting }: { readonly meeting: Meeting }) {
  const { summoned, present, needed, met } = quorumOf(meeting);
  const texts = t.meetings.run;
  const text = texts.quorumText(present, summoned, needed);
  return (
    <div className="cv-quorum">
      <meter
        aria-label={texts.quorum}
        aria-valuetext={text}
        min={0}
        max={Math.max(summoned, 1)}
        low={needed}
        high={needed}
        optimum={summoned}
        value={present}
      />
      <span>{text}</span>
      <StatusTag meaning={met ? 'good' : 'bad'}>{met ? texts.met : texts.notMet}</StatusTag>
    </div>
  );
}
