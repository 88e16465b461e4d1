import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { useRow, useRows } from '../../data';
import { t } from '../../i18n';
import { PickOne } from '../../ui';

/** How many of the newest incoming documents are offered; an older one that is already chosen stays. */
const depth = 500;

/** The incoming document that is answered, found by its numbers or words. */
export function ReplyPicker({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (incoming: string) => void;
}) {
  const newest = useRows('incoming', { limit: depth }) ?? [];
  const chosen = useRow('incoming', value === '' ? '-' : value);
  const older = chosen && !newest.some(({ id }) => id === chosen.id) ? [chosen] : [];
  return (
    <PickOne
      label={t.outgoing.fields.replyTo}
      options={[...older, ...newest].map((row) => ({ value: row.id, label: labelOf(row) }))}
      value={value}
      onChange={onChange}
      placeholder={t.outgoing.draft.replyHint}
      nothing={t.common.palette.nothing}
    />
  );
}

function labelOf(row: Stored<'incoming'>): string {
  const arrival = row.arrivalNumber === 0 ? '' : `${formatNumber(row.arrivalNumber)} · `;
  const number = [row.number, row.symbol].filter((part) => part !== '').join('/');
  return `${arrival}${number} · ${row.subject}`;
}
