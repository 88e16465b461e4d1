import { useEffect } from 'react';
import { useSession, useWorkplace } from '../../data';
import { invoke } from '../../platform/desktop';
import { reportFailure, toast, useToday } from '../../ui';
import { expiryWarning } from './ExpiryNotice';
import { expiringKeys } from './expiry';

const remindedKey = 'cong-van.expiry-reminded';

/** Warns once a day, when work begins, of certificates that end within 30, 7 or 1 days. */
export function useExpiryReminder(): void {
  const { clock } = useWorkplace();
  const { person, device } = useSession();
  const today = useToday();
  const holder = person?.id ?? '';
  const unit = device.unit;
  useEffect(() => {
    const mark = `${today} ${holder}`;
    if (holder === '' || localStorage.getItem(remindedKey) === mark) return;
    invoke('signing:keys', undefined).then(({ keys }) => {
      localStorage.setItem(remindedKey, mark);
      const own = keys.filter((key) => key.holder === holder || key.holder === unit);
      for (const { key, expiry } of expiringKeys(own, clock())) toast(expiryWarning(key.subject, expiry));
    }, reportFailure);
  }, [today, holder, unit, clock]);
}
