import { useEffect, useState } from 'react';

/** When this closes and the focus is lost with it, what had the focus before gets it back: a person goes on where she was. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Who has gone on to another field meanwhile stays there.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    },
    [before],
  );
}
