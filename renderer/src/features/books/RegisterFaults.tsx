import { formatNumber } from '@shared/domain/numbering';
import { t } from '../../i18n';
import { Notice } from '../../ui';
import type { Fault } from './use-register';

const shownFaults = 5;

/** Places of the book that need a look: gaps, doubles, days going back, a broken chain. */
export function RegisterFaults({ faults }: { readonly faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  const texts = t.books;
  const told = faults.slice(0, shownFaults).map(({ n, fault }) => texts.faults[fault](formatNumber(n)));
  const rest = faults.length > shownFaults ? '…' : '';
  return (
    <Notice
      tone="warn"
      title={`${texts.auditBad(faults.length)}: ${told.join('; ')}${rest}`}
      safe={texts.faultsSafe}
      todo={texts.faultsTodo}
    />
  );
}
