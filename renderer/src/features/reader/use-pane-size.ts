import { type RefObject, useEffect, useState } from 'react';
import type { Size } from './zoom';

/** Inner size of an element, kept up to date; 0 × 0 before it is laid out. */
export function usePaneSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const pane = element.current;
    if (pane === null) return undefined;
    const read = (): void =>
      setSize((before) =>
        before.width === pane.clientWidth && before.height === pane.clientHeight
          ? before
          : { width: pane.clientWidth, height: pane.clientHeight },
      );
    read();
    const observer = new ResizeObserver(read);
    observer.observe(pane);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
