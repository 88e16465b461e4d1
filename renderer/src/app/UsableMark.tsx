import { useEffect } from 'react';

/** The main process waits for this mark before it says that the window can be used. */
export function UsableMark() {
  useEffect(() => {
    document.documentElement.dataset['usable'] = '';
  }, []);
  return null;
}
