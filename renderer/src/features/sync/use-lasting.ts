import { useEffect, useState } from 'react';
import { useWorkplace } from '../../data';

/** A loss of the network that is shorter than this is no news (D03). */
const quietMs = 15_000;

/** Whether what began at a moment (milliseconds; 0: nothing has begun) has lasted for 15 seconds. */
export function useLasting(since: number): boolean {
  const { clock } = useWorkplace();
  const [lasted, setLasted] = useState(0);
  useEffect(() => {
    if (since === 0) return;
    const timer = setTimeout(() => setLasted(since), Math.max(0, since + quietMs - clock()));
    return () => clearTimeout(timer);
  }, [since, clock]);
  return since !== 0 && lasted === since;
}
