import { navigate } from '../../../app/router';
import { useSession } from '../../../data';
import { t } from '../../../i18n';
import { Notice } from '../../../ui';
import { boardOf } from './unit-board';
import { useUnitsSeen } from './use-units-seen';

/** D04: tells people of the province that units have been out of touch for 14 days, and leads to the board. */
export function SilentUnits() {
  const { unit } = useSession();
  return unit?.level === 'province' ? <SilentCount /> : null;
}

/** While the server is out of reach there is nothing to tell here; the board says why. */
function SilentCount() {
  const { seen } = useUnitsSeen();
  const silent = seen === null ? 0 : boardOf(seen).filter(({ state }) => state === 'long').length;
  if (silent === 0) return null;
  return (
    <Notice tone="warn" title={t.sync.units.silent(silent)}>
      <button type="button" className="cv-link" onClick={() => navigate('/sync/units')}>
        {t.sync.tabs.units}
      </button>
    </Notice>
  );
}
