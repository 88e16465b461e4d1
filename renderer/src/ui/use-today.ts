import { dayInHanoi } from '@shared/text/time';
import { useEffect, useState } from 'react';
import { useWorkplace } from '../data';

const minuteMs = 60_000;

/** The present day `YYYY-MM-DD` in Vietnamese time; changes at midnight by itself. */
export function useToday(): string {
  const { clock } = useWorkplace();
  const [today, setToday] = useState(() => dayInHanoi(clock()));
  useEffect(() => {
    const timer = setInterval(() => setToday(dayInHanoi(clock())), minuteMs);
    return () => clearInterval(timer);
  }, [clock]);
  return today;
}
