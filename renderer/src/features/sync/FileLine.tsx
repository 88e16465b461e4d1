import type { ReactNode } from 'react';
import { sizeText } from '../../ui';

/** A file in a list: its name, its size, and what becomes of it or can be done with it. */
export function FileLine({
  name,
  size,
  children,
}: {
  readonly name: string;
  readonly size: number;
  readonly children: ReactNode;
}) {
  return (
    <li className="cv-row">
      <span className="cv-grow cv-ellipsis" title={name}>
        {name}
      </span>
      <span className="cv-soft">{sizeText(size)}</span>
      {children}
    </li>
  );
}
